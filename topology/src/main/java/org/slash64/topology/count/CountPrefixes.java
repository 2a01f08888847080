package org.slash64.topology.count;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.slash64.schemas.Prefix;
import org.slash64.schemas.PrefixCount;
import org.slash64.schemas.state.BucketPart;
import org.slash64.schemas.state.OpenWindow;
import org.slash64.schemas.state.Tally;

/**
 * Owns networks: adds partial sums up for every level and window, publishes what changed once a second and a last time
 * when a window closes, and hands buckets on to the deciding steps, in order of event time, once they are finished.
 * Forwards {@link PrefixCount}s and {@link Step}s.
 */
public final class CountPrefixes implements Processor<String, BucketPart, String, Object> {

    /** Windows that are still counted in, by end, prefix and length. */
    public static final String WINDOWS = "open-windows";

    /** Buckets that are not finished, by prefix and start. */
    public static final String BUCKETS = "pending-buckets";

    /** The clocks of the sources by number, and under -1 the finish line. */
    public static final String CLOCKS = "source-clocks";

    /** Changes are published before their time when this many windows have changed. */
    static final int MAX_CHANGED = 100_000;

    private static final Duration INTERVAL = Duration.ofSeconds(1);
    private static final int FINISH_LINE = -1;

    private final List<Duration> windowLengths;
    private final Set<Bytes> changedWindows = new TreeSet<>();
    private final Set<Prefix> changedPrefixes = new TreeSet<>();
    private final Set<Prefix> pendingPrefixes = new TreeSet<>();
    private ProcessorContext<String, Object> context;
    private KeyValueStore<Bytes, OpenWindow> windows;
    private KeyValueStore<Bytes, Tally> buckets;
    private KeyValueStore<Integer, BucketPart> clocks;
    private FinishLine line;

    public CountPrefixes(List<Duration> windowLengths) {
        this.windowLengths = List.copyOf(windowLengths);
    }

    @Override
    public void init(ProcessorContext<String, Object> processorContext) {
        context = processorContext;
        windows = context.getStateStore(WINDOWS);
        buckets = context.getStateStore(BUCKETS);
        clocks = context.getStateStore(CLOCKS);
        restore();
        context.schedule(INTERVAL, PunctuationType.WALL_CLOCK_TIME, this::handOn);
    }

    /** A task that lost its state is started again with the same processors, so nothing of before may stay. */
    private void restore() {
        changedWindows.clear();
        changedPrefixes.clear();
        pendingPrefixes.clear();
        BucketPart finishLine = clocks.get(FINISH_LINE);
        line = new FinishLine(finishLine == null ? Long.MIN_VALUE : finishLine.getTime());
        try (KeyValueIterator<Integer, BucketPart> all = clocks.all()) {
            all.forEachRemaining(entry -> observe(entry.key, entry.value));
        }
        try (KeyValueIterator<Bytes, OpenWindow> all = windows.all()) {
            all.forEachRemaining(entry -> {
                if (!entry.value.getPublished()) {
                    changedWindows.add(entry.key);
                }
            });
        }
        try (KeyValueIterator<Bytes, Tally> all = buckets.all()) {
            all.forEachRemaining(entry -> pendingPrefixes.add(Prefix.fromKey(ByteBuffer.wrap(entry.key.get()))));
        }
        changedPrefixes.addAll(pendingPrefixes);
    }

    private void observe(int source, BucketPart clock) {
        if (source != FINISH_LINE) {
            line.observe(source, new SourceClock.Reading(clock.getTime(), clock.getIdle()));
        }
    }

    @Override
    public void process(Record<String, BucketPart> record) {
        BucketPart part = record.value();
        if (part.getPrefix() == null) {
            clocks.put(part.getSource(), part);
            observe(part.getSource(), part);
            return;
        }
        boolean late = part.getTime() < line.finished();
        long bucket = late ? line.finished() : part.getTime();
        addUpwards(
                Prefix.parse(part.getPrefix()).orElseThrow(),
                bucket,
                late ? Tallies.allLate(part.getTally()) : part.getTally());
        if (changedWindows.size() >= MAX_CHANGED) {
            handOn(context.currentSystemTimeMs());
        }
    }

    private void addUpwards(Prefix finest, long bucket, Tally tally) {
        add(finest, bucket, tally);
        Prefix child = finest;
        for (Prefix parent : finest.upwards().skip(1).toList()) {
            add(parent, bucket, Tallies.fromChild(tally, child));
            child = parent;
        }
    }

    private void add(Prefix prefix, long bucket, Tally tally) {
        windowLengths.forEach(length -> addToWindow(prefix, length.toMillis(), bucket, tally));
        Bytes key = bucketKey(prefix, bucket);
        Tally sum = buckets.get(key);
        buckets.put(key, sum == null ? tally : Tallies.add(sum, tally));
        pendingPrefixes.add(prefix);
        changedPrefixes.add(prefix);
    }

