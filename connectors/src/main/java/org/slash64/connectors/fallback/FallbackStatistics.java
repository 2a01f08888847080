package org.slash64.connectors.fallback;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * What was done with 421 since the start. What came of it is of all instances, as the topic tells it.
 *
 * @param rulings by this instance, where 421 was chosen; mails of the site's own and over IPv4 are none of them
 * @param returned mails that came over IPv4
 * @param stayed mails that came again over IPv6 alone
 * @param gone mails that never came again
 * @param median time from a 421 to the mail over IPv4, of the last thousand; empty where none came
 * @param exemptSenders networks that are exempt now
 * @param breaker {@code closed}, {@code open} or {@code half-open}
 * @param why the breaker is not closed; empty where it is
 */
public record FallbackStatistics(
        Map<Ruling, Long> rulings,
        long returned,
        long stayed,
        long gone,
        Optional<Duration> median,
        long exemptSenders,
        String breaker,
        String why) {

    /** Copies the map. */
    public FallbackStatistics {
        rulings = Map.copyOf(rulings);
    }
}
