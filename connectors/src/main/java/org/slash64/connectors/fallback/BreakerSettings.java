package org.slash64.connectors.fallback;

import java.time.Duration;

/**
 * When 421 is no longer said.
 *
 * @param leastShare of the mails that came again, so many must have come over IPv4, 0 to 1
 * @param cases so many of the last are looked at, and none before there are so many
 * @param pause how long it is not said then, before it is tried again
 * @param trials so often
 * @param unheardAfter for so long the topic may say nothing after a 421: it tells of each
 */
public record BreakerSettings(double leastShare, int cases, Duration pause, int trials, Duration unheardAfter) {

    /** An IPv4 server that is away is noticed by twenty mails that stay on IPv6; more than a few minutes nothing may be late. */
    public static BreakerSettings defaults() {
        return new BreakerSettings(0.5, 20, Duration.ofHours(1), 5, Duration.ofMinutes(15));
    }

    /** Refuses what would never close again. */
    public BreakerSettings {
        if (cases < 1 || trials < 1 || !(leastShare >= 0 && leastShare <= 1)) {
            throw new IllegalArgumentException("the breaker of the fallback needs cases, trials and a share");
        }
    }
}
