package org.slash64.deploy.config;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.slash64.deploy.config.yaml.Durations;
import org.slash64.deploy.config.yaml.ListOf;
import org.slash64.deploy.config.yaml.Numbers;
import org.slash64.deploy.config.yaml.Scalar;
import org.slash64.deploy.config.yaml.Section;
import org.slash64.deploy.config.yaml.SectionOf;
import org.slash64.deploy.config.yaml.Types;
import org.slash64.schemas.Level;
import org.slash64.schemas.LimitAction;
import org.slash64.topology.count.Bucket;
import org.slash64.topology.limit.LimitRule;

/** {@link LimitRule} in a file. */
final class LimitFields {

    static final SectionOf<LimitRule> ITEM = new SectionOf<>(
            "limit",
            LimitFields::read,
            LimitFields::print,
            "A limit on what one prefix or domain may do, over sliding time.");

    private static final int MOST_OF_NAME = 64;
    private static final long MOST_EVENTS = 1_000_000_000_000L;
    private static final Duration LONGEST_PERIOD = Duration.ofDays(31);

    private static final int MOST_DOMAINS = 1_000;

    private static final Scalar<Level> LEVEL = Types.oneOf(List.of(Level.values()), Level::text);

    private LimitFields() {}

    private static LimitRule read(Section rule) {
        LimitRule sample = LimitRule.defaults().get(0);
        LimitRule read = new LimitRule(
                rule.required("name", sample.name(), Types.name(MOST_OF_NAME), "What decisions call it."),
                rule.required(
                        "levels",
                        sample.levels(),
                        ListOf.distinct(LEVEL, 1, Level.values().length),
                        "What it applies to: prefixes by their length (64, 56, 48 in IPv6, 32, 24 in IPv4), or each"
                                + " authenticated organisational `domain`."),
                Set.copyOf(rule.value(
                        "domains",
                        List.of(),
                        ListOf.distinct(SiteTypes.domain(), 0, MOST_DOMAINS),
                        "Organisational domains it applies to at level domain; empty for all.")),
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
                        "So many more must come before the limit is crossed."),
                rule.value(
                        "action",
                        sample.action(),
                        Types.oneOf(LimitAction.class),
                        "What it asks for while it is in force: defer (4xx), reject (5xx), mark, or list."));
        if (!read.domains().isEmpty() && !read.levels().contains(Level.DOMAIN)) {
            rule.mistake("domains", "are named, but the rule is not about domains; add domain to its levels");
        }
        return read;
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
                        " and ", rule.levels().stream().map(LimitFields::print).toList()));
    }

    private static String print(Level level) {
        return level == Level.DOMAIN ? level.text() : "/" + level.text();
    }
}
