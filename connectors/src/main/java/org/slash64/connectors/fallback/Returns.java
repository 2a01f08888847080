package org.slash64.connectors.fallback;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.slash64.schemas.FallbackSender;

/** What became of mails, and how fast they came. */
final class Returns {

    /** Times that the median is of. */
    private static final int MAX_TIMES = 1_000;

    private final Deque<Long> times = new ArrayDeque<>();
    private long returned;
    private long stayed;
    private long gone;

    void take(FallbackSender news) {
        switch (news.getChange()) {
            case DEFERRED, AGAIN -> {
                // what becomes of it is not known
            }
            case RETURNED -> {
                returned++;
                Optional.ofNullable(news.getReturnTime()).ifPresent(this::time);
            }
            case STAYED -> stayed++;
            case GONE -> gone++;
        }
    }

    private void time(long millis) {
        times.addLast(millis);
        if (times.size() > MAX_TIMES) {
            times.removeFirst();
        }
    }

    long returned() {
        return returned;
    }

    long stayed() {
        return stayed;
    }

    long gone() {
        return gone;
    }

    Optional<Duration> median() {
        return times.stream()
                .sorted()
                .skip(Math.max(0, times.size() - 1) / 2)
                .findFirst()
                .map(Duration::ofMillis);
    }
}
