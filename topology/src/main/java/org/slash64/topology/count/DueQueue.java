package org.slash64.topology.count;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.slash64.schemas.Subject;

/**
 * When the state of what is to be looked at again. It lies in a store, in order of time, so that it takes no heap however
 * much there is. A subject is queued once: its state says for when, and a later need waits for that look.
 *
 * @param <S> what has a state
 */
public final class DueQueue<S> {

    /** So many are taken out at once. */
    static final int BATCH = 1_000;

    private static final byte[] NOTHING = {};

    private final KeyValueStore<Bytes, byte[]> store;
    private final Function<S, byte[]> write;
    private final Function<ByteBuffer, S> read;

    /**
     * What is due.
     *
     * @param time epoch milliseconds it was queued for
     */
    public record Due<S>(S subject, long time) {}

    /**
     * @param write makes the key of a subject
     * @param read reads it again, from where the buffer stands to its end
     */
    public DueQueue(KeyValueStore<Bytes, byte[]> store, Function<S, byte[]> write, Function<ByteBuffer, S> read) {
        this.store = store;
        this.write = write;
        this.read = read;
    }

    /** For prefixes and domains. */
    public static DueQueue<Subject> ofSubjects(KeyValueStore<Bytes, byte[]> store) {
        return new DueQueue<>(store, Subject::key, Subject::fromKey);
    }

    /**
     * Has a subject looked at again.
     *
     * @param queued the time its state says it is queued for; 0 for none
     * @param wanted the time it has to be looked at by; 0 for never
     * @return the time that its state has to say from now on
     */
    public long queue(S subject, long queued, long wanted) {
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
    public List<Due<S>> take(long time) {
        List<Due<S>> due = new ArrayList<>();
        try (KeyValueIterator<Bytes, byte[]> entries = store.range(null, firstKeyAt(time + 1))) {
            while (entries.hasNext() && due.size() < BATCH) {
                ByteBuffer key = ByteBuffer.wrap(entries.next().key.get());
                long at = key.getLong() ^ Long.MIN_VALUE;
                if (at <= time) {
                    due.add(new Due<>(read.apply(key), at));
                }
            }
        }
        due.forEach(entry -> store.put(key(entry.time(), entry.subject()), null));
        return due;
    }

    /** Times are stored with their sign bit turned, so that bytes sort as numbers do. */
    private static Bytes firstKeyAt(long time) {
        return Bytes.wrap(
                ByteBuffer.allocate(Long.BYTES).putLong(time ^ Long.MIN_VALUE).array());
    }

    private Bytes key(long time, S subject) {
        byte[] key = write.apply(subject);
        return Bytes.wrap(ByteBuffer.allocate(Long.BYTES + key.length)
                .putLong(time ^ Long.MIN_VALUE)
                .put(key)
                .array());
    }
}