    private void addToWindow(Prefix prefix, long length, long bucket, Tally tally) {
        long start = Math.floorDiv(bucket, length) * length;
        Bytes key = windowKey(prefix, length, start + length);
        OpenWindow window = windows.get(key);
        if (window == null) {
            window = new OpenWindow(Tallies.none(), false);
        }
        Tallies.add(window.getTally(), tally);
        window.setPublished(false);
        windows.put(key, window);
        changedWindows.add(key);
    }

    private static String windowText(long length) {
        Duration duration = Duration.ofMillis(length);
        return duration.equals(Duration.ofDays(duration.toDays()))
                ? "P" + duration.toDays() + "D"
                : duration.toString();
    }

    private void handOn(long now) {
        boolean moved = line.advance(now);
        if (moved) {
            clocks.put(FINISH_LINE, new BucketPart(FINISH_LINE, null, line.finished(), false, Tallies.none()));
        }
        publishChanges(now);
        if (moved) {
            closeWindows(now);
        }
        Set<Prefix> due = new TreeSet<>(changedPrefixes);
        if (moved) {
            due.addAll(pendingPrefixes);
        }
        due.forEach(prefix -> handOnBuckets(prefix, now));
        changedPrefixes.clear();
        if (moved) {
            context.forward(new Record<>(NetworkPartitioner.EVERYWHERE, new Step.FinishedUpTo(line.finished()), now));
        }
    }

    private void publishChanges(long now) {
        for (Bytes key : changedWindows) {
            OpenWindow window = windows.get(key);
            publish(key, window.getTally(), false, now);
            window.setPublished(true);
            windows.put(key, window);
        }
        changedWindows.clear();
    }

    private void closeWindows(long now) {
        List<Bytes> closed = new ArrayList<>();
        try (KeyValueIterator<Bytes, OpenWindow> over = windows.range(null, endsAt(line.finished() + 1))) {
            while (over.hasNext()) {
                KeyValue<Bytes, OpenWindow> entry = over.next();
                if (windowEnd(entry.key) <= line.finished()) {
                    publish(entry.key, entry.value.getTally(), true, now);
                    closed.add(entry.key);
                }
            }
        }
        closed.forEach(windows::delete);
    }

    private void publish(Bytes window, Tally tally, boolean closed, long now) {
        ByteBuffer in = ByteBuffer.wrap(window.get());
        long end = in.getLong() ^ Long.MIN_VALUE;
        Prefix prefix = Prefix.fromKey(in);
        long length = in.getLong();
        PrefixCount count = new PrefixCount(
                prefix.toString(),
                windowText(length),
                Instant.ofEpochMilli(end - length),
                Instant.ofEpochMilli(end),
                tally.getCounts(),
                Sketch.estimate(tally.getAddresses()),
                Sketch.estimate(tally.getChildren()),
                closed);
        String key = count.getPrefix() + "@" + count.getWindow() + "@" + count.getStart();
        context.forward(new Record<>(key, count, now));
    }

    private void handOnBuckets(Prefix prefix, long now) {
        List<Bucket> finished = new ArrayList<>();
        List<Bucket> pending = new ArrayList<>();
        try (KeyValueIterator<Bytes, Tally> all =
                buckets.range(bucketKey(prefix, Long.MIN_VALUE), bucketKey(prefix, Long.MAX_VALUE))) {
            while (all.hasNext()) {
                KeyValue<Bytes, Tally> entry = all.next();
                Bucket bucket = new Bucket(bucketStart(entry.key), entry.value);
                (bucket.start() < line.finished() ? finished : pending).add(bucket);
            }
        }
        finished.forEach(bucket -> buckets.delete(bucketKey(prefix, bucket.start())));
        if (pending.isEmpty()) {
            pendingPrefixes.remove(prefix);
        }
        if (!finished.isEmpty() || changedPrefixes.contains(prefix)) {
            context.forward(new Record<>(prefix.toString(), new Step.Progress(prefix, finished, pending), now));
        }
    }

    /** Times are stored with their sign bit turned, so that bytes sort as numbers do. */
    private static Bytes bucketKey(Prefix prefix, long start) {
        return Bytes.wrap(ByteBuffer.allocate(26)
                .put(prefix.key())
                .putLong(start ^ Long.MIN_VALUE)
                .array());
    }

    private static long bucketStart(Bytes key) {
        return ByteBuffer.wrap(key.get()).getLong(18) ^ Long.MIN_VALUE;
    }

    private static Bytes windowKey(Prefix prefix, long length, long end) {
        return Bytes.wrap(ByteBuffer.allocate(34)
                .putLong(end ^ Long.MIN_VALUE)
                .put(prefix.key())
                .putLong(length)
                .array());
    }

    private static long windowEnd(Bytes key) {
        return ByteBuffer.wrap(key.get()).getLong() ^ Long.MIN_VALUE;
    }

    private static Bytes endsAt(long end) {
        return Bytes.wrap(ByteBuffer.allocate(8).putLong(end ^ Long.MIN_VALUE).array());
    }
}
