package org.slash64.topology.listing;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.slash64.schemas.Listing;
import org.slash64.schemas.ListingChange;
import org.slash64.schemas.Prefix;
import org.slash64.schemas.state.ListingState;
import org.slash64.topology.count.Bucket;
import org.slash64.topology.count.DueTimes;
import org.slash64.topology.count.Step;

/**
 * Lists and delists prefixes of all levels. Finished buckets change a listing for good and are told in the history; what
 * pending buckets would do is published as provisional. While a coarser prefix is listed its entry stands for all below
 * it: their own listings go on, but the blocklist does not show them. Forwards {@link Entry}s and {@link ListingChange}s.
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
    /** When the listings in force end; a prefix without one is not listed. */
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
            if (!reserved.touches(progress.prefix())) {
                apply(progress, step.timestamp());
            }
        } else if (step.value() instanceof Step.FinishedUpTo finished) {
            expiries.due(finished.time()).forEach(prefix -> expire(prefix, finished.time(), step.timestamp()));
        }
    }

    private void apply(Step.Progress progress, long now) {
        ListingState state =
                Optional.ofNullable(store.get(key(progress.prefix()))).orElseGet(PrefixListing::none);
        PrefixListing listing = new PrefixListing(progress.prefix(), policy, state);
        change(progress.prefix(), listing, state, listing.apply(progress.finished()), progress.pending(), now);
    }

    private void expire(Prefix prefix, long time, long now) {
        ListingState state = store.get(key(prefix));
        PrefixListing listing = new PrefixListing(prefix, policy, state);
        change(prefix, listing, state, listing.expire(time).stream().toList(), List.of(), now);
    }

    private void change(
            Prefix prefix,
            PrefixListing listing,
            ListingState state,
            List<ListingChange> changes,
            List<Bucket> pending,
            long now) {
        boolean wasInForce = expiries.has(prefix);
        expiries.set(prefix, listing.expires());
        say(prefix, changes, now);
        publish(prefix, listing, isCovered(prefix) ? Optional.empty() : listing.inForceWith(pending), now);
        store.put(key(prefix), state);
        if (wasInForce != expiries.has(prefix) && !listing.isFinest()) {
            publishAgainBelow(prefix, now);
        }
    }

    /** Whether the entry of a coarser prefix stands for this one. */
    private boolean isCovered(Prefix prefix) {
        return prefix.upwards().skip(1).anyMatch(expiries::has);
    }

    private void publishAgainBelow(Prefix coarser, long now) {
        List<KeyValue<Bytes, ListingState>> below = new ArrayList<>();
        try (KeyValueIterator<Bytes, ListingState> range = store.range(key(coarser), lastKeyIn(coarser))) {
            range.forEachRemaining(below::add);
        }
        for (KeyValue<Bytes, ListingState> entry : below) {
            Prefix prefix = Prefix.fromKey(ByteBuffer.wrap(entry.key.get()));
            if (prefix.length() > coarser.length()) {
                PrefixListing listing = new PrefixListing(prefix, policy, entry.value);
                publish(prefix, listing, isCovered(prefix) ? Optional.empty() : listing.inForceWith(List.of()), now);
                store.put(entry.key, entry.value);
            }
        }
    }

    private void say(Prefix prefix, List<ListingChange> changes, long now) {
        changes.forEach(change -> context.forward(new Record<>(prefix.toString(), change, now)));
    }

    private void publish(Prefix prefix, PrefixListing listing, Optional<Listing> wanted, long now) {
        if (listing.tell(wanted)) {
            context.forward(new Record<>(prefix.toString(), new Entry(wanted.orElse(null)), now));
        }
    }

    private static Bytes key(Prefix prefix) {
        return Bytes.wrap(prefix.key());
    }

    /** Sorts after the keys of all prefixes within this one. */
    private static Bytes lastKeyIn(Prefix prefix) {
        byte[] last = prefix.key();
        for (int bit = prefix.length(); bit < Byte.SIZE * (last.length - 2); bit++) {
            last[1 + bit / Byte.SIZE] |= (byte) (0x80 >>> bit % Byte.SIZE);
        }
        last[last.length - 1] = (byte) 0xff;
        return Bytes.wrap(last);
    }
}
