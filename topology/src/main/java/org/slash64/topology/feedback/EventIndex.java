package org.slash64.topology.feedback;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.slash64.schemas.state.IndexedEvent;

/**
 * Events of the last days by id. They lie in a store under their day and id, so that an event costs one write, and old
 * days are deleted from one end.
 */
final class EventIndex {

    /** So many are deleted at once. */
    static final int BATCH = 10_000;

    private static final long DAY = Duration.ofDays(1).toMillis();

    private final KeyValueStore<Bytes, IndexedEvent> store;
    private final long days;
    private long latestDay = -1;

    /** @param kept how long an event can be found, in whole days, begun ones included */
    EventIndex(KeyValueStore<Bytes, IndexedEvent> store, Duration kept) {
        this.store = store;
        this.days = Math.max(1, -Math.floorDiv(-kept.toMillis(), DAY));
        try (KeyValueIterator<Bytes, IndexedEvent> last = store.reverseAll()) {
            if (last.hasNext()) {
                latestDay = ByteBuffer.wrap(last.next().key.get()).getInt();
            }
        }
    }

    /** Where an event is in the index. */
    record Entry(Bytes key, IndexedEvent event) {}

    void put(byte[] id, long time, IndexedEvent event) {
        long day = Math.max(0, Math.floorDiv(time, DAY));
        latestDay = Math.max(latestDay, day);
        if (day >= latestDay - days) {
            store.put(key(day, id), event);
        }
    }

    void put(Entry entry) {
        store.put(entry.key(), entry.event());
    }

    Optional<Entry> find(byte[] id) {
        for (long day = latestDay; day >= Math.max(0, latestDay - days); day--) {
            Bytes key = key(day, id);
            IndexedEvent event = store.get(key);
            if (event != null) {
                return Optional.of(new Entry(key, event));
            }
        }
        return Optional.empty();
    }

    /** Deletes a batch of events that are too old; true where there may be more. */
    boolean forget() {
        List<Bytes> old = new ArrayList<>();
        long oldest = Math.max(0, latestDay - days);
        try (KeyValueIterator<Bytes, IndexedEvent> events = store.range(null, key(oldest, new byte[0]))) {
            while (events.hasNext() && old.size() < BATCH) {
                old.add(events.next().key);
            }
        }
        old.forEach(store::delete);
        return old.size() == BATCH;
    }

    private static Bytes key(long day, byte[] id) {
        return Bytes.wrap(ByteBuffer.allocate(Integer.BYTES + id.length)
                .putInt((int) day)
                .put(id)
                .array());
    }
}
