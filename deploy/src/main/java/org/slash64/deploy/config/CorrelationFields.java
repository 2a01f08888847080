package org.slash64.deploy.config;

import java.time.Duration;
import org.slash64.deploy.config.yaml.Durations;
import org.slash64.deploy.config.yaml.Numbers;
import org.slash64.deploy.config.yaml.Section;
import org.slash64.topology.correlate.CorrelatorSettings;

/** {@link CorrelatorSettings} in a file. */
final class CorrelationFields {

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration YEAR = Duration.ofDays(366);
    private static final int MOST_KEPT = 100_000_000;

    private CorrelationFields() {}

    static CorrelatorSettings read(Section section) {
        CorrelatorSettings defaults = CorrelatorSettings.defaults();
        return new CorrelatorSettings(
                section.value(
                        "session-timeout",
                        defaults.sessionTimeout(),
                        Durations.between(SECOND, DAY.multipliedBy(7)),
                        "After this long without a line a session ends unseen, and a message stops waiting."),
                section.value(
                        "lateness",
                        defaults.lateness(),
                        Durations.between(Duration.ZERO, DAY),
                        "How long after its time an event may be complete and still count under its own time; decisions"
                                + " are final only then."),
                section.value(
                        "ids-kept",
                        defaults.idsKept(),
                        Durations.between(SECOND, YEAR),
                        "How long the ids of events are remembered, so that lines sent again add nothing."),
                section.value(
                        "max-sessions",
                        defaults.maxSessions(),
                        Numbers.count(1, MOST_KEPT),
                        "Sessions of one logging host that are kept; the oldest give way."),
                section.value(
                        "max-messages",
                        defaults.maxMessages(),
                        Numbers.count(1, MOST_KEPT),
                        "Messages of one logging host that are kept; the oldest give way."),
                section.value(
                        "max-ids",
                        defaults.maxIds(),
                        Numbers.count(1, MOST_KEPT),
                        "Ids of one logging host that are remembered; the oldest give way."),
                section.value(
                        "max-events-per-session",
                        defaults.maxEventsPerSession(),
                        Numbers.count(1, MOST_KEPT),
                        "Events of one session that are handed on."));
    }
}
