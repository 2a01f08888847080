package org.slash64.connectors.fallback;

import java.time.Duration;

/**
 * How often 421 is said, by this process.
 *
 * @param attempts how often a sender is told within the window
 * @param window from the first time on
 * @param perMinute how often it is said in all, and at once after a quiet minute
 * @param breaker when it is no longer said at all
 */
public record FallbackSettings(int attempts, Duration window, int perMinute, BreakerSettings breaker) {

    /** Senders retry every half hour at first (RFC 5321 section 4.5.4.1): mail that is let in on the fourth try is two hours late. */
    public static FallbackSettings defaults() {
        return new FallbackSettings(3, Duration.ofDays(1), 600, BreakerSettings.defaults());
    }

    /** Refuses what would never say it, or for ever. */
    public FallbackSettings {
        if (attempts < 1 || perMinute < 1 || window.isNegative() || window.isZero()) {
            throw new IllegalArgumentException("a limit of the fallback is not positive");
        }
    }
}
