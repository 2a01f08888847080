package org.slash64.topology.limit;

import java.time.Duration;
import java.util.List;
import org.slash64.schemas.Counts;
import org.slash64.schemas.state.Slice;
import org.slash64.schemas.state.Tally;
import org.slash64.topology.count.Bucket;
import org.slash64.topology.count.Sketch;

/**
 * A limit on what one prefix may do.
 *
 * @param name unique among the rules
 * @param levels prefix lengths it applies to: 64, 56, 48 in IPv6, 32, 24 in IPv4
 * @param metric what it counts
 * @param period the sliding time it looks at, at least one bucket
 * @param maximum how many may come in a period; the limit is released when no more than this came
 * @param burst how many more must come before the limit is crossed
 */
public record LimitRule(String name, List<Integer> levels, Metric metric, Duration period, long maximum, long burst) {

    /** A period is looked at in at most so many slices, so that state stays small. */
    static final int MAX_SLICES = 60;

    /** What a rule counts. */
    public enum Metric {
        CONNECTIONS,
        MESSAGES,
        REJECTIONS,
        /** Events of clients that authenticated. */
        AUTHENTICATED,
        /** Events of clients that failed to authenticate. */
        UNAUTHENTICATED,
        /** Distinct client addresses: exact up to 16, estimated beyond. */
        ADDRESSES;

        boolean isDistinct() {
            return this == ADDRESSES;
        }

        /** What of a bucket counts, as a slice of its own. */
        Slice slice(long start, Tally tally) {
            Counts counts = tally.getCounts();
            return switch (this) {
                case CONNECTIONS -> events(start, counts.getConnections());
                case MESSAGES -> events(start, counts.getMessages());
                case REJECTIONS -> events(start, counts.getRejections());
                case AUTHENTICATED -> events(start, counts.getAuthenticated());
                case UNAUTHENTICATED -> events(start, counts.getUnauthenticated());
                case ADDRESSES -> new Slice(start, 0L, tally.getAddresses());
            };
        }

        private static Slice events(long start, long events) {
            return new Slice(start, events, Sketch.empty());
        }

        /** How many all these slices come to. */
        long rate(List<Slice> slices) {
            return isDistinct()
                    ? Sketch.estimate(slices.stream().map(Slice::getDistinct).reduce(Sketch.empty(), Sketch::merge))
                    : slices.stream().mapToLong(Slice::getEvents).sum();
        }
    }

    public LimitRule {
        levels = List.copyOf(levels);
        if (period.compareTo(Bucket.LENGTH) < 0) {
            throw new IllegalArgumentException("limit " + name + ": the period is shorter than " + Bucket.LENGTH);
        }
        if (maximum < 1 || burst < 0) {
            throw new IllegalArgumentException("limit " + name + ": maximum must be at least 1 and burst at least 0");
        }
    }

    /**
     * The limits that hold unless configured otherwise. The finest levels are what one customer gets; the network's
     * are wider, so that a bad neighbour shows, and a busy provider does not.
     */
    public static List<LimitRule> defaults() {
        return List.of(
                new LimitRule("connections", List.of(64, 32), Metric.CONNECTIONS, Duration.ofMinutes(1), 60, 0),
                new LimitRule("rejections", List.of(64, 32), Metric.REJECTIONS, Duration.ofMinutes(10), 30, 0),
                new LimitRule(
                        "network-connections", List.of(48, 24), Metric.CONNECTIONS, Duration.ofMinutes(1), 600, 0),
                new LimitRule(
                        "network-rejections", List.of(48, 24), Metric.REJECTIONS, Duration.ofMinutes(10), 150, 0));
    }

    /** Length of a slice in milliseconds: a multiple of a bucket. */
    long sliceMillis() {
        long bucket = Bucket.LENGTH.toMillis();
        long finest = bucket * MAX_SLICES;
        return Math.max(1, (period.toMillis() + finest - 1) / finest) * bucket;
    }
}
