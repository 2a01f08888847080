package org.slash64.topology.count;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.slash64.schemas.Prefix;
import org.slash64.schemas.PrefixCount;
import org.slash64.schemas.state.OpenWindow;
import org.slash64.schemas.state.Tally;

/** The windows of event time that are still counted in. They lie in a store, in order of their end. */
final class OpenWindows {

    /** Changes are published before their time when so many windows have changed. */
    static final int MAX_CHANGED = 100_000;

    /** So many are closed, or looked at after a start, at once. */
    private static final int BATCH = 10_000;

    private final List<Long> lengths;
    private final KeyValueStore<Bytes, OpenWindow> store;
    private final Set<Bytes> changed = new LinkedHashSet<>();

    /** Windows that changed in this round or a later one are not published. */
    private long round;

    /** The round at the last start. */
    private final long unknownRound;

    /** From here on it is not known yet which windows changed unpublished before the last start; null at the end. */
    private Bytes unknownFrom = Bytes.wrap(new byte[0]);

    /** @param round the {@link #round} to go on with */
    OpenWindows(List<Duration> lengths, KeyValueStore<Bytes, OpenWindow> store, long round) {
        this.round = round;
        this.unknownRound = round;
        this.lengths = lengths.stream().map(Duration::toMillis).toList();
        this.store = store;
    }

    /** Counts in the windows of all lengths that the bucket lies in. */
    void add(Prefix prefix, long bucket, Tally tally) {
        for (long length : lengths) {
            Bytes key = key(Math.floorDiv(bucket, length) * length + length, prefix, length);
            OpenWindow window = store.get(key);
            if (window == null) {
                window = new OpenWindow(Tallies.none(), round);
            }
            Tallies.add(window.getTally(), tally);
            window.setRound(round);
            store.put(key, window);
            changed.add(key);
        }
    }

    /** True where so many have changed that they should be published before their time. */
    boolean isFull() {
        return changed.size() >= MAX_CHANGED;
    }

    /** The round of publishing; to be kept with the windows, so that after a start it is known which are published. */
    long round() {
        return round;
    }

    /** Gives the sums of windows that changed since they were last given; true where there are any, and a new round begins. */
    boolean publishChanged(Consumer<PrefixCount> out) {
        findUnpublished();
        if (changed.isEmpty()) {
            return false;
        }
        changed.forEach(key -> out.accept(count(key, store.get(key).getTally(), false)));
        changed.clear();
        round++;
        return true;
    }

    /** After a start: what changed before it and was not published is found in the store, a batch at a time. */
    private void findUnpublished() {
        if (unknownFrom == null) {
            return;
        }
        try (KeyValueIterator<Bytes, OpenWindow> windows = store.range(unknownFrom, null)) {
            for (int seen = 0; seen < BATCH && windows.hasNext(); seen++) {
                KeyValue<Bytes, OpenWindow> entry = windows.next();
                if (entry.value.getRound() >= unknownRound) {
                    changed.add(entry.key);
                }
            }
            unknownFrom = windows.hasNext() ? windows.peekNextKey() : null;
        }
    }

    /** Gives the last sums of windows that end by this instant (epoch milliseconds), and forgets them. */
    void close(long finished, Consumer<PrefixCount> out) {
        List<KeyValue<Bytes, OpenWindow>> over = endingBy(finished);
        while (!over.isEmpty()) {
            over.forEach(entry -> out.accept(count(entry.key, entry.value.getTally(), true)));
            over.forEach(entry -> store.put(entry.key, null));
            over = endingBy(finished);
        }
    }

    private List<KeyValue<Bytes, OpenWindow>> endingBy(long finished) {
        List<KeyValue<Bytes, OpenWindow>> over = new ArrayList<>();
        try (KeyValueIterator<Bytes, OpenWindow> windows = store.range(null, firstKeyEndingAt(finished + 1))) {
            while (windows.hasNext() && over.size() < BATCH) {
                KeyValue<Bytes, OpenWindow> entry = windows.next();
                if (end(entry.key) <= finished) {
                    over.add(entry);
                }
            }
        }
        return over;
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
