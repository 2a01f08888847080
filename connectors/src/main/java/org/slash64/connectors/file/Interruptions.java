package org.slash64.connectors.file;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;

/**
 * Tells a broker that is away, for which it pays to wait, from errors that stay. While a broker is away clients try for a
 * minute (max.block.ms) before they give up, so errors in quick succession are of another kind, such as two programs that
 * take the same data folder from each other.
 */
final class Interruptions {

    /** More of them than this within {@link #PERIOD} are final. */
    static final int MOST = 10;

    static final Duration PERIOD = Duration.ofMinutes(5);

    private final Deque<Long> times = new ArrayDeque<>();

    /** Counts an error, and tells whether to give up. */
    boolean areFinal(KafkaException error) {
        long now = System.nanoTime();
        times.addLast(now);
        while (now - times.getFirst() > PERIOD.toNanos()) {
            times.removeFirst();
        }
        return times.size() > MOST
                || error instanceof AuthenticationException
                || error instanceof AuthorizationException
                || error instanceof ConfigException;
    }
}
