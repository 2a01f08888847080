package org.slash64.topology.fallback;

import java.time.Duration;

/**
 * When a mail that was answered 421 counts as come back, and when its sender is exempt. All times are event times.
 *
 * @param returnsWithin so long after its first 421 a mail may come over IPv4
 * @param exemptAfter so often a sender must have been told in vain
 * @param exemptOver and over so long, from the first of those 421 to the end of the last mail
 * @param exemptFor so long it is not told any more
 * @param forgottenAfter a sender that was not told for so long is forgotten, unless it is exempt
 */
public record FallbackRules(
        Duration returnsWithin, int exemptAfter, Duration exemptOver, Duration exemptFor, Duration forgottenAfter) {

    /** Mail servers retry every half hour at first (RFC 5321 section 4.5.4.1), so six hours hold a good many tries. */
    public static FallbackRules defaults() {
        return new FallbackRules(
                Duration.ofHours(6), 3, Duration.ofMinutes(10), Duration.ofDays(30), Duration.ofDays(14));
    }
}
