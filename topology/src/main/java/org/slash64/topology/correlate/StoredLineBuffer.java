package org.slash64.topology.correlate;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.slash64.connectors.log.Arrival;

/**
 * Waiting statements in a store of a stream task. The key is the host, a zero, and the place in the order; the value is the
 * line as it came, behind the number of rewinds and the time of arrival, and is read again when it is taken out; or the queue
 * id of a message.
 */
final class StoredLineBuffer implements LineBuffer {

    private static final byte SEPARATOR = 0;

    /** In place of the number of rewinds, which is never below 0. */
    private static final int MESSAGE = -1;

    private static final int PLACE_BYTES = 2 * Long.BYTES + Integer.BYTES;
    private static final int HEAD_BYTES = Integer.BYTES + Long.BYTES;

    /** Hosts whose first place is remembered; of another it is searched for. */
    private static final int MOST_HOSTS = 10_000;

    private final KeyValueStore<Bytes, byte[]> store;
    /**
     * By host, a place before which nothing waits. A search from the very beginning would go past all that was taken out
     * before, which RocksDB keeps as deletions for a while.
     */
    private final Map<String, Bytes> firsts = new HashMap<>();

    private final BiFunction<byte[], Arrival, Optional<Statement>> read;

    /** @param read gives what a line says, the same each time */
    StoredLineBuffer(KeyValueStore<Bytes, byte[]> store, BiFunction<byte[], Arrival, Optional<Statement>> read) {
        this.store = store;
        this.read = read;
    }

    @Override
    public void add(Held held) {
        Bytes key = key(held.host(), held.due(), held.number());
        firsts.computeIfPresent(held.host(), (host, first) -> key.compareTo(first) < 0 ? key : first);
        store.put(key, held.statement() == null ? ofMessage(held) : ofLine(held));
    }

    private Bytes first(String host) {
        Bytes first = firsts.get(host);
        return first == null ? key(host, Instant.MIN, 0) : first;
    }

    private void first(String host, Bytes key) {
        if (firsts.size() >= MOST_HOSTS) {
            firsts.clear();
        }
        firsts.put(host, key);
    }

    private static byte[] ofMessage(Held held) {
        byte[] queueId = held.queueId().getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(HEAD_BYTES + queueId.length)
                .putInt(MESSAGE)
                .putLong(0)
                .put(queueId)
                .array();
    }

    private static byte[] ofLine(Held held) {
        Statement statement = held.statement();
        return ByteBuffer.allocate(HEAD_BYTES + statement.raw().length)
                .putInt(held.rewinds())
                .putLong(statement.arrival().time().toEpochMilli())
                .put(statement.raw())
                .array();
    }

    @Override
    public List<Held> take(String host, Instant upTo, int most) {
        Bytes first = first(host);
        Bytes last = key(host, upTo, Long.MAX_VALUE);
        if (first.compareTo(last) > 0) {
            return List.of();
        }
        List<KeyValue<Bytes, byte[]>> taken = new ArrayList<>();
        try (KeyValueIterator<Bytes, byte[]> due = store.range(first, last)) {
            while (taken.size() < most && due.hasNext()) {
                taken.add(due.next());
            }
            first(host, due.hasNext() ? due.peekNextKey() : last);
        }
        return takenOut(host, taken);
    }

    @Override
    public List<Held> takeOldest(String host) {
        Instant oldest;
        try (KeyValueIterator<Bytes, byte[]> all = store.range(first(host), key(host, Instant.MAX, Long.MAX_VALUE))) {
            if (!all.hasNext()) {
                return List.of();
            }
            oldest = dueOf(place(all.peekNextKey()));
        }
        return take(host, oldest, Integer.MAX_VALUE);
    }

    private List<Held> takenOut(String host, List<KeyValue<Bytes, byte[]>> entries) {
        List<Held> taken = new ArrayList<>();
        for (KeyValue<Bytes, byte[]> entry : entries) {
            store.delete(entry.key);
            taken.add(held(host, entry));
        }
        return taken;
    }

    private Held held(String host, KeyValue<Bytes, byte[]> entry) {
        ByteBuffer place = place(entry.key);
        Instant due = dueOf(place);
        long number = place.getLong();
        ByteBuffer head = ByteBuffer.wrap(entry.value);
        int rewinds = head.getInt();
        Instant arrived = Instant.ofEpochMilli(head.getLong());
        byte[] rest = Arrays.copyOfRange(entry.value, HEAD_BYTES, entry.value.length);
        return rewinds == MESSAGE
                ? Held.message(host, due, number, new String(rest, StandardCharsets.UTF_8))
                : read.apply(rest, new Arrival(arrived, host))
                        .map(statement -> Held.line(due, number, rewinds, statement))
                        .orElseGet(() -> Held.nothing(host, due, number));
    }

    private static ByteBuffer place(Bytes key) {
        return ByteBuffer.wrap(key.get(), key.get().length - PLACE_BYTES, PLACE_BYTES);
    }

    private static Instant dueOf(ByteBuffer place) {
        return Instant.ofEpochSecond(place.getLong() ^ Long.MIN_VALUE, place.getInt());
    }

    /** Seconds with their sign bit turned, so that bytes sort as numbers do. */
    private static Bytes key(String host, Instant due, long number) {
        byte[] name = host.getBytes(StandardCharsets.UTF_8);
        return Bytes.wrap(ByteBuffer.allocate(name.length + 1 + PLACE_BYTES)
                .put(name)
                .put(SEPARATOR)
                .putLong(due.getEpochSecond() ^ Long.MIN_VALUE)
                .putInt(due.getNano())
                .putLong(number)
                .array());
    }
}
