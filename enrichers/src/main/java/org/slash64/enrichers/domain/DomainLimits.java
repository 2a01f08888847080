package org.slash64.enrichers.domain;

import java.time.Duration;

/**
 * Bounds of a check.
 *
 * @param names names looked at per event, the first; the same name in several roles counts once
 * @param deadline one check in all; what DNS has not said by then counts as a timeout
 */
public record DomainLimits(int names, Duration deadline) {
    /** 32 names, which covers ten PTR names, five signatures and one or two of each other role; 5 s as for FCrDNS. */
    public static final DomainLimits DEFAULTS = new DomainLimits(32, Duration.ofSeconds(5));

    /** Refuses what would never ask anything. */
    public DomainLimits {
        if (names < 1 || deadline.isNegative() || deadline.isZero()) {
            throw new IllegalArgumentException("a limit of the domain check is not positive");
        }
    }
}
