package org.slash64.topology;

import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.slash64.topology.correlate.CorrelatorSettings;
import org.slash64.topology.enrich.EnrichSettings;
import org.slash64.topology.fallback.FallbackRules;
import org.slash64.topology.feedback.FeedbackSettings;

/**
 * Everything that the steps can be told.
 *
 * @param zone time zone of log stamps that name none
 * @param correlation sessions, time-outs and remembered ids
 * @param enrichment exemptions and look-ups
 * @param windows lengths of the windows that are counted, each a multiple of ten seconds
 * @param feedback how feedback finds its event
 * @param fallback how mail that was answered 421 is followed; empty where nobody is answered so
 * @param rules what decisions are made by
 * @param partitions of the topics between the steps
 * @param heldRecords how many records all state stores together hold in the heap
 */
public record TopologySettings(
        ZoneId zone,
        CorrelatorSettings correlation,
        EnrichSettings enrichment,
        List<Duration> windows,
        FeedbackSettings feedback,
        Optional<FallbackRules> fallback,
        Rules rules,
        int partitions,
        int heldRecords) {

    private static final int HELD_RECORDS = 20_000;

    /** What holds unless configured otherwise. */
    public static TopologySettings defaults() {
        CorrelatorSettings correlation = CorrelatorSettings.defaults();
        return new TopologySettings(
                ZoneId.systemDefault(),
                correlation,
                EnrichSettings.defaults(correlation.lateness()),
                List.of(Duration.ofMinutes(1), Duration.ofHours(1), Duration.ofDays(1)),
                FeedbackSettings.defaults(),
                Optional.empty(),
                Rules.defaults(),
                4,
                HELD_RECORDS);
    }

    /** The same with log stamps of another time zone. */
    public TopologySettings withZone(ZoneId other) {
        return new TopologySettings(
                other, correlation, enrichment, windows, feedback, fallback, rules, partitions, heldRecords);
    }

    /** The same with other sessions, time-outs and remembered ids. */
    public TopologySettings withCorrelation(CorrelatorSettings other) {
        return new TopologySettings(
                zone, other, enrichment, windows, feedback, fallback, rules, partitions, heldRecords);
    }

    /** The same with other rules. */
    public TopologySettings withRules(Rules other) {
        return new TopologySettings(
                zone, correlation, enrichment, windows, feedback, fallback, other, partitions, heldRecords);
    }

    /** The same with mail that was answered 421 followed. */
    public TopologySettings withFallback(FallbackRules followed) {
        return new TopologySettings(
                zone,
                correlation,
                enrichment,
                windows,
                feedback,
                Optional.of(followed),
                rules,
                partitions,
                heldRecords);
    }

    /** The same with more or fewer records in the heap. */
    public TopologySettings withHeldRecords(int other) {
        return new TopologySettings(
                zone, correlation, enrichment, windows, feedback, fallback, rules, partitions, other);
    }
}
