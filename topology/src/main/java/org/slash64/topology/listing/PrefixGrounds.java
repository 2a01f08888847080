package org.slash64.topology.listing;

import org.slash64.schemas.DomainReputation;
import org.slash64.schemas.Evidence;
import org.slash64.schemas.Listing;

/**
 * The evidence of the time looked at.
 *
 * @param evidence of one prefix
 * @param finest true where there is no level below
 */
record PrefixGrounds(ListingPolicy policy, Evidence evidence, boolean finest) implements Grounds {

    @Override
    public boolean suffice() {
        return bad() >= policy.minimumBad() && !forbid() && (finest || isBadThroughout(evidence));
    }

    @Override
    public boolean forbid() {
        return bad() < policy.badPerGood() * good() || isShared();
    }

    @Override
    public boolean end(Listing inForce) {
        return bad() < policy.keptShare() * policy.badPerGood() * good()
                || isShared()
                || (!finest && isBadThroughout(inForce.getEvidence()) && isMostlyClean());
    }

    private long bad() {
        return policy.weights().bad(evidence.getCounts());
    }

    private long good() {
        return Math.max(0, policy.weights().good(evidence.getCounts()));
    }

    private boolean isShared() {
        return !finest && evidence.getDomains() >= policy.sharedDomains();
    }

    /** Whether enough of what lies below is bad; not so where a coarser prefix is listed for a limit that it crossed. */
    private boolean isBadThroughout(Evidence figures) {
        return figures.getBadChildren() >= policy.minimumBadChildren()
                && figures.getBadChildren() >= policy.badChildrenShare() * figures.getChildren();
    }

    private boolean isMostlyClean() {
        return evidence.getBadChildren() < policy.badChildrenShare() / 2 * evidence.getChildren();
    }

    @Override
    public DomainReputation reputation() {
        return null;
    }

    @Override
    public String inWords() {
        return Words.of(evidence, policy.weights());
    }
}
