package org.slash64.deploy.view;

import java.time.Instant;
import java.util.Locale;
import org.slash64.schemas.DomainReputation;

/**
 * The reputation of a domain, for people; docs/reputation.md says what the figures are.
 *
 * @param standing good, bad or unknown
 */
public record ReputationEntry(
        String domain,
        String standing,
        double score,
        double lower,
        double upper,
        double good,
        double bad,
        long events,
        long messages,
        long bytes,
        long networks,
        Instant firstSeen,
        Instant lastSeen,
        Instant asOf) {

    /** Of a record. */
    public static ReputationEntry of(DomainReputation known) {
        return new ReputationEntry(
                known.getDomain(),
                known.getStanding().name().toLowerCase(Locale.ROOT),
                known.getScore(),
                known.getLower(),
                known.getUpper(),
                known.getGood(),
                known.getBad(),
                known.getEvents(),
                known.getMessages(),
                known.getBytes(),
                known.getNetworks(),
                known.getFirstSeen(),
                known.getLastSeen(),
                known.getAsOf());
    }
}
