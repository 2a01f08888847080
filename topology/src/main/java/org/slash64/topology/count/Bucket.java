package org.slash64.topology.count;

import java.time.Duration;
import java.util.List;
import org.slash64.schemas.Counts;
import org.slash64.schemas.LimitDecision;
import org.slash64.schemas.state.Tally;

/**
 * What came from one subject in ten seconds of event time, the unit that all decisions are made from.
 *
 * @param start epoch milliseconds, a multiple of {@link #LENGTH}
 * @param tally what came
 * @param crossed limits that this bucket crossed
 */
public record Bucket(long start, Tally tally, List<LimitDecision> crossed) {

    /** How much event time a bucket covers. */
    public static final Duration LENGTH = Duration.ofSeconds(10);

    private static final long LENGTH_MILLIS = LENGTH.toMillis();

    public Bucket {
        crossed = List.copyOf(crossed);
    }

    /** A bucket about which no limit was asked. */
    public Bucket(long start, Tally tally) {
        this(start, tally, List.of());
    }

    /** A bucket of sums without anything distinct. */
    public Bucket(long start, Counts counts) {
        this(start, Tallies.of(counts));
    }

    /** The same with the limits that it crossed. */
    public Bucket crossing(List<LimitDecision> limits) {
        return new Bucket(start, tally, limits);
    }

    /** The sums. */
    public Counts counts() {
        return tally.getCounts();
    }

    /** The end of the bucket, epoch milliseconds. */
    public long end() {
        return start + LENGTH_MILLIS;
    }

    /** The start of the bucket that holds this instant (epoch milliseconds). */
    public static long startOf(long millis) {
        return Math.floorDiv(millis, LENGTH_MILLIS) * LENGTH_MILLIS;
    }
}
