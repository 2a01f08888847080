package org.slash64.topology.enrich;

import java.time.Duration;
import org.slash64.schemas.Exemptions;

/**
 * How enrichment behaves.
 *
 * @param exemptions which events are not evaluated
 * @param maxInFlight so many events may wait for look-ups in one task; past it the task waits for completions
 * @param longestWait the longest that a stream thread waits at that bound in one go, over all its tasks; well under a third
 *     of the transaction time-out
 * @param lateness how much earlier than a host's latest event another of its events may be
 */
public record EnrichSettings(Exemptions exemptions, int maxInFlight, Duration longestWait, Duration lateness) {

    /** What holds unless configured otherwise. */
    public static EnrichSettings defaults(Duration lateness) {
        return new EnrichSettings(Exemptions.defaults(), 2_000, Duration.ofSeconds(1), lateness);
    }
}
