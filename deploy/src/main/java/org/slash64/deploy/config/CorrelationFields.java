package org.slash64.deploy.config;

import java.time.Duration;
import org.slash64.deploy.config.yaml.Durations;
import org.slash64.deploy.config.yaml.Numbers;
import org.slash64.deploy.config.yaml.Section;
import org.slash64.topology.correlate.CorrelatorSettings;
import org.slash64.topology.correlate.CorrelatorSettings.Bounds;

/** {@link CorrelatorSettings} in a file. */
final class CorrelationFields {

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration YEAR = Duration.ofDays(366);
    private static final int MOST_KEPT = 100_000_000;

    private CorrelationFields() {}

    static CorrelatorSettings read(Section section) {
        CorrelatorSettings defaults = CorrelatorSettings.defaults();
        Duration reorder = section.value(
                "reorder",
                defaults.reorder(),
                Durations.between(Duration.ZERO, HOUR),
                "How far out of order the lines of a host may come; so long each line waits.");
        Duration companions = section.value(
                "companions",
                defaults.companions(),
                Durations.between(Duration.ZERO, HOUR),
                "How long a message that was accepted or refused waits, in addition, for what rspamd, OpenDKIM and other"
                        + " programs log about it.");
        Duration sessionTimeout = section.value(
                "session-timeout",
                defaults.sessionTimeout(),
                Durations.between(SECOND, DAY.multipliedBy(7)),
                "After this long without a line a session ends unseen, and a message stops waiting.");
        Duration lateness = section.value(
                "lateness",
                defaults.lateness(),
                Durations.between(Duration.ZERO, DAY),
                "How long after its time an event may be complete and still count under its own time; decisions are"
                        + " final only then. At least `reorder` and `companions` together.");
        Duration idsKept = section.value(
                "ids-kept",
                defaults.idsKept(),
                Durations.between(SECOND, YEAR),
                "How long the ids of events are remembered, so that lines sent again add nothing.");
        Bounds bounds = bounds(section, defaults.bounds());
        if (lateness.compareTo(reorder.plus(companions)) < 0) {
            section.mistake("lateness", "is less than reorder and companions together; write a longer time");
            return defaults;
        }
        return new CorrelatorSettings(
                reorder, companions, sessionTimeout, lateness, idsKept, bounds, defaults.redaction());
    }

    private static Bounds bounds(Section section, Bounds defaults) {
        return new Bounds(
                section.value(
                        "max-hosts",
                        defaults.maxHosts(),
                        Numbers.count(1, MOST_KEPT),
                        "Logging hosts that one task knows. Statements of a host beyond them go to the dead-letter topic; a host"
                                + " is forgotten `ids-kept` after its last line."),
                section.value(
                        "max-lines",
                        defaults.maxHeld(),
                        Numbers.count(1, MOST_KEPT),
                        "Lines of one logging host that wait for their place in the order; the oldest give way."),
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
