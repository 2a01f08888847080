package org.slash64.deploy.bench;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormat;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * A side that is a JMH benchmark: each round is a JVM of its own, which warms up first. JMH finds the class path in
 * {@code java.class.path}.
 *
 * @param label what it is
 * @param benchmark {@code Class.method}, where the class has a parameter {@link #WORKLOAD}
 * @param workload value of that parameter
 * @param times how long it runs
 */
public record JmhSide(String label, String benchmark, String workload, RoundTimes times) implements Side {

    /** The parameter of a benchmark class that says what to do. */
    public static final String WORKLOAD = "workload";

    private static final int ITERATIONS = 3;

    /** The collector works in the measured thread's time: on a busy machine its own threads would wait for each other. */
    private static final String[] JVM = {"-Xms512m", "-Xmx512m", "-XX:+UseSerialGC"};

    @Override
    public double round() throws IOException {
        ChainedOptionsBuilder options = new OptionsBuilder()
                .include("\\." + Pattern.quote(benchmark) + "$")
                .param(WORKLOAD, workload)
                .mode(Mode.Throughput)
                .timeUnit(TimeUnit.SECONDS)
                .forks(1)
                .jvmArgs(JVM)
                .warmupIterations(ITERATIONS)
                .warmupTime(share(times.warmUp()))
                .measurementIterations(ITERATIONS)
                .measurementTime(share(times.time()))
                .shouldFailOnError(true);
        try {
            return new Runner(options.build(), silent())
                    .runSingle()
                    .getPrimaryResult()
                    .getScore();
        } catch (RunnerException e) {
            throw new IOException("JMH: " + e.getMessage(), e);
        }
    }

    /** For a result's settings. */
    public static void describe(RoundTimes times, Map<String, String> settings) {
        settings.put("warm-up", times.warmUp() + " a round");
        settings.put("time", times.time() + " a round");
        settings.put("harness", "JMH, a JVM of its own for each side and round, one thread, serial collector");
    }

    private static TimeValue share(Duration whole) {
        return TimeValue.nanoseconds(whole.toNanos() / ITERATIONS);
    }

    /** Our own progress is enough. */
    private static OutputFormat silent() {
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        return OutputFormatFactory.createFormatInstance(nowhere, VerboseMode.SILENT);
    }
}
