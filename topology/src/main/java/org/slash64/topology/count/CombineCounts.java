package org.slash64.topology.count;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.slash64.schemas.Address;
import org.slash64.schemas.Prefix;
import org.slash64.schemas.SmtpVerdict;
import org.slash64.schemas.state.BucketPart;
import org.slash64.schemas.state.Tally;
import org.slash64.topology.enrich.EventTime;
import org.slash64.topology.enrich.Watermark;

/**
 * Sums up the verdicts of one partition per bucket and finest prefix, and hands the sums on once a second, followed by
 * this partition's clock. The sums are kept in a store until then, so that a crash loses none and sends none twice.
 */
public final class CombineCounts implements Processor<String, SmtpVerdict, String, BucketPart> {

    /** Name of the store that holds the sums until they are handed on. */
    public static final String STORE = "partial-sums";

    /** Sums are handed on before their time when this many are held. */
    static final int MAX_PARTS = 50_000;

    private static final Duration INTERVAL = Duration.ofSeconds(1);

    /** Sorts before any sum: its value holds the latest event time of this partition. */
    private static final Bytes CLOCK_KEY = Bytes.wrap(new byte[0]);

    private final Duration lateness;
    private SourceClock clock;
    private ProcessorContext<String, BucketPart> context;
    private KeyValueStore<Bytes, BucketPart> sums;
    private SourceClock.Reading told;
    private int held;

    public CombineCounts(Duration lateness) {
        this.lateness = lateness;
    }

    @Override
    public void init(ProcessorContext<String, BucketPart> processorContext) {
        context = processorContext;
        sums = context.getStateStore(STORE);
        clock = new SourceClock(lateness); // a task that lost its state is started again with the same processors
        told = null;
        held = 0;
        try (KeyValueIterator<Bytes, BucketPart> all = sums.all()) {
            all.forEachRemaining(entry -> restore(entry.key, entry.value));
        }
        context.schedule(INTERVAL, PunctuationType.WALL_CLOCK_TIME, this::handOn);
    }

    private void restore(Bytes key, BucketPart part) {
        clock.restore(part.getTime(), context.currentSystemTimeMs());
        held += key.equals(CLOCK_KEY) ? 0 : 1;
    }

    @Override
    public void process(Record<String, SmtpVerdict> verdict) {
        long now = context.currentSystemTimeMs();
        long countedAt =
                EventTime.believed(verdict.value().getEvent().getCountedAt().toEpochMilli(), now);
        clock.observe(countedAt, EventTime.believed(watermark(verdict, countedAt), now), now);
        if (verdict.value().getExempt() != null) {
            return;
        }
        Optional<Address> client = Address.parse(verdict.value().getEvent().getClient());
        client.ifPresent(address ->
                add(Prefix.finest(address), Bucket.startOf(countedAt), Tallies.of(verdict.value(), address)));
        if (held >= MAX_PARTS) {
            handOn(context.currentSystemTimeMs());
        }
    }

    private long watermark(Record<String, SmtpVerdict> verdict, long countedAt) {
        Header header = verdict.headers().lastHeader(Watermark.HEADER);
        return Watermark.read(header).orElse(countedAt - lateness.toMillis());
    }

    private void add(Prefix prefix, long bucket, Tally tally) {
        Bytes key = Bytes.wrap(
                ByteBuffer.allocate(26).putLong(bucket).put(prefix.key()).array());
        BucketPart part = sums.get(key);
        if (part == null) {
            part = new BucketPart(context.taskId().partition(), prefix.toString(), bucket, false, tally);
            held++;
        } else {
            Tallies.add(part.getTally(), tally);
        }
        sums.put(key, part);
    }

    private void handOn(long now) {
        Optional<SourceClock.Reading> reading = clock.read(now);
        if (reading.isEmpty() || (held == 0 && reading.get().equals(told))) {
            return;
        }
        List<Bytes> sent = new ArrayList<>();
        try (KeyValueIterator<Bytes, BucketPart> all = sums.all()) {
            while (all.hasNext()) {
                KeyValue<Bytes, BucketPart> entry = all.next();
                if (!entry.key.equals(CLOCK_KEY)) {
                    forward(Prefix.parse(entry.value.getPrefix()).orElseThrow(), entry.value, now);
                    sent.add(entry.key);
                }
            }
        }
        sent.forEach(sums::delete);
        held = 0;
        tell(reading.get(), now);
    }

    private void forward(Prefix finest, BucketPart part, long now) {
        context.forward(new Record<>(Prefix.network(finest.address()).toString(), part, now));
    }

    private void tell(SourceClock.Reading reading, long now) {
        int source = context.taskId().partition();
        long reached = Math.max(clock.latest(), reading.time() + lateness.toMillis()); // idle time counts as well
        sums.put(CLOCK_KEY, new BucketPart(source, null, reached, false, Tallies.none()));
        if (!reading.equals(told)) {
            BucketPart tick = new BucketPart(source, null, reading.time(), reading.idle(), Tallies.none());
            context.forward(new Record<>(NetworkPartitioner.EVERYWHERE, tick, now));
            told = reading;
        }
    }
}
