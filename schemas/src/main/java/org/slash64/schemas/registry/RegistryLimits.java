package org.slash64.schemas.registry;

import java.time.Duration;

/**
 * Bounds on talking to the registry.
 *
 * @param connectTimeout time for one connection to be made
 * @param readTimeout time for one answer
 * @param attempts how often a call is tried where the transport fails or the registry answers with a server error
 * @param firstDelay wait before the second attempt; it doubles with each one after
 */
public record RegistryLimits(Duration connectTimeout, Duration readTimeout, int attempts, Duration firstDelay) {
    /** For a registry nearby: a call that fails in all attempts at once takes 1.4 s. */
    public static final RegistryLimits DEFAULT =
            new RegistryLimits(Duration.ofSeconds(3), Duration.ofSeconds(10), 4, Duration.ofMillis(200));

    public RegistryLimits {
        if (attempts < 1) {
            throw new IllegalArgumentException("attempts must be at least 1: " + attempts);
        }
    }
}
