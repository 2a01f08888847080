package org.slash64.topology.listing;

import java.time.Duration;
import org.slash64.topology.reputation.FeedbackWeights;

/**
 * When a prefix or domain is listed and for how long.
 *
 * @param lookBack the sliding time whose evidence counts for a prefix
 * @param minimumBad so many bad outcomes list a subject, if little good stands against them; for a domain by their weight in
 *     its reputation
 * @param badPerGood a prefix is listed only where each good outcome is outweighed by so many bad ones
 * @param keptShare and stays listed while it has at least this share of that many, 0 to 1
 * @param firstTerm how long the first listing lasts after its last evidence; each strike doubles it
 * @param longestTerm where the doubling ends, and how long a listing by a person lasts
 * @param strikesKept strikes are forgotten after so long without a listing
 * @param minimumBadChildren a coarser prefix is listed only where so many distinct prefixes of the next finer level had bad
 *     outcomes
 * @param badChildrenShare and those are at least this share of all that were seen, 0 to 1; the listing ends below half of it
 * @param sharedDomains a coarser prefix from which so many distinct domains sent good mail is shared by unrelated senders,
 *     and never listed
 * @param recoveredFrom a listed domain is delisted when its share of good outcomes is more than this by the lower end of
 *     its interval
 * @param weights what feedback weighs
 * @param documentation true where documentation prefixes (RFC 3849, RFC 5737) may be listed, as in a demonstration
 */
public record ListingPolicy(
        Duration lookBack,
        long minimumBad,
        long badPerGood,
        double keptShare,
        Duration firstTerm,
        Duration longestTerm,
        Duration strikesKept,
        long minimumBadChildren,
        double badChildrenShare,
        long sharedDomains,
        double recoveredFrom,
        FeedbackWeights weights,
        boolean documentation) {

    /** What holds unless configured otherwise. */
    public static ListingPolicy defaults() {
        return new ListingPolicy(
                Duration.ofDays(1),
                20,
                10,
                0.5,
                Duration.ofDays(1),
                Duration.ofDays(30),
                Duration.ofDays(90),
                8,
                0.5,
                5,
                0.2,
                FeedbackWeights.defaults(),
                false);
    }

    /** The same with documentation prefixes listed like any other. */
    public ListingPolicy withDocumentation() {
        return new ListingPolicy(
                lookBack,
                minimumBad,
                badPerGood,
                keptShare,
                firstTerm,
                longestTerm,
                strikesKept,
                minimumBadChildren,
                badChildrenShare,
                sharedDomains,
                recoveredFrom,
                weights,
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
