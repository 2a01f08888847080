package org.slash64.topology.count;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.slash64.schemas.Prefix;
import org.slash64.schemas.PrefixCount;
import org.slash64.schemas.state.Tally;

/**
 * The windows of event time that are not over. What is finished of them lies in a store, in order of their end; what may
 * still change is added when they are published, and kept by nobody twice.
 */
final class OpenWindows {

    /** So many are closed at once. */
    private static final int BATCH = 10_000;

    /** So many batches are closed in one call at most, far within the time of a transaction. */
    private static final int MAX_BATCHES = 10;

    private final List<Long> lengths;
    private final KeyValueStore<Bytes, Tally> store;

    OpenWindows(List<Duration> lengths, KeyValueStore<Bytes, Tally> store) {
        this.lengths = lengths.stream().map(Duration::toMillis).toList();
        this.store = store;
    }

    /** Counts a finished bucket in the windows of all lengths that it lies in. */
    void add(Prefix prefix, Bucket finished) {
        for (long length : lengths) {
            Bytes key = key(end(finished.start(), length), prefix, length);
            Tally known = store.get(key);
            store.put(key, Tallies.add(known == null ? Tallies.none() : known, finished.tally()));
        }
    }

    /**
     * Gives the sums of the windows that changed buckets of a prefix may lie in, but not of those that are over and to be
     * closed.
     *
     * @param changedFrom no earlier bucket changed (epoch milliseconds)
     * @param finished buckets before this instant (epoch milliseconds) are finished and added
     */
    void publish(Step.Progress progress, long changedFrom, long finished, Consumer<PrefixCount> out) {
        if (changedFrom == Long.MAX_VALUE) {
            return;
        }
        List<Bucket> buckets = new ArrayList<>(progress.finished());
        buckets.addAll(progress.pending());
        long from = Math.max(changedFrom, finished);
        for (long length : lengths) {
            int next = 0;
            while (next < buckets.size()) {
                long end = end(buckets.get(next).start(), length);
                int first = next;
                while (next < buckets.size() && buckets.get(next).start() < end) {
                    next++;
                }
                if (end > from) {
                    int pending =
                            Math.min(next, Math.max(first, progress.finished().size()));
                    out.accept(count(
                            key(end, (Prefix) progress.subject(), length),
                            end - length < finished,
                            buckets.subList(pending, next)));
                }
            }
        }
    }

    /** What a window comes to with buckets that are pending in it. */
    private PrefixCount count(Bytes key, boolean begun, List<Bucket> pending) {
        Tally sum = Tallies.none();
        Tally known = begun ? store.get(key) : null;
        if (known != null) {
            Tallies.add(sum, known);
        }
        pending.forEach(bucket -> Tallies.add(sum, bucket.tally()));
        return count(key, sum, false);
    }

    /**
     * Gives the last sums of windows that end by this instant (epoch milliseconds), and forgets them.
     *
     * @return false where some are left for the next call, so that none takes long
     */
    boolean close(long finished, Consumer<PrefixCount> out) {
        for (int batch = 0; batch < MAX_BATCHES; batch++) {
            List<KeyValue<Bytes, Tally>> over = endingBy(finished);
            over.forEach(entry -> out.accept(count(entry.key, entry.value, true)));
            over.forEach(entry -> store.put(entry.key, null));
            if (over.size() < BATCH) {
                return true;
            }
        }
        return false;
    }

    private List<KeyValue<Bytes, Tally>> endingBy(long finished) {
        List<KeyValue<Bytes, Tally>> over = new ArrayList<>();
        try (KeyValueIterator<Bytes, Tally> windows = store.range(null, firstKeyEndingAt(finished + 1))) {
            while (windows.hasNext() && over.size() < BATCH) {
                KeyValue<Bytes, Tally> entry = windows.next();
                if (end(entry.key) <= finished) {
                    over.add(entry);
                }
            }
        }
        return over;
    }

    /** The end of the window that an instant lies in. */
    private static long end(long instant, long length) {
        return Math.floorDiv(instant, length) * length + length;
    }

    private static PrefixCount count(Bytes key, Tally tally, boolean closed) {
        ByteBuffer in = ByteBuffer.wrap(key.get());
        long end = in.getLong() ^ Long.MIN_VALUE;
        Prefix prefix = Prefix.fromKey(in);
        long length = in.getLong();
        return new PrefixCount(
                prefix.toString(),
                text(Duration.ofMillis(length)),
                Instant.ofEpochMilli(end - length),
                Instant.ofEpochMilli(end),
                tally.getCounts(),
                Sketch.estimate(tally.getAddresses()),
                Sketch.estimate(tally.getChildren()),
                closed);
    }

    private static String text(Duration length) {
        return length.equals(Duration.ofDays(length.toDays())) ? "P" + length.toDays() + "D" : length.toString();
    }

    /** Times are stored with their sign bit turned, so that bytes sort as numbers do. */
    private static Bytes key(long end, Prefix prefix, long length) {
        return Bytes.wrap(ByteBuffer.allocate(34)
                .putLong(end ^ Long.MIN_VALUE)
                .put(prefix.key())
                .putLong(length)
                .array());
    }

    private static long end(Bytes key) {
        return ByteBuffer.wrap(key.get()).getLong() ^ Long.MIN_VALUE;
    }

    private static Bytes firstKeyEndingAt(long end) {
        return Bytes.wrap(
                ByteBuffer.allocate(Long.BYTES).putLong(end ^ Long.MIN_VALUE).array());
    }
}
