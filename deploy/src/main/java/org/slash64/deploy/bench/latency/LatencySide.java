package org.slash64.deploy.bench.latency;

import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slash64.deploy.bench.Latencies;
import org.slash64.deploy.bench.RoundTimes;
import org.slash64.deploy.bench.Side;

/** The pipeline, sent bursts for some time; its rate is an hour divided by the time within which 99% of their limits come. */
final class LatencySide implements Side {

    private static final double HOUR_US = 3_600e6;
    private static final double SECOND_NS = 1e9;

    private final Sending sending;
    private final LongSupplier verdicts;
    private final RoundTimes times;
    private final Consumer<String> found;

    /** Sends bursts for some time, and waits for all their limits. */
    @FunctionalInterface
    interface Sending {

        Latencies send(Duration time) throws IOException, InterruptedException;
    }

    /**
     * One side.
     *
     * @param verdicts events that the pipeline has done so far
     * @param found is told of each round what was measured
     */
    LatencySide(Sending sending, LongSupplier verdicts, RoundTimes times, Consumer<String> found) {
        this.sending = sending;
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
        sending.send(times.warmUp());
        long before = verdicts.getAsLong();
        long start = System.nanoTime();
        Latencies latencies = sending.send(times.time());
        double events = (verdicts.getAsLong() - before) * SECOND_NS / (System.nanoTime() - start);
        found.accept(String.format(
                Locale.ROOT, "%,d limits, %s; pipeline %,.0f events/s", latencies.answers(), latencies, events));
        return HOUR_US / Math.max(1, latencies.p99());
    }
}
