package org.slash64.deploy.config;

import java.time.Duration;
import org.slash64.deploy.config.yaml.Durations;
import org.slash64.deploy.config.yaml.Numbers;
import org.slash64.deploy.config.yaml.Section;
import org.slash64.topology.reputation.FeedbackWeights;
import org.slash64.topology.reputation.ReputationPolicy;

/** {@link ReputationPolicy} in a file. */
final class ReputationFields {

    private static final Duration SHORTEST_HALF_LIFE = Duration.ofMinutes(1);
    private static final Duration YEAR = Duration.ofDays(366);
    private static final int MOST_WEIGHT = 1_000;

    private ReputationFields() {}

    static ReputationPolicy read(Section section) {
        ReputationPolicy defaults = ReputationPolicy.defaults();
        Duration halfLife = section.value(
                "half-life",
                defaults.halfLife(),
                Durations.between(SHORTEST_HALF_LIFE, YEAR),
                "Evidence weighs half as much after this time.");
        double goodFrom = section.value(
                "good-from",
                defaults.goodFrom(),
                Numbers.share(),
                "A domain is good when its share of good outcomes is at least this, by the lower end of the interval.");
        double badTo = section.value(
                "bad-to",
                defaults.badTo(),
                Numbers.share(),
                "A domain is bad when its share of good outcomes is at most this, by the upper end; less than"
                        + " good-from.");
        Duration forgottenAfter = section.value(
                "forgotten-after",
                defaults.forgottenAfter(),
                Durations.between(Duration.ofDays(1), YEAR.multipliedBy(10)),
                "A domain that sent nothing for so long is forgotten, once its evidence weighs nothing either.");
        FeedbackWeights weights = section.section(
                "weights",
                defaults.weights(),
                ReputationFields::weights,
                "What one piece of feedback weighs, in reputations and listings, where the outcome of an event weighs"
                        + " 1.");
        if (badTo >= goodFrom) {
            section.mistake("bad-to", "is not less than good-from; write a smaller share");
            return defaults;
        }
        return new ReputationPolicy(halfLife, goodFrom, badTo, forgottenAfter, weights);
    }

    private static FeedbackWeights weights(Section section) {
        FeedbackWeights defaults = FeedbackWeights.defaults();
        return new FeedbackWeights(
                weight(section, "spamtrap", defaults.spamtrap(), "A message to a spam trap, against its sender."),
                weight(section, "complaint", defaults.complaint(), "A recipient's complaint, against the sender."),
                weight(section, "spam", defaults.spam(), "A message found to be spam, against its sender."),
                weight(section, "ham", defaults.ham(), "A message found to be wanted, for its sender."));
    }

    private static int weight(Section section, String key, int whenAbsent, String doc) {
        return section.value(key, whenAbsent, Numbers.count(0, MOST_WEIGHT), doc);
    }
}
