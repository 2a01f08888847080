package org.slash64.topology.count;

import org.slash64.schemas.DomainReputation;

/**
 * A bucket and what its subject's reputation is with it.
 *
 * @param bucket what came
 * @param reputation null for a prefix, which has none
 */
public record RatedBucket(Bucket bucket, DomainReputation reputation) {

    /** The bucket of a prefix. */
    public static RatedBucket of(Bucket bucket) {
        return new RatedBucket(bucket, null);
    }
}
