package org.slash64.topology.feedback;

import java.time.Duration;

/**
 * How feedback finds its event.
 *
 * @param indexed how long (event time) an event can be found by its id after it happened
 * @param waits how long (wall time) feedback waits for an event that has not come yet
 */
public record FeedbackSettings(Duration indexed, Duration waits) {

    /** What holds unless configured otherwise. */
    public static FeedbackSettings defaults() {
        return new FeedbackSettings(Duration.ofDays(7), Duration.ofHours(1));
    }
}
