package org.slash64.deploy.config;

import java.time.Duration;
import org.slash64.deploy.config.yaml.Durations;
import org.slash64.deploy.config.yaml.Numbers;
import org.slash64.deploy.config.yaml.Section;
import org.slash64.deploy.config.yaml.Types;
import org.slash64.topology.count.Bucket;
import org.slash64.topology.listing.ListingPolicy;
import org.slash64.topology.reputation.FeedbackWeights;

/** {@link ListingPolicy} in a file. */
final class ListingFields {

    private static final Duration MONTH = Duration.ofDays(31);
    private static final Duration YEAR = Duration.ofDays(366);
    private static final long MOST_OUTCOMES = 1_000_000_000L;

    private ListingFields() {}

    /** @param weights what feedback weighs, which the file says once for reputations and listings */
    static ListingPolicy read(Section section, FeedbackWeights weights) {
        ListingPolicy defaults = ListingPolicy.defaults();
        ListingPolicy policy = new ListingPolicy(
                section.value(
                        "look-back",
                        defaults.lookBack(),
                        Durations.between(Bucket.LENGTH, MONTH),
                        "The sliding time whose evidence counts for a prefix."),
                section.value(
                        "minimum-bad",
                        defaults.minimumBad(),
                        Numbers.wholeNumber(1, MOST_OUTCOMES),
                        "So many bad outcomes list a prefix or domain, if little good stands against them; for a domain"
                                + " by weight."),
                section.value(
                        "bad-per-good",
                        defaults.badPerGood(),
                        Numbers.wholeNumber(0, MOST_OUTCOMES),
                        "A prefix is listed only where each good outcome is outweighed by so many bad ones."),
                section.value(
                        "kept-share",
                        defaults.keptShare(),
                        Numbers.share(),
                        "And stays listed while it has at least this share of that many."),
                section.value(
                        "first-term",
                        defaults.firstTerm(),
                        Durations.between(Bucket.LENGTH, YEAR),
                        "How long the first listing lasts after its last evidence; each strike doubles it."),
                section.value(
                        "longest-term",
                        defaults.longestTerm(),
                        Durations.between(Bucket.LENGTH, YEAR),
                        "Where the doubling ends, and how long a listing by a person lasts; at least first-term."),
                section.value(
                        "strikes-kept",
                        defaults.strikesKept(),
                        Durations.between(Bucket.LENGTH, YEAR.multipliedBy(10)),
                        "Strikes are forgotten after so long without a listing."),
                section.value(
                        "minimum-bad-children",
                        defaults.minimumBadChildren(),
                        Numbers.wholeNumber(1, MOST_OUTCOMES),
                        "A coarser prefix is listed only where so many distinct prefixes of the next finer level had bad"
                                + " outcomes."),
                section.value(
                        "bad-children-share",
                        defaults.badChildrenShare(),
                        Numbers.share(),
                        "And those are at least this share of all that were seen; the listing ends below half of it."),
                section.value(
                        "shared-domains",
                        defaults.sharedDomains(),
                        Numbers.wholeNumber(1, MOST_OUTCOMES),
                        "A coarser prefix from which so many distinct domains sent good mail is shared by unrelated"
                                + " senders, and never listed."),
                section.value(
                        "recovered-from",
                        defaults.recoveredFrom(),
                        Numbers.share(),
                        "A listed domain is delisted when its share of good outcomes is more than this, by the lower"
                                + " end of the interval."),
                weights,
                section.value(
                        "documentation",
                        defaults.documentation(),
                        Types.flag(),
                        "Let documentation prefixes (RFC 3849, RFC 5737) be listed, for trials."));
        if (policy.longestTerm().compareTo(policy.firstTerm()) < 0) {
            section.mistake("longest-term", "is shorter than first-term; write one as long at least");
        }
        return policy;
    }
}
