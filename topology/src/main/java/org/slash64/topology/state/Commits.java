package org.slash64.topology.state;

import java.time.Duration;
import java.time.Instant;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.Punctuator;
import org.apache.kafka.streams.processor.api.ProcessingContext;

/**
 * When tasks commit: all of a thread at the same instants of the wall clock, just after their steps have handed on what they
 * held. So what is held until the next instant only is in no transaction. Threads take turns, so that not all their work
 * comes at once. A thread commits all its tasks together; one that has none which asks for it here does so each second.
 */
public final class Commits {

    /** Between two. */
    public static final Duration INTERVAL = Duration.ofMillis(250);

    /** So many threads have instants of their own. */
    private static final int TURNS = 2;

    private Commits() {}

    /**
     * Has something done, and its task commit, each time that an interval is over, a multiple of {@link #INTERVAL}. Tasks of
     * different partitions take turns where the interval leaves them some. To be called by the thread of the task.
     */
    public static void after(ProcessingContext context, Duration interval, Punctuator what) {
        long turn = Math.floorMod(Thread.currentThread().getId(), TURNS);
        Instant first = Instant.EPOCH
                .plus(INTERVAL.multipliedBy(context.taskId().partition()))
                .plus(INTERVAL.multipliedBy(turn).dividedBy(TURNS));
        context.schedule(first, interval, PunctuationType.WALL_CLOCK_TIME, now -> {
            what.punctuate(now);
            context.commit();
        });
    }
}
