package org.slash64.topology.reputation;

import org.slash64.schemas.Counts;

/**
 * What one piece of feedback weighs, where the outcome of one event weighs 1.
 *
 * @param spamtrap a message to a spam trap speaks against its sender like so many bad outcomes
 * @param complaint likewise a recipient's complaint
 * @param spam likewise a message that a content filter found to be spam
 * @param ham a message that was found to be wanted speaks for its sender like so many good outcomes
 */
public record FeedbackWeights(int spamtrap, int complaint, int spam, int ham) {

    public FeedbackWeights {
        if (spamtrap < 0 || complaint < 0 || spam < 0 || ham < 0) {
            throw new IllegalArgumentException("weights of feedback must be at least 0");
        }
    }

    /** What holds unless configured otherwise. */
    public static FeedbackWeights defaults() {
        return new FeedbackWeights(10, 5, 1, 1);
    }

    /** What speaks for whom these sums are of; below zero where more was taken back than came. */
    public long good(Counts counts) {
        return counts.getGood() - counts.getTakenBack() + ham * counts.getHam();
    }

    /** What speaks against whom these sums are of. */
    public long bad(Counts counts) {
        return counts.getBad()
                + spamtrap * counts.getSpamtraps()
                + complaint * counts.getComplaints()
                + spam * counts.getSpam();
    }
}
