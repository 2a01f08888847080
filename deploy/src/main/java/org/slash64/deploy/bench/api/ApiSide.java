package org.slash64.deploy.bench.api;

import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slash64.deploy.bench.Latencies;
import org.slash64.deploy.bench.RoundTimes;
import org.slash64.deploy.bench.Side;

/** The API, asked for some time; its rate is one divided by the time within which 99% of the answers come. */
final class ApiSide implements Side {

    private static final double SECOND_US = 1e6;

    private final Asking asking;
    private final LongSupplier verdicts;
    private final RoundTimes times;
    private final Consumer<String> found;

    /** Asks for some time, and fails where that cannot go on. */
    @FunctionalInterface
    interface Asking {

        ApiAnswers ask(Duration time) throws IOException, InterruptedException;
    }

    /**
     * One side.
     *
     * @param verdicts events that the pipeline has done so far
     * @param found is told of each round what was measured
     */
    ApiSide(Asking asking, LongSupplier verdicts, RoundTimes times, Consumer<String> found) {
        this.asking = asking;
        this.verdicts = verdicts;
        this.times = times;
        this.found = found;
    }

    @Override
    public String label() {
        return "slash64";
    }

    @Override
    public double round() throws IOException, InterruptedException {
        asking.ask(times.warmUp()).requireGood();
        long before = verdicts.getAsLong();
        long start = System.nanoTime();
        ApiAnswers answers = asking.ask(times.time());
        Duration elapsed = Duration.ofNanos(System.nanoTime() - start);
        double events = (verdicts.getAsLong() - before) * SECOND_US / (elapsed.toNanos() / 1_000.0);
        Latencies latencies = answers.latencies(elapsed);
        found.accept(String.format(
                Locale.ROOT, "%s; statuses %s; pipeline %,.0f events/s", latencies, answers.statuses(), events));
        answers.requireGood();
        return SECOND_US / Math.max(1, latencies.p99());
    }
}
