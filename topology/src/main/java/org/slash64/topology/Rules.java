package org.slash64.topology;

import java.util.List;
import org.slash64.schemas.AllowEntry;
import org.slash64.topology.limit.LimitRule;
import org.slash64.topology.listing.ListingPolicy;
import org.slash64.topology.reputation.ReputationPolicy;

/**
 * What decisions are made by. With the same rules the same verdicts lead to the same decisions.
 *
 * @param limits rate limits
 * @param reputation how domains are rated
 * @param listing when a prefix or domain is listed
 * @param allowlist what is never listed, beside what the topic says
 */
public record Rules(
        List<LimitRule> limits, ReputationPolicy reputation, ListingPolicy listing, List<AllowEntry> allowlist) {

    public Rules {
        limits = List.copyOf(limits);
        allowlist = List.copyOf(allowlist);
    }

    /** What holds unless configured otherwise. */
    public static Rules defaults() {
        return new Rules(LimitRule.defaults(), ReputationPolicy.defaults(), ListingPolicy.defaults(), List.of());
    }

    /** The same with documentation prefixes listed like any other. */
    public Rules withDocumentation() {
        return new Rules(limits, reputation, listing.withDocumentation(), allowlist);
    }

    /** The same with another allowlist. */
    public Rules withAllowlist(List<AllowEntry> other) {
        return new Rules(limits, reputation, listing, other);
    }
}
