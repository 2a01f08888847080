package org.slash64.topology.listing;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.slash64.schemas.Listing;
import org.slash64.schemas.ListingChange;
import org.slash64.schemas.Prefix;
import org.slash64.schemas.state.ListingState;
import org.slash64.topology.count.DueTimes;
import org.slash64.topology.count.Step;

/**
 * Lists and delists prefixes of the finest level. Finished buckets change a listing for good and are told in the
 * history; what pending buckets would do is published as provisional. Forwards {@link Entry}s and {@link ListingChange}s.
 */
public final class DecideListings implements Processor<String, Step, String, Object> {

    /** Name of the store of {@link ListingState} by prefix. */
    public static final String STORE = "listing-states";

    /**
     * What the blocklist topic is to say of its key.
     *
     * @param listing null delists
     */
    public record Entry(Listing listing) {}

    private final ListingPolicy policy;
    private final ReservedSpace reserved;
    private DueTimes expiries = new DueTimes();
    private ProcessorContext<String, Object> context;
    private KeyValueStore<Bytes, ListingState> store;

    public DecideListings(ListingPolicy policy) {
        this.policy = policy;
        this.reserved = new ReservedSpace(policy.documentation());
    }

    @Override
    public void init(ProcessorContext<String, Object> processorContext) {
        context = processorContext;
        store = context.getStateStore(STORE);
        expiries = new DueTimes(); // a task that lost its state is started again with the same processors
        try (KeyValueIterator<Bytes, ListingState> all = store.all()) {
            all.forEachRemaining(entry -> {
                Prefix prefix = Prefix.fromKey(ByteBuffer.wrap(entry.key.get()));
                expiries.set(prefix, new PrefixListing(prefix, policy, entry.value).expires());
            });
        }
    }

    @Override
    public void process(Record<String, Step> step) {
        if (step.value() instanceof Step.Progress progress) {
            if (isListable(progress.prefix())) {
                apply(progress, step.timestamp());
            }
        } else if (step.value() instanceof Step.FinishedUpTo finished) {
            expiries.due(finished.time()).forEach(prefix -> expire(prefix, finished.time(), step.timestamp()));
        }
    }

    private boolean isListable(Prefix prefix) {
        return Prefix.finest(prefix.address()).length() == prefix.length() && !reserved.touches(prefix);
    }

    private void apply(Step.Progress progress, long now) {
        ListingState state =
                Optional.ofNullable(store.get(key(progress.prefix()))).orElseGet(PrefixListing::none);
        PrefixListing listing = new PrefixListing(progress.prefix(), policy, state);
        say(progress.prefix(), listing.apply(progress.finished()), now);
        publish(progress.prefix(), listing, listing.inForceWith(progress.pending()), now);
        store.put(key(progress.prefix()), state);
    }

    private void expire(Prefix prefix, long time, long now) {
        ListingState state = store.get(key(prefix));
        PrefixListing listing = new PrefixListing(prefix, policy, state);
        say(prefix, listing.expire(time).stream().toList(), now);
        publish(prefix, listing, listing.inForceWith(List.of()), now);
        store.put(key(prefix), state);
    }

    private void say(Prefix prefix, List<ListingChange> changes, long now) {
        changes.forEach(change -> context.forward(new Record<>(prefix.toString(), change, now)));
    }

    private void publish(Prefix prefix, PrefixListing listing, Optional<Listing> wanted, long now) {
        if (listing.tell(wanted)) {
            context.forward(new Record<>(prefix.toString(), new Entry(wanted.orElse(null)), now));
        }
        expiries.set(prefix, listing.expires());
    }

    private static Bytes key(Prefix prefix) {
        return Bytes.wrap(prefix.key());
    }
}
