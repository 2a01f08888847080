package org.slash64.topology.count;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.slash64.schemas.Address;
import org.slash64.schemas.SmtpVerdict;
import org.slash64.schemas.Subject;
import org.slash64.schemas.state.Contribution;
import org.slash64.schemas.state.EnrichmentWaits;
import org.slash64.schemas.state.PartialSum;
import org.slash64.schemas.state.SourceTime;
import org.slash64.schemas.state.Tally;
import org.slash64.topology.enrich.EventTime;
import org.slash64.topology.enrich.Watermark;
import org.slash64.topology.state.Commits;

/**
 * Sums up the verdicts of one partition per bucket, for each finest prefix and each authenticated organisational domain,
 * and hands the sums on before each commit, followed by this partition's clock. While enrichment says that it keeps events
 * for long, silence is no end. The sums are in a store until then, so that a crash loses none and sends none twice.
 */
public final class CombineCounts implements Processor<String, Object, String, Contribution> {

    /** Name of the store that holds the sums until they are handed on. */
    public static final String STORE = "partial-sums";

    /** Name of the store of the tasks of enrichment that keep events. */
    public static final String WAITING = "waiting-enrichment";

    /** Sums are handed on before their time when this many are held. */
    static final int MAX_SUMS = 50_000;

    /** After a start, enrichment may take so long to restore what it keeps; then it is not waited for any more. */
    static final Duration UNHEARD = Duration.ofMinutes(1);

    /** Sorts before any sum: its value holds the latest event time of this partition. */
    private static final Bytes CLOCK_KEY = Bytes.wrap(new byte[0]);

    private final Duration lateness;
    private SourceClock clock;
    private ProcessorContext<String, Contribution> context;
    private KeyValueStore<Bytes, Contribution> sums;
    private KeyValueStore<Integer, EnrichmentWaits> waiting;
    private boolean isWaiting;

    /** Until this wall time, or until the task of enrichment of the same number was heard, it is taken to keep events. */
    private long unheardUntil;

    private SourceClock.Reading told;

    /** Keys of the sums in the store. */
    private final Set<Bytes> held = new LinkedHashSet<>();

    public CombineCounts(Duration lateness) {
        this.lateness = lateness;
    }

    @Override
    public void init(ProcessorContext<String, Contribution> processorContext) {
        context = processorContext;
        sums = context.getStateStore(STORE);
        waiting = context.getStateStore(WAITING);
        isWaiting = isAnybodyWaiting();
        unheardUntil = context.currentSystemTimeMs() + UNHEARD.toMillis();
        clock = new SourceClock(lateness); // a task that lost its state is started again with the same processors
        told = null;
        held.clear();
        try (KeyValueIterator<Bytes, Contribution> all = sums.all()) {
            all.forEachRemaining(entry -> restore(entry.key, entry.value));
        }
        Commits.after(context, Commits.INTERVAL, this::handOn);
    }

    private void restore(Bytes key, Contribution known) {
        long time = known.getContent() instanceof SourceTime reached
                ? reached.getTime()
                : sum(known).getTime();
        clock.restore(time, context.currentSystemTimeMs());
        if (!key.equals(CLOCK_KEY)) {
            held.add(key);
        }
    }

    private static PartialSum sum(Contribution known) {
        return (PartialSum) known.getContent();
    }

    private boolean isAnybodyWaiting() {
        try (KeyValueIterator<Integer, EnrichmentWaits> all = waiting.all()) {
            return all.hasNext();
        }
    }

    @Override
    public void process(Record<String, Object> record) {
        if (record.value() instanceof SmtpVerdict verdict) {
            take(record.withValue(verdict));
        } else if (record.value() instanceof EnrichmentWaits waits) {
            if (waits.getWaiting()) {
                waiting.put(waits.getSource(), waits);
            } else {
                waiting.delete(waits.getSource());
            }
            isWaiting = isAnybodyWaiting();
            unheardUntil = waits.getSource() == context.taskId().partition() ? 0 : unheardUntil;
        }
    }

    private void take(Record<String, SmtpVerdict> verdict) {
        long now = context.currentSystemTimeMs();
        long countedAt =
                EventTime.believed(verdict.value().getEvent().getCountedAt().toEpochMilli(), now);
        clock.observe(countedAt, EventTime.believed(watermark(verdict, countedAt), now), now);
        if (verdict.value().getExempt() != null) {
            return;
        }
        long bucket = Bucket.startOf(countedAt);
        Address.parse(verdict.value().getEvent().getClient())
                .ifPresent(client ->
                        Shares.ofEvent(verdict.value(), client, (subject, tally) -> add(subject, bucket, tally)));
        if (held.size() >= MAX_SUMS) {
            handOn(context.currentSystemTimeMs());
        }
    }

    private long watermark(Record<String, SmtpVerdict> verdict, long countedAt) {
        Header header = verdict.headers().lastHeader(Watermark.HEADER);
        return Watermark.read(header).orElse(countedAt - lateness.toMillis());
    }

    private void add(Subject subject, long bucket, Tally tally) {
        Bytes key = key(subject, bucket);
        Contribution known = sums.get(key);
        if (known == null) {
            sums.put(key, new Contribution(new PartialSum(subject.toString(), bucket, tally)));
            held.add(key);
        } else {
            Tallies.add(sum(known).getTally(), tally);
            sums.put(key, known);
        }
    }

    private static Bytes key(Subject subject, long bucket) {
        byte[] key = subject.key();
        return Bytes.wrap(ByteBuffer.allocate(Long.BYTES + key.length)
                .putLong(bucket)
                .put(key)
                .array());
    }

    private void handOn(long now) {
        Optional<SourceClock.Reading> reading =
                isWaiting || now < unheardUntil ? Optional.of(clock.readWaiting()) : clock.read(now);
        if (reading.isEmpty() || (held.isEmpty() && reading.get().equals(told))) {
            return;
        }
        for (Bytes key : held) {
            context.forward(new Record<>(networkOf(key), sums.get(key), now));
            sums.put(key, null);
        }
        held.clear();
        tell(reading.get(), now);
    }

    private static String networkOf(Bytes key) {
        ByteBuffer buffer = ByteBuffer.wrap(key.get());
        buffer.getLong();
        return NetworkPartitioner.keyOf(Subject.fromKey(buffer));
    }

    private void tell(SourceClock.Reading reading, long now) {
        int source = context.taskId().partition();
        if (reading.time() > Long.MIN_VALUE) {
            long reached = Math.max(clock.latest(), reading.time() + lateness.toMillis()); // idle time counts as well
            sums.put(CLOCK_KEY, new Contribution(new SourceTime(source, reached, false)));
        }
        if (!reading.equals(told)) {
            Contribution tick = new Contribution(new SourceTime(source, reading.time(), reading.idle()));
            context.forward(new Record<>(NetworkPartitioner.EVERYWHERE, tick, now));
            told = reading;
        }
    }
}
