package org.slash64.topology.limit;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.slash64.schemas.Counts;
import org.slash64.schemas.Domain;
import org.slash64.schemas.Level;
import org.slash64.schemas.LimitAction;
import org.slash64.schemas.Subject;
import org.slash64.schemas.state.Slice;
import org.slash64.schemas.state.Tally;
import org.slash64.topology.count.Bucket;
import org.slash64.topology.count.Sketch;

/**
 * A limit on what one prefix or domain may do.
 *
 * @param name unique among the rules
 * @param levels what it applies to
 * @param domains the organisational domains it applies to at level domain; empty for all
 * @param metric what it counts
 * @param period the sliding time it looks at, at least one bucket
 * @param maximum how many may come in a period; the limit is released when no more than this came
 * @param burst how many more must come before the limit is crossed
 * @param action what it asks for
 */
public record LimitRule(
        String name,
        List<Level> levels,
        Set<Domain> domains,
        Metric metric,
        Duration period,
        long maximum,
        long burst,
        LimitAction action) {

    /** A period is looked at in at most so many slices, so that state stays small. */
    static final int MAX_SLICES = 60;

    private static final List<Level> FINEST = List.of(Level.IPV6_64, Level.IPV4_32);
    private static final List<Level> NETWORKS = List.of(Level.IPV6_48, Level.IPV4_24);

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
        domains = Set.copyOf(domains);
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
                of("connections", FINEST, Metric.CONNECTIONS, Duration.ofMinutes(1), 60),
                of("rejections", FINEST, Metric.REJECTIONS, Duration.ofMinutes(10), 30),
                of("network-connections", NETWORKS, Metric.CONNECTIONS, Duration.ofMinutes(1), 600),
                of("network-rejections", NETWORKS, Metric.REJECTIONS, Duration.ofMinutes(10), 150));
    }

    private static LimitRule of(String name, List<Level> levels, Metric metric, Duration period, long maximum) {
        return new LimitRule(name, levels, Set.of(), metric, period, maximum, 0, LimitAction.DEFER);
    }

    /** Whether the rule is about this subject. */
    boolean appliesTo(Subject subject) {
        return Level.of(subject).filter(levels::contains).isPresent()
                && (domains.isEmpty() || !(subject instanceof Domain domain) || domains.contains(domain));
    }

    /** Length of a slice in milliseconds: a multiple of a bucket. */
    long sliceMillis() {
        long bucket = Bucket.LENGTH.toMillis();
        long finest = bucket * MAX_SLICES;
        return Math.max(1, (period.toMillis() + finest - 1) / finest) * bucket;
    }
}
