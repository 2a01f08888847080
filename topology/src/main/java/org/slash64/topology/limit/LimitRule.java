package org.slash64.topology.limit;

import java.time.Duration;
import java.util.List;
import org.slash64.schemas.Counts;
import org.slash64.topology.count.Bucket;

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
        REJECTIONS;

        long of(Counts counts) {
            return switch (this) {
                case CONNECTIONS -> counts.getConnections();
                case MESSAGES -> counts.getMessages();
                case REJECTIONS -> counts.getRejections();
            };
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
