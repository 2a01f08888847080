package org.slash64.topology;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.Record;
import org.slash64.schemas.AllowEntry;
import org.slash64.schemas.DomainReputation;
import org.slash64.schemas.LimitDecision;
import org.slash64.schemas.Listing;
import org.slash64.schemas.ListingChange;
import org.slash64.schemas.PrefixCount;
import org.slash64.schemas.SmtpVerdict;
import org.slash64.schemas.state.Contribution;
import org.slash64.schemas.state.EnrichmentWaits;
import org.slash64.schemas.state.LimitStates;
import org.slash64.schemas.state.ListingState;
import org.slash64.schemas.state.PendingSpan;
import org.slash64.schemas.state.ReputationState;
import org.slash64.schemas.state.Tally;
import org.slash64.topology.count.CombineCounts;
import org.slash64.topology.count.CountPrefixes;
import org.slash64.topology.count.Step;
import org.slash64.topology.limit.ApplyLimits;
import org.slash64.topology.listing.DecideListings;
import org.slash64.topology.reputation.RateDomains;

/** The steps from verdicts to listings: one task for each partition of verdicts, and one that owns all networks. */
final class CountingTasks {

    /**
     * What is final.
     *
     * @param closedWindows the last updates of windows by key
     * @param releases limits that were in force and are released, by key
     * @param history changes of listings by prefix
     * @param blocklist the entries at the end by prefix
     * @param reputation of domains, as told last
     */
    record Final(
            Map<String, List<PrefixCount>> closedWindows,
            Map<String, List<LimitDecision>> releases,
            Map<String, List<ListingChange>> history,
            Map<String, Listing> blocklist,
            Map<String, DomainReputation> reputation) {}

    private static final TopologySettings SETTINGS = Site.SETTINGS;

    private final List<StepContext<String, Contribution>> partitions = new ArrayList<>();
    private final List<CombineCounts> combining = new ArrayList<>();
    private final StepContext<String, Object> counted = new StepContext<>(0);
    private final StepContext<String, Object> limited = new StepContext<>(0);
    private final StepContext<String, Object> rated = new StepContext<>(0);
    private final StepContext<String, Object> listed = new StepContext<>(0);
    private final CountPrefixes count = new CountPrefixes(SETTINGS.windows());
    private final ApplyLimits limit = new ApplyLimits(SETTINGS.rules().limits());
    private final RateDomains rate = new RateDomains(SETTINGS.rules().reputation());
    private final DecideListings list = new DecideListings(SETTINGS.rules().listing(), List.of());
    private final Final last =
            new Final(new TreeMap<>(), new TreeMap<>(), new TreeMap<>(), new TreeMap<>(), new TreeMap<>());

    CountingTasks(int sources) {
        for (int source = 0; source < sources; source++) {
            StepContext<String, Contribution> step = new StepContext<>(source);
            step.context().addStateStore(step.store(CombineCounts.STORE, Contribution.class));
            step.context().addStateStore(step.store(CombineCounts.WAITING, Serdes.Integer(), EnrichmentWaits.class));
            CombineCounts combine = new CombineCounts(SETTINGS.correlation().lateness());
            combine.init(step.context());
            partitions.add(step);
            combining.add(combine);
            combine.process(new Record<>("key", new EnrichmentWaits(source, false), step.now()));
        }
        counted.context().addStateStore(counted.store(CountPrefixes.WINDOWS, Tally.class));
        counted.context().addStateStore(counted.store(CountPrefixes.BUCKETS, PendingSpan.class));
        counted.context().addStateStore(counted.store(CountPrefixes.CLOCKS, Serdes.Integer(), Contribution.class));
        limited.context().addStateStore(limited.store(ApplyLimits.STORE, LimitStates.class));
        limited.context().addStateStore(limited.index(ApplyLimits.DUE));
        rated.context().addStateStore(rated.store(RateDomains.STORE, ReputationState.class));
        rated.context().addStateStore(rated.index(RateDomains.DUE));
        listed.context().addStateStore(listed.store(DecideListings.STORE, ListingState.class));
        listed.context().addStateStore(listed.index(DecideListings.DUE));
        listed.context().addStateStore(listed.index(DecideListings.COARSE));
        listed.context().addStateStore(listed.store(DecideListings.ALLOWED, Serdes.String(), AllowEntry.class));
        count.init(counted.context());
        limit.init(limited.context());
        rate.init(rated.context());
        list.init(listed.context());
    }

    /** The task of this partition reads a verdict. */
    void read(int source, SmtpVerdict verdict) {
        combining.get(source).process(new Record<>("key", verdict, counted.now()));
    }

    /** Wall time passes for all tasks. */
    void pass(long millis) {
        for (StepContext<String, Contribution> partition : partitions) {
            partition.pass(millis);
            partition.forwarded().forEach(record -> count.process(new Record<>("key", record.value(), counted.now())));
        }
        counted.pass(millis);
        counted.forwarded().forEach(record -> take(record.key(), record.value()));
    }

    /** Nothing comes any more for three days. */
    Final finish() {
        for (int hour = 0; hour < 72; hour++) {
            pass(3_600_000);
        }
        return last;
    }

    private void take(String key, Object value) {
        if (value instanceof PrefixCount sums && sums.getClosed()) {
            add(last.closedWindows(), key, sums);
        } else if (value instanceof Step step) {
            limit.process(new Record<>(key, step, counted.now()));
            limited.forwarded().forEach(record -> takeLimited(record.key(), record.value()));
        }
    }

    private void takeLimited(String key, Object value) {
        if (value instanceof LimitDecision decision && !decision.getLimited() && !decision.getProvisional()) {
            add(last.releases(), key, decision);
        } else if (value instanceof Step step) {
            rate.process(new Record<>(key, step, counted.now()));
            rated.forwarded().forEach(record -> takeRated(record.key(), record.value()));
        }
    }

    private void takeRated(String key, Object value) {
        if (value instanceof RateDomains.Entry entry) {
            last.reputation().put(key, entry.reputation());
        } else if (value instanceof Step step) {
            list.process(new Record<>(key, step, counted.now()));
            listed.forwarded().forEach(record -> takeListed(record.key(), record.value()));
        }
    }

    private void takeListed(String key, Object value) {
        if (value instanceof ListingChange change) {
            add(last.history(), key, change);
        } else if (value instanceof DecideListings.Entry entry) {
            last.blocklist().put(key, entry.listing());
            last.blocklist().values().removeIf(listing -> listing == null);
        }
    }

    private static <T> void add(Map<String, List<T>> lists, String key, T value) {
        lists.computeIfAbsent(key, none -> new ArrayList<>()).add(value);
    }
}
