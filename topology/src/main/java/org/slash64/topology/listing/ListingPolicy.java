package org.slash64.topology.listing;

import java.time.Duration;

/**
 * When a prefix is listed and for how long.
 *
 * @param lookBack the sliding time whose evidence counts
 * @param minimumBad so many bad outcomes list a prefix, if little good stands against them
 * @param badPerGood each good outcome outweighs so many bad ones
 * @param firstTerm how long the first listing lasts after its last evidence; each strike doubles it
 * @param longestTerm where the doubling ends
 * @param documentation true where documentation prefixes (RFC 3849, RFC 5737) may be listed, as in a demonstration
 */
public record ListingPolicy(
        Duration lookBack,
        long minimumBad,
        long badPerGood,
        Duration firstTerm,
        Duration longestTerm,
        boolean documentation) {

    /** What holds unless configured otherwise. */
    public static ListingPolicy defaults() {
        return new ListingPolicy(Duration.ofDays(1), 20, 10, Duration.ofDays(1), Duration.ofDays(30), false);
    }

    /** The same with documentation prefixes listed like any other. */
    public ListingPolicy withDocumentation() {
        return new ListingPolicy(lookBack, minimumBad, badPerGood, firstTerm, longestTerm, true);
    }

    /** How long a listing lasts with so many strikes. */
    Duration term(int strikes) {
        Duration term = firstTerm;
        for (int strike = 1; strike < strikes && term.compareTo(longestTerm) < 0; strike++) {
            term = term.multipliedBy(2);
        }
        return term.compareTo(longestTerm) < 0 ? term : longestTerm;
    }
}
