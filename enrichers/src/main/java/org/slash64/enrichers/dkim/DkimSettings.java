package org.slash64.enrichers.dkim;

import java.time.Duration;

/**
 * What is accepted.
 *
 * @param allowLegacy take rsa-sha1 and RSA keys under 1,024 bits, against RFC 8301
 * @param clockSkew how far in the future t= may be
 */
public record DkimSettings(boolean allowLegacy, Duration clockSkew) {
    /** As RFC 8301 says, with five minutes between the clocks. */
    public static final DkimSettings DEFAULTS = new DkimSettings(false, Duration.ofMinutes(5));

    /** Refuses negative durations. */
    public DkimSettings {
        if (clockSkew.isNegative()) {
            throw new IllegalArgumentException("the clock skew is negative");
        }
    }

    /** The same, taking historic signatures or not. */
    public DkimSettings withLegacy(boolean allowed) {
        return new DkimSettings(allowed, clockSkew);
    }
}
