package org.slash64.deploy.pipeline;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Replaces stream threads that died, as after a lost broker, but gives up where they keep dying. */
final class ThreadReplacement implements StreamsUncaughtExceptionHandler {

    /** More deaths than this within {@link #PERIOD} end the program. */
    static final int MAX_DEATHS = 10;

    static final Duration PERIOD = Duration.ofMinutes(5);

    private static final Logger LOG = LoggerFactory.getLogger(ThreadReplacement.class);

    private final Clock clock;
    private final Consumer<Throwable> giveUp;
    private final Deque<Instant> deaths = new ArrayDeque<>();

    ThreadReplacement(Clock clock, Consumer<Throwable> giveUp) {
        this.clock = clock;
        this.giveUp = giveUp;
    }

    @Override
    public synchronized StreamThreadExceptionResponse handle(Throwable exception) {
        LOG.error("A stream thread died: {}", exception.getMessage(), exception);
        Instant now = clock.instant();
        deaths.addLast(now);
        while (deaths.peekFirst().isBefore(now.minus(PERIOD))) {
            deaths.removeFirst();
        }
        if (deaths.size() <= MAX_DEATHS) {
            return StreamThreadExceptionResponse.REPLACE_THREAD;
        }
        giveUp.accept(exception);
        return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
    }
}
