package org.slash64.connectors.publish;

import java.time.Instant;
import java.util.Collections;
import java.util.SortedMap;
import org.slash64.schemas.Domain;
import org.slash64.schemas.DomainReputation;

/**
 * One version of all that is published.
 *
 * @param version higher than that of any earlier snapshot; fits 32 bits until 2106, as a zone's serial has to
 * @param written the time by the wall clock
 * @param prefixes listed prefixes
 * @param domains listed domains
 * @param reputations the domains whose standing is clear, listed or not
 */
public record Snapshot(
        long version,
        Instant written,
        Blocklist prefixes,
        DomainList domains,
        SortedMap<Domain, DomainReputation> reputations) {

    public Snapshot {
        reputations = Collections.unmodifiableSortedMap(reputations);
    }
}
