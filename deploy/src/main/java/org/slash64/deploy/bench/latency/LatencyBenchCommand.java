package org.slash64.deploy.bench.latency;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.slash64.deploy.bench.BenchOptions;
import org.slash64.deploy.bench.RoundTimes;
import org.slash64.deploy.bench.live.CapacityOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code slash64 bench latency}. */
@Command(
        name = "latency",
        mixinStandardHelpOptions = true,
        description =
                "Time from an event to the committed limit that it leads to, while the whole pipeline runs at half"
                        + " of its capacity.")
public final class LatencyBenchCommand implements Callable<Integer> {

    private static final int MOST_BURSTS = 100;

    @Spec
    private CommandSpec command;

    @Mixin
    private BenchOptions options;

    @Mixin
    private RoundTimes times = new RoundTimes(Duration.ofSeconds(10), Duration.ofSeconds(30));

    @Mixin
    private CapacityOptions load;

    @Option(
            names = "--bursts",
            paramLabel = "N",
            description = "Bursts in each second that lead to a limit, one for each answer. Default: ${DEFAULT-VALUE}.")
    private int bursts = 4;

    @Override
    public Integer call() throws IOException, InterruptedException {
        load.check();
        if (bursts < 1 || bursts > MOST_BURSTS) {
            throw new ParameterException(command.commandLine(), "--bursts: from 1 to " + MOST_BURSTS);
        }
        try (LatencyBench bench = LatencyBench.start(load, times, bursts)) {
            return options.run(bench);
        }
    }
}
