package org.slash64.topology.state;

import java.time.Duration;
import java.time.Instant;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.Punctuator;
import org.apache.kafka.streams.processor.api.ProcessingContext;

/**
 * When tasks commit: all at the same instants of the wall clock, just after their steps have handed on what they held. So
 * what is held until the next instant only is in no transaction, and a step finds what the one before it handed on.
 */
public final class Commits {

    /** Between two. */
    public static final Duration INTERVAL = Duration.ofMillis(250);

    private Commits() {}

    /** Has the task of a step commit. */
    public static void schedule(ProcessingContext context) {
        before(context, INTERVAL, now -> context.commit());
    }

    /** Has something done each time that an interval of the wall clock is over, a multiple of {@link #INTERVAL}, before tasks commit. */
    public static void before(ProcessingContext context, Duration interval, Punctuator what) {
        context.schedule(Instant.EPOCH, interval, PunctuationType.WALL_CLOCK_TIME, what);
    }
}
