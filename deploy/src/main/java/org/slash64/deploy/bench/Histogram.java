package org.slash64.deploy.bench;

import java.time.Duration;

/** Counts times by the microsecond, up to a second; longer ones count as that. */
public final class Histogram {

    private static final int MOST = 1_000_000;

    private final int[] counts = new int[MOST + 1];
    private long total;

    /** Counts one. */
    public void add(long nanos) {
        counts[(int) Math.min(nanos / 1_000, MOST)]++;
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
        for (int micros = 0; micros < MOST; micros++) {
            seen += counts[micros];
            if (seen >= wanted) {
                return micros;
            }
        }
        return MOST;
    }
}
