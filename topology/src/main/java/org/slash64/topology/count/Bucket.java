package org.slash64.topology.count;

import java.time.Duration;
import org.slash64.schemas.Counts;
import org.slash64.schemas.state.Tally;

/**
 * What came from one prefix in ten seconds of event time, the unit that all decisions are made from.
 *
 * @param start epoch milliseconds, a multiple of {@link #LENGTH}
 */
public record Bucket(long start, Tally tally) {

    /** How much event time a bucket covers. */
    public static final Duration LENGTH = Duration.ofSeconds(10);

    private static final long LENGTH_MILLIS = LENGTH.toMillis();

    /** A bucket of sums without anything distinct. */
    public Bucket(long start, Counts counts) {
        this(start, Tallies.of(counts));
    }

    /** The sums. */
    public Counts counts() {
        return tally.getCounts();
    }

    /** The start of the bucket that holds this instant (epoch milliseconds). */
    public static long startOf(long millis) {
        return Math.floorDiv(millis, LENGTH_MILLIS) * LENGTH_MILLIS;
    }
}
