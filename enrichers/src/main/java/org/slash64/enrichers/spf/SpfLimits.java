package org.slash64.enrichers.spf;

import java.time.Duration;

/**
 * Bounds of a check.
 *
 * @param voidLookups questions of terms that DNS may answer with nothing; one more is a permerror
 * @param deadline one check in all; what DNS has not said by then makes it a temperror
 */
public record SpfLimits(int voidLookups, Duration deadline) {
    /** Terms that ask DNS, over all records of a check: RFC 7208 section 4.6.4. */
    public static final int MAX_DNS_TERMS = 10;

    /** Names of one {@code mx}; one more is a permerror: RFC 7208 section 4.6.4. */
    public static final int MAX_MX_NAMES = 10;

    /** Names of the client that {@code ptr} and <code>%{p}</code> look at, the first: RFC 7208 section 4.6.4. */
    public static final int MAX_PTR_NAMES = 10;

    /** Two void lookups and 20 s, as RFC 7208 section 4.6.4 recommends. */
    public static final SpfLimits DEFAULTS = new SpfLimits(2, Duration.ofSeconds(20));

    /** Refuses a deadline that leaves no time. */
    public SpfLimits {
        if (voidLookups < 0 || deadline.isNegative() || deadline.isZero()) {
            throw new IllegalArgumentException("a limit of the SPF check is not positive");
        }
    }

    /** The same with another number of void lookups. */
    public SpfLimits withVoidLookups(int newVoidLookups) {
        return new SpfLimits(newVoidLookups, deadline);
    }

    /** The same with another deadline. */
    public SpfLimits withDeadline(Duration newDeadline) {
        return new SpfLimits(voidLookups, newDeadline);
    }
}
