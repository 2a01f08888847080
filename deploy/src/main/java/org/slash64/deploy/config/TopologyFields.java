package org.slash64.deploy.config;

import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.slash64.deploy.config.yaml.Durations;
import org.slash64.deploy.config.yaml.ListOf;
import org.slash64.deploy.config.yaml.Numbers;
import org.slash64.deploy.config.yaml.Section;
import org.slash64.deploy.pipeline.StreamSettings;
import org.slash64.schemas.Exemptions;
import org.slash64.topology.Rules;
import org.slash64.topology.TopologySettings;
import org.slash64.topology.correlate.CorrelatorSettings;
import org.slash64.topology.correlate.RedactionSettings;
import org.slash64.topology.count.Bucket;
import org.slash64.topology.enrich.EnrichSettings;
import org.slash64.topology.feedback.FeedbackSettings;
import org.slash64.topology.limit.LimitRule;
import org.slash64.topology.listing.ListingPolicy;
import org.slash64.topology.reputation.ReputationPolicy;

/** What the steps are told. */
final class TopologyFields {

    /** Several waits may fall between two commits, and all of them together stay under a third of the time-out. */
    private static final Duration LONGEST_WAIT = StreamSettings.TRANSACTION_TIMEOUT.dividedBy(12);

    /** Each is compared with the client of each event. */
    private static final int MOST_NETWORKS = 1_000;

    /** Each window has its own counts for each prefix. */
    private static final int MOST_WINDOWS = 8;

    private static final int MOST_LIMITS = 64;
    private static final int MOST_PARTITIONS = 256;
    private static final Duration MONTH = Duration.ofDays(31);

    private record Counting(List<Duration> windows, int partitions) {}

    private TopologyFields() {}

    static TopologySettings read(Section file, Optional<ZoneId> zone) {
        TopologySettings defaults = TopologySettings.defaults();
        CorrelatorSettings correlation = file.section(
                "correlation",
                defaults.correlation(),
                CorrelationFields::read,
                "How lines of a log become events. All times are by the log's clock.");
        RedactionSettings redaction = file.section(
                "redaction",
                correlation.redaction(),
                RedactionFields::read,
                "What events are written without. Lines stay in smtp.log as they came, for as long as the topic keeps"
                        + " them.");
        EnrichSettings enrichment = file.section(
                "enrichment",
                defaults.enrichment(),
                section -> enrichment(section, defaults.enrichment(), correlation.lateness()),
                "Whose events are looked up, and how many at once.");
        Counting counting = file.section(
                "counting",
                new Counting(defaults.windows(), defaults.partitions()),
                section -> counting(section, defaults),
                "How events are counted.");
        FeedbackSettings feedback = file.section(
                "feedback",
                defaults.feedback(),
                section -> feedback(section, defaults.feedback()),
                "How what is said of an event afterwards finds it.");
        return new TopologySettings(
                zone.orElse(defaults.zone()),
                correlation.withRedaction(redaction),
                enrichment,
                counting.windows(),
                feedback,
                defaults.fallback(),
                rules(file),
                counting.partitions(),
                defaults.heldRecords());
    }

    private static Rules rules(Section file) {
        Rules defaults = Rules.defaults();
        List<LimitRule> limits = file.value(
                "limits",
                defaults.limits(),
                new ListOf<>(LimitFields.ITEM, LimitRule::name, 0, MOST_LIMITS),
                "Rate limits; a list here takes the place of the default ones.");
        ReputationPolicy reputation = file.section(
                "reputation", defaults.reputation(), ReputationFields::read, "How authenticated domains are rated.");
        ListingPolicy listing = file.section(
                "listing",
                defaults.listing(),
                section -> ListingFields.read(section, reputation.weights()),
                "When a prefix or domain is listed, and for how long.");
        return new Rules(limits, reputation, listing, defaults.allowlist());
    }

    private static FeedbackSettings feedback(Section section, FeedbackSettings defaults) {
        return new FeedbackSettings(
                section.value(
                        "indexed",
                        defaults.indexed(),
                        Durations.between(Duration.ofDays(1), MONTH),
                        "How long after it happened (event time) an event is found by its id, in whole days."),
                section.value(
                        "waits",
                        defaults.waits(),
                        Durations.between(Duration.ofSeconds(1), MONTH),
                        "How long feedback waits for an event that has not come yet."));
    }

    private static EnrichSettings enrichment(Section section, EnrichSettings defaults, Duration lateness) {
        return new EnrichSettings(
                new Exemptions(section.value(
                        "own-networks",
                        defaults.exemptions().ownNetworks(),
                        ListOf.distinct(SiteTypes.network(), 0, MOST_NETWORKS),
                        "Your own networks and trusted relays, whose events are neither looked up nor counted; a list"
                                + " here takes the place of the default one.")),
                section.value(
                        "max-in-flight",
                        defaults.maxInFlight(),
                        Numbers.count(1, 1_000_000),
                        "Events of one task that may wait for look-ups; past it the task waits."),
                section.value(
                        "longest-wait",
                        defaults.longestWait(),
                        Durations.between(Duration.ofMillis(100), LONGEST_WAIT),
                        "How long a thread waits at that bound in one go; far less than a third of the transaction time-out ("
                                + Durations.print(StreamSettings.TRANSACTION_TIMEOUT) + ")."),
                lateness);
    }

    private static Counting counting(Section section, TopologySettings defaults) {
        return new Counting(
                section.value(
                        "windows",
                        defaults.windows(),
                        ListOf.distinct(Durations.multiplesOf(Bucket.LENGTH, MONTH), 1, MOST_WINDOWS),
                        "Lengths of the windows that are counted."),
                section.value(
                        "partitions",
                        defaults.partitions(),
                        Numbers.count(1, MOST_PARTITIONS),
                        "Partitions of the topics between the steps, which bound how many threads and instances share"
                                + " the work; it stays as it is once the topics are there."));
    }
}
