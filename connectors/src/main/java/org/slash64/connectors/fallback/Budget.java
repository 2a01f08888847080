package org.slash64.connectors.fallback;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** A token bucket: so much in a minute, and as much at once where it was not used. Any whole number of tokens is exact. */
final class Budget {

    /** A token, in parts of which each millisecond brings as many as there are tokens in a minute. */
    private static final long TOKEN = Duration.ofMinutes(1).toMillis();

    private final int perMinute;
    private long parts;
    private Optional<Instant> filledAt = Optional.empty();

    Budget(int perMinute) {
        this.perMinute = perMinute;
        this.parts = perMinute * TOKEN;
    }

    /** True where there is some left. */
    boolean isLeft(Instant now) {
        long passed = filledAt.map(at -> Duration.between(at, now).toMillis()).orElse(0L);
        long brought = Math.max(0, Math.min(passed, TOKEN)) * perMinute; // none where the clock was set back
        parts = Math.min(perMinute * TOKEN, parts + brought);
        filledAt = Optional.of(now);
        return parts >= TOKEN;
    }

    /** Uses one up. */
    void take() {
        parts -= TOKEN;
    }
}
