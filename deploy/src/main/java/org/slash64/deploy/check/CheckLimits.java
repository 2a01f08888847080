package org.slash64.deploy.check;

import java.time.Duration;

/** Bounds of one run, so that no zone makes it long; what is left out is said. */
public final class CheckLimits {
    /** Sending addresses looked at; a site with more has them in blocks that look alike. */
    public static final int MAX_ADDRESSES = 64;
    /** Names in HELO that may be given. */
    public static final int MAX_HELO_NAMES = 32;
    /** DKIM selectors that may be given. */
    public static final int MAX_SELECTORS = 32;
    /** MX targets looked at, the most preferred; RFC 7208 section 4.6.4 lets SPF look at 10. */
    public static final int MAX_MX_TARGETS = 20;
    /** Addresses of one host that are looked at. */
    public static final int MAX_HOST_ADDRESSES = 32;
    /** SPF records read to count terms; a check of a client ends after 10 terms (RFC 7208 section 4.6.4). */
    public static final int MAX_SPF_RECORDS = 32;
    /** Characters of an SPF record that is given back changed. */
    public static final int MAX_SPF_TEXT = 2_000;
    /** All questions together. */
    public static final Duration DEADLINE = Duration.ofSeconds(60);

    private CheckLimits() {}
}
