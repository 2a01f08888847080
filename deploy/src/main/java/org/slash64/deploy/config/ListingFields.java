package org.slash64.deploy.config;

import java.time.Duration;
import org.slash64.deploy.config.yaml.Durations;
import org.slash64.deploy.config.yaml.Numbers;
import org.slash64.deploy.config.yaml.Section;
import org.slash64.deploy.config.yaml.Types;
import org.slash64.topology.count.Bucket;
import org.slash64.topology.listing.ListingPolicy;

/** {@link ListingPolicy} in a file. */
final class ListingFields {

    private static final Duration MONTH = Duration.ofDays(31);
    private static final Duration YEAR = Duration.ofDays(366);
    private static final long MOST_OUTCOMES = 1_000_000_000L;

    private ListingFields() {}

    static ListingPolicy read(Section section) {
        ListingPolicy defaults = ListingPolicy.defaults();
        ListingPolicy policy = new ListingPolicy(
                section.value(
                        "look-back",
                        defaults.lookBack(),
                        Durations.between(Bucket.LENGTH, MONTH),
                        "The sliding time whose evidence counts."),
                section.value(
                        "minimum-bad",
                        defaults.minimumBad(),
                        Numbers.wholeNumber(1, MOST_OUTCOMES),
                        "So many bad outcomes list a prefix, if little good stands against them."),
                section.value(
                        "bad-per-good",
                        defaults.badPerGood(),
                        Numbers.wholeNumber(0, MOST_OUTCOMES),
                        "Each good outcome outweighs so many bad ones."),
                section.value(
                        "first-term",
                        defaults.firstTerm(),
                        Durations.between(Bucket.LENGTH, YEAR),
                        "How long the first listing lasts after its last evidence; each strike doubles it."),
                section.value(
                        "longest-term",
                        defaults.longestTerm(),
                        Durations.between(Bucket.LENGTH, YEAR),
                        "Where the doubling ends; at least first-term."),
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
