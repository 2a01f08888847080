package org.slash64.deploy.bench;

import java.time.Duration;

/** Counts times by a step, up to a million steps; longer ones count as that. */
public final class Histogram {

    private static final int MOST = 1_000_000;

    private final long stepMicros;
    private final int[] counts = new int[MOST + 1];
    private long total;

    /** By the microsecond, up to a second. */
    public Histogram() {
        this(Duration.ofNanos(1_000));
    }

    /** By another step, in whole microseconds. */
    public Histogram(Duration step) {
        stepMicros = step.toNanos() / 1_000;
    }

    /** Counts one. */
    public void add(long nanos) {
        counts[(int) Math.min(nanos / 1_000 / stepMicros, MOST)]++;
        total++;
    }

    /**
     * What was counted so far.
     *
     * @param elapsed over which it came
     */
    public Latencies latencies(Duration elapsed) {
        return new Latencies(total, elapsed, quantile(0.5), quantile(0.99), quantile(0.999));
    }

    private long quantile(double share) {
        long wanted = (long) Math.ceil(total * share);
        long seen = 0;
        for (int steps = 0; steps < MOST; steps++) {
            seen += counts[steps];
            if (seen >= wanted) {
                return steps * stepMicros;
            }
        }
        return MOST * stepMicros;
    }
}
