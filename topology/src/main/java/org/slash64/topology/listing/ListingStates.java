package org.slash64.topology.listing;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.slash64.schemas.Prefix;
import org.slash64.schemas.Subject;
import org.slash64.schemas.state.ListingState;
import org.slash64.topology.count.DueQueue;

/** The states of all subjects, in stores, so that they take no heap. */
final class ListingStates {

    /** So many are worked on at once. */
    private static final int BATCH = 1_000;

    private static final byte[] NOTHING = {};

    private final KeyValueStore<Bytes, ListingState> store;
    private final DueQueue<Subject> queue;
    private final KeyValueStore<Bytes, byte[]> coarse;

    ListingStates(
            KeyValueStore<Bytes, ListingState> store,
            KeyValueStore<Bytes, byte[]> queue,
            KeyValueStore<Bytes, byte[]> coarse) {
        this.store = store;
        this.queue = DueQueue.ofSubjects(queue);
        this.coarse = coarse;
    }

    Optional<ListingState> get(Subject subject) {
        return Optional.ofNullable(store.get(StateKeys.of(subject)));
    }

    /** Keeps a state for as long as there is something in it, and has it looked at when that may be over. */
    void put(Subject subject, SubjectListing listing, ListingState state) {
        if (!listing.isEmpty()) {
            state.setDue(queue.queue(subject, state.getDue(), listing.nextLook()));
            store.put(StateKeys.of(subject), state);
        } else if (store.get(StateKeys.of(subject)) != null) {
            store.delete(StateKeys.of(subject));
        }
    }

    /** Gives each state that is to be looked at by an instant (epoch milliseconds). */
    void due(long time, BiConsumer<Subject, ListingState> action) {
        for (List<DueQueue.Due<Subject>> batch = queue.take(time); !batch.isEmpty(); batch = queue.take(time)) {
            batch.forEach(entry -> get(entry.subject())
                    .filter(state -> state.getDue() == entry.time())
                    .ifPresent(state -> {
                        state.setDue(0L);
                        action.accept(entry.subject(), state);
                    }));
        }
    }

    /** Whether the entry of a coarser prefix stands for this subject. */
    boolean isCovered(Subject subject) {
        return subject instanceof Prefix prefix
                && prefix.upwards().skip(1).anyMatch(above -> coarse.get(StateKeys.of(above)) != null);
    }

    /** Notes whether a coarser prefix stands for all below it; true where that is new. */
    boolean covers(Prefix prefix, boolean now) {
        boolean before = coarse.get(StateKeys.of(prefix)) != null;
        if (now && !before) {
            coarse.put(StateKeys.of(prefix), NOTHING);
        } else if (before && !now) {
            coarse.delete(StateKeys.of(prefix));
        }
        return before != now;
    }

    /** Gives each state that has a listing or an entry, of a domain, or of a prefix and all that lie within it. */
    void eachListedIn(Subject range, BiConsumer<Subject, ListingState> action) {
        Bytes to = range instanceof Prefix prefix ? StateKeys.lastIn(prefix) : StateKeys.of(range);
        Bytes from = StateKeys.of(range);
        while (from != null) {
            List<KeyValue<Bytes, ListingState>> batch = new ArrayList<>();
            from = read(from, to, batch);
            batch.forEach(entry -> action.accept(Subject.fromKey(ByteBuffer.wrap(entry.key.get())), entry.value));
        }
    }

    /** Reads a batch; gives the key that the next one starts with, null at the end. */
    private Bytes read(Bytes from, Bytes to, List<KeyValue<Bytes, ListingState>> batch) {
        try (KeyValueIterator<Bytes, ListingState> range = store.range(from, to)) {
            while (range.hasNext()) {
                if (batch.size() == BATCH) {
                    return range.peekNextKey();
                }
                KeyValue<Bytes, ListingState> entry = range.next();
                if (entry.value.getListing() != null || entry.value.getPublished() != null) {
                    batch.add(entry);
                }
            }
        }
        return null;
    }
}
