package org.slash64.enrichers.dns;

import java.time.Duration;

/**
 * Bounds of the cache.
 *
 * @param maxBytes about the heap that cached answers may take
 * @param minTtl answers are kept at least this long; zero keeps no answer of TTL 0
 * @param maxTtl records are kept at most this long
 * @param maxNegativeTtl NODATA and NXDOMAIN are kept at most this long
 * @param failureTtl how long a failure of any kind is kept; zero keeps none
 */
public record CacheLimits(
        long maxBytes, Duration minTtl, Duration maxTtl, Duration maxNegativeTtl, Duration failureTtl) {
    /**
     * 64 MiB; 1 s to 1 day; negative 3 hours (RFC 2308 section 5 finds one to three hours sensible); failures 5 s (RFC
     * 9520 section 3.2: at least 1 s, at most 5 minutes).
     */
    public static final CacheLimits DEFAULTS = new CacheLimits(
            64L << 20, Duration.ofSeconds(1), Duration.ofDays(1), Duration.ofHours(3), Duration.ofSeconds(5));

    /** Refuses negative bounds. */
    public CacheLimits {
        if (maxBytes < 0
                || minTtl.isNegative()
                || maxTtl.compareTo(minTtl) < 0
                || maxNegativeTtl.compareTo(minTtl) < 0
                || failureTtl.isNegative()) {
            throw new IllegalArgumentException("the limits of the DNS cache contradict each other");
        }
    }

    Duration positive(long ttlSeconds) {
        return clamp(ttlSeconds, maxTtl);
    }

    Duration negative(long ttlSeconds) {
        return clamp(ttlSeconds, maxNegativeTtl);
    }

    private Duration clamp(long ttlSeconds, Duration most) {
        Duration ttl = Duration.ofSeconds(ttlSeconds);
        if (ttl.compareTo(minTtl) < 0) {
            return minTtl;
        }
        return ttl.compareTo(most) > 0 ? most : ttl;
    }
}
