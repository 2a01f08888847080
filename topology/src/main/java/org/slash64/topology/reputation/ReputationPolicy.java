package org.slash64.topology.reputation;

import java.time.Duration;

/**
 * How domains are rated.
 *
 * @param halfLife evidence weighs half as much after this time
 * @param goodFrom a domain whose share of good outcomes is at least this, by the lower end of its interval, is good
 * @param badTo a domain whose share of good outcomes is at most this, by the upper end of its interval, is bad
 * @param forgottenAfter a domain that sent nothing for so long is forgotten, once its evidence weighs nothing either
 * @param weights what feedback weighs
 */
public record ReputationPolicy(
        Duration halfLife, double goodFrom, double badTo, Duration forgottenAfter, FeedbackWeights weights) {

    public ReputationPolicy {
        if (halfLife.toMillis() < 1) {
            throw new IllegalArgumentException("the half-life is shorter than a millisecond");
        }
        if (!(badTo >= 0 && badTo < goodFrom && goodFrom <= 1)) {
            throw new IllegalArgumentException("bad-to must be less than good-from, and both from 0 to 1");
        }
    }

    /** What holds unless configured otherwise. */
    public static ReputationPolicy defaults() {
        return new ReputationPolicy(Duration.ofDays(14), 0.8, 0.2, Duration.ofDays(180), FeedbackWeights.defaults());
    }
}
