package org.slash64.deploy.config;

import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.slash64.connectors.answer.Action;
import org.slash64.connectors.answer.Ground;
import org.slash64.connectors.answer.Policy;
import org.slash64.deploy.config.yaml.Durations;
import org.slash64.deploy.config.yaml.Section;
import org.slash64.deploy.config.yaml.Types;

/** {@link Policy} in a file, but for what other sections say of it. */
final class AnswerFields {

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration DAY = Duration.ofDays(1);

    private AnswerFields() {}

    static Policy read(Section section) {
        Policy defaults = Policy.defaults();
        Map<Ground, Action> actions = new EnumMap<>(Ground.class);
        for (Ground ground : Ground.values()) {
            actions.put(
                    ground,
                    section.value(
                            ground.text(),
                            ground.byDefault(),
                            Types.oneOf(List.of(Action.values()), Action::text),
                            "What is done where " + ground.words() + "."));
        }
        boolean goodDomainsPassLimits = section.value(
                "good-domains-pass-limits",
                defaults.goodDomainsPassLimits(),
                Types.flag(),
                "Limits of prefixes do not hold for mail that SPF proves to be of a domain in good standing.");
        Duration staleAfter = section.value(
                "stale-after",
                defaults.staleAfter(),
                Durations.between(SECOND, DAY),
                "What is known counts for so long after Kafka was last read to its end; then nothing is refused.");
        return new Policy(
                actions,
                defaults.insteadOf421(),
                goodDomainsPassLimits,
                defaults.exemptions(),
                staleAfter,
                defaults.link());
    }
}
