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
 * @param minimumBadChildren a coarser prefix is listed only where so many distinct prefixes of the next finer level had bad
 *     outcomes
 * @param badChildrenShare and those are at least this share of all that were seen, 0 to 1; the listing ends below half of it
 * @param sharedDomains a coarser prefix from which so many distinct domains sent good mail is shared by unrelated senders,
 *     and never listed
 * @param documentation true where documentation prefixes (RFC 3849, RFC 5737) may be listed, as in a demonstration
 */
public record ListingPolicy(
        Duration lookBack,
        long minimumBad,
        long badPerGood,
        Duration firstTerm,
        Duration longestTerm,
        long minimumBadChildren,
        double badChildrenShare,
        long sharedDomains,
        boolean documentation) {

    /** What holds unless configured otherwise. */
    public static ListingPolicy defaults() {
        return new ListingPolicy(Duration.ofDays(1), 20, 10, Duration.ofDays(1), Duration.ofDays(30), 8, 0.5, 5, false);
    }

    /** The same with documentation prefixes listed like any other. */
    public ListingPolicy withDocumentation() {
        return new ListingPolicy(
                lookBack,
                minimumBad,
                badPerGood,
                firstTerm,
                longestTerm,
                minimumBadChildren,
                badChildrenShare,
                sharedDomains,
                true);
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
