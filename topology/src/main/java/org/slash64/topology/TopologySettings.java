package org.slash64.topology;

import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import org.slash64.topology.correlate.CorrelatorSettings;
import org.slash64.topology.enrich.EnrichSettings;
import org.slash64.topology.limit.LimitRule;
import org.slash64.topology.listing.ListingPolicy;

/**
 * Everything that the steps can be told.
 *
 * @param zone time zone of log stamps that name none
 * @param correlation sessions, time-outs and remembered ids
 * @param enrichment exemptions and look-ups
 * @param windows lengths of the windows that are counted, each a multiple of ten seconds
 * @param limits rate limits
 * @param listing when a prefix is listed
 * @param partitions of the topics between the steps
 */
public record TopologySettings(
        ZoneId zone,
        CorrelatorSettings correlation,
        EnrichSettings enrichment,
        List<Duration> windows,
        List<LimitRule> limits,
        ListingPolicy listing,
        int partitions) {

    /** What holds unless configured otherwise. */
    public static TopologySettings defaults() {
        CorrelatorSettings correlation = CorrelatorSettings.defaults();
        return new TopologySettings(
                ZoneId.systemDefault(),
                correlation,
                EnrichSettings.defaults(correlation.lateness()),
                List.of(Duration.ofMinutes(1), Duration.ofHours(1), Duration.ofDays(1)),
                LimitRule.defaults(),
                ListingPolicy.defaults(),
                4);
    }

    /** The same with log stamps of another time zone. */
    public TopologySettings withZone(ZoneId other) {
        return new TopologySettings(other, correlation, enrichment, windows, limits, listing, partitions);
    }

    /** The same with other sessions, time-outs and remembered ids. */
    public TopologySettings withCorrelation(CorrelatorSettings other) {
        return new TopologySettings(zone, other, enrichment, windows, limits, listing, partitions);
    }

    /** The same with another listing policy. */
    public TopologySettings withListing(ListingPolicy other) {
        return new TopologySettings(zone, correlation, enrichment, windows, limits, other, partitions);
    }
}
