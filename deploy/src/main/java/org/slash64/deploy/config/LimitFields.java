package org.slash64.deploy.config;

import java.time.Duration;
import java.util.Locale;
import java.util.stream.Stream;
import org.slash64.deploy.config.yaml.Durations;
import org.slash64.deploy.config.yaml.ListOf;
import org.slash64.deploy.config.yaml.Numbers;
import org.slash64.deploy.config.yaml.Scalar;
import org.slash64.deploy.config.yaml.Section;
import org.slash64.deploy.config.yaml.SectionOf;
import org.slash64.deploy.config.yaml.Types;
import org.slash64.schemas.Prefix;
import org.slash64.topology.count.Bucket;
import org.slash64.topology.limit.LimitRule;

/** {@link LimitRule} in a file. */
final class LimitFields {

    static final SectionOf<LimitRule> ITEM = new SectionOf<>(
            "limit", LimitFields::read, LimitFields::print, "A limit on what one prefix may do, over sliding time.");

    private static final int MOST_OF_NAME = 64;
    private static final long MOST_EVENTS = 1_000_000_000_000L;
    private static final Duration LONGEST_PERIOD = Duration.ofDays(31);

    private static final Scalar<Integer> LEVEL = Types.oneOf(
            Stream.concat(Prefix.LEVELS_V6.stream(), Prefix.LEVELS_V4.stream()).toList(), String::valueOf);

    private LimitFields() {}

    private static LimitRule read(Section rule) {
        LimitRule sample = LimitRule.defaults().get(0);
        return new LimitRule(
                rule.required("name", sample.name(), Types.name(MOST_OF_NAME), "What decisions call it."),
                rule.required(
                        "levels",
                        sample.levels(),
                        ListOf.distinct(LEVEL, 1, Prefix.LEVELS_V6.size() + Prefix.LEVELS_V4.size()),
                        "Prefix lengths it applies to: 64, 56, 48 in IPv6, 32, 24 in IPv4."),
                rule.required("metric", sample.metric(), Types.oneOf(LimitRule.Metric.class), "What it counts."),
                rule.required(
                        "period",
                        sample.period(),
                        Durations.between(Bucket.LENGTH, LONGEST_PERIOD),
                        "The sliding time it looks at."),
                rule.required(
                        "maximum",
                        sample.maximum(),
                        Numbers.wholeNumber(1, MOST_EVENTS),
                        "So many may come in a period; the limit is released when no more than this came."),
                rule.value(
                        "burst",
                        sample.burst(),
                        Numbers.wholeNumber(0, MOST_EVENTS),
                        "So many more must come before the limit is crossed."));
    }

    private static String print(LimitRule rule) {
        return String.format(
                Locale.ROOT,
                "%s (%d %s in %s at %s)",
                rule.name(),
                rule.maximum(),
                rule.metric().name().toLowerCase(Locale.ROOT),
                Durations.print(rule.period()),
                String.join(
                        " and ",
                        rule.levels().stream().map(level -> "/" + level).toList()));
    }
}
