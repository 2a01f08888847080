package org.slash64.topology.listing;

import org.slash64.schemas.DomainReputation;
import org.slash64.schemas.Evidence;
import org.slash64.schemas.Listing;
import org.slash64.schemas.Standing;

/**
 * The reputation of a domain.
 *
 * @param reputation as of the bucket
 */
record DomainGrounds(ListingPolicy policy, DomainReputation reputation) implements Grounds {

    @Override
    public boolean suffice() {
        return reputation.getStanding() == Standing.BAD && reputation.getBad() >= policy.minimumBad() && !forbid();
    }

    @Override
    public boolean forbid() {
        return reputation.getLower() > policy.recoveredFrom();
    }

    @Override
    public boolean end(Listing inForce) {
        return forbid();
    }

    @Override
    public Evidence evidence() {
        return null;
    }

    @Override
    public String inWords() {
        return Words.of(reputation);
    }
}
