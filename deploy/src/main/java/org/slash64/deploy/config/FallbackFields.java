package org.slash64.deploy.config;

import java.time.Duration;
import java.util.List;
import org.slash64.connectors.answer.Action;
import org.slash64.connectors.answer.Policy;
import org.slash64.connectors.fallback.BreakerSettings;
import org.slash64.connectors.fallback.FallbackSettings;
import org.slash64.deploy.config.yaml.Durations;
import org.slash64.deploy.config.yaml.Numbers;
import org.slash64.deploy.config.yaml.Section;
import org.slash64.deploy.config.yaml.Types;
import org.slash64.topology.fallback.FallbackRules;

/**
 * Holding back 421.
 *
 * @param instead what is done then
 * @param saying how often it is said
 * @param following what becomes of those who are told
 */
record FallbackFields(Action instead, FallbackSettings saying, FallbackRules following) {

    static final FallbackFields DEFAULTS =
            new FallbackFields(Policy.defaults().insteadOf421(), FallbackSettings.defaults(), FallbackRules.defaults());

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration YEAR = Duration.ofDays(366);

    /** Mail is given up after four or five days (RFC 5321 section 4.5.4.1). */
    private static final Duration GIVEN_UP = Duration.ofDays(5);

    private static final int MOST_ATTEMPTS = 1_000;
    private static final int MOST_PER_MINUTE = 1_000_000;
    private static final int MOST_CASES = 10_000;

    static FallbackFields read(Section section) {
        Action instead = section.value(
                "instead",
                DEFAULTS.instead(),
                Types.oneOf(List.of(Action.ACCEPT, Action.MARK), Action::text),
                "What is done where 421 is chosen and would cost mail.");
        FallbackSettings saying = DEFAULTS.saying();
        int attempts = section.value(
                "attempts",
                saying.attempts(),
                Numbers.count(1, MOST_ATTEMPTS),
                "How often a sender is told within the window: a /64, or each envelope sender of one whose mail has come"
                        + " over IPv4.");
        Duration window =
                section.value("window", saying.window(), Durations.between(MINUTE, YEAR), "How long that is.");
        int perMinute = section.value(
                "per-minute",
                saying.perMinute(),
                Numbers.count(1, MOST_PER_MINUTE),
                "How often 421 is said in all, by this process.");
        FallbackRules following = following(section);
        BreakerSettings breaker = section.section(
                "breaker", saying.breaker(), FallbackFields::breaker, "When 421 does not work and is no longer said.");
        return new FallbackFields(instead, new FallbackSettings(attempts, window, perMinute, breaker), following);
    }

    private static FallbackRules following(Section section) {
        FallbackRules defaults = DEFAULTS.following();
        return new FallbackRules(
                section.value(
                        "returns-within",
                        defaults.returnsWithin(),
                        Durations.between(MINUTE, GIVEN_UP),
                        "How long (event time) a mail has for coming over IPv4."),
                section.value(
                        "exempt-after",
                        defaults.exemptAfter(),
                        Numbers.count(1, MOST_ATTEMPTS),
                        "How often a sender is told in vain before it is exempt."),
                section.value(
                        "exempt-over",
                        defaults.exemptOver(),
                        Durations.between(SECOND, YEAR),
                        "How long that takes at least."),
                section.value(
                        "exempt-for",
                        defaults.exemptFor(),
                        Durations.between(MINUTE, YEAR),
                        "How long a sender is exempt; then it is told again."),
                section.value(
                        "forgotten-after",
                        defaults.forgottenAfter(),
                        Durations.between(MINUTE, YEAR),
                        "A sender that was not told for so long is forgotten, unless it is exempt."));
    }

    private static BreakerSettings breaker(Section section) {
        BreakerSettings defaults = BreakerSettings.defaults();
        return new BreakerSettings(
                section.value(
                        "least-share",
                        defaults.leastShare(),
                        Numbers.share(),
                        "Of mails that come again, so many must come over IPv4."),
                section.value(
                        "cases",
                        defaults.cases(),
                        Numbers.count(1, MOST_CASES),
                        "So many of the last are looked at, and none before there are so many."),
                section.value(
                        "pause",
                        defaults.pause(),
                        Durations.between(SECOND, YEAR),
                        "How long 421 is not said, before it is tried again."),
                section.value(
                        "trials", defaults.trials(), Numbers.count(1, MOST_CASES), "How often it is said for a trial."),
                section.value(
                        "unheard-after",
                        defaults.unheardAfter(),
                        Durations.between(MINUTE, YEAR),
                        "The pipeline reports each 421. If it reports nothing for so long after one, 421 is no longer"
                                + " said."));
    }
}
