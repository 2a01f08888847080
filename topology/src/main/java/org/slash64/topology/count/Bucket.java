package org.slash64.topology.count;

import java.time.Duration;
import org.slash64.schemas.Counts;

/**
 * The sums of one prefix over ten seconds of event time, the unit that all decisions are made from.
 *
 * @param start epoch milliseconds, a multiple of {@link #LENGTH}
 */
public record Bucket(long start, Counts counts) {

    /** How much event time a bucket covers. */
    public static final Duration LENGTH = Duration.ofSeconds(10);

    private static final long LENGTH_MILLIS = LENGTH.toMillis();

    /** The start of the bucket that holds this instant (epoch milliseconds). */
    public static long startOf(long millis) {
        return Math.floorDiv(millis, LENGTH_MILLIS) * LENGTH_MILLIS;
    }
}
