package org.slash64.topology.count;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.slash64.schemas.Subject;

/**
 * When the state of which subject is to be looked at again. It lies in a store, in order of time, so that it takes no heap
 * however many subjects there are. A subject is queued once: its state says for when, and a later need waits for that look.
 */
public final class DueQueue {

    /** So many are taken out at once. */
    static final int BATCH = 1_000;

    private static final byte[] NOTHING = {};

    private final KeyValueStore<Bytes, byte[]> store;

    /** What is due: the subject, and the time (epoch milliseconds) it was queued for. */
    public record Due(Subject subject, long time) {}

    public DueQueue(KeyValueStore<Bytes, byte[]> store) {
        this.store = store;
    }

    /**
     * Has a subject looked at again.
     *
     * @param queued the time its state says it is queued for; 0 for none
     * @param wanted the time it has to be looked at by; 0 for never
     * @return the time that its state has to say from now on
     */
    public long queue(Subject subject, long queued, long wanted) {
        if (wanted == 0 || (queued != 0 && queued <= wanted)) {
            return queued;
        }
        store.put(key(wanted, subject), NOTHING);
        return wanted;
    }

    /**
     * Takes out what is due up to and at an instant, earliest first; a batch at most, so to be called until it gives nothing.
     * Where the subject's state says another time, the entry is out of date.
     */
    public List<Due> take(long time) {
        List<Due> due = new ArrayList<>();
        try (KeyValueIterator<Bytes, byte[]> entries = store.range(null, firstKeyAt(time + 1))) {
            while (entries.hasNext() && due.size() < BATCH) {
                ByteBuffer key = ByteBuffer.wrap(entries.next().key.get());
                long at = key.getLong() ^ Long.MIN_VALUE;
                if (at <= time) {
                    due.add(new Due(Subject.fromKey(key), at));
                }
            }
        }
        due.forEach(entry -> store.delete(key(entry.time(), entry.subject())));
        return due;
    }

    /** Times are stored with their sign bit turned, so that bytes sort as numbers do. */
    private static Bytes firstKeyAt(long time) {
        return Bytes.wrap(
                ByteBuffer.allocate(Long.BYTES).putLong(time ^ Long.MIN_VALUE).array());
    }

    private static Bytes key(long time, Subject subject) {
        byte[] key = subject.key();
        return Bytes.wrap(ByteBuffer.allocate(Long.BYTES + key.length)
                .putLong(time ^ Long.MIN_VALUE)
                .put(key)
                .array());
    }
}
