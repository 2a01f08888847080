package org.slash64.topology.feedback;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.slash64.schemas.Feedback;
import org.slash64.schemas.SmtpVerdict;
import org.slash64.schemas.Subject;
import org.slash64.schemas.state.Contribution;
import org.slash64.schemas.state.IndexedEvent;
import org.slash64.schemas.state.PartialSum;
import org.slash64.schemas.state.Tally;
import org.slash64.schemas.state.WaitingFeedback;
import org.slash64.topology.count.Bucket;
import org.slash64.topology.count.NetworkPartitioner;
import org.slash64.topology.enrich.EventTime;

/**
 * Joins feedback with the event it is about, whichever comes first: every task remembers the messages and rejections of its
 * partition, and gets all feedback about events. What is said of an event counts for the finest prefix of its client and
 * for its authenticated domains; a good outcome that it contradicts is taken back, once.
 */
public final class JoinFeedback implements Processor<String, Object, String, Contribution> {

    /** Name of the store of {@link IndexedEvent}s by day and id. */
    public static final String INDEX = "indexed-events";

    /** Name of the store of feedback whose event has not come, by event id. */
    public static final String WAITING = "waiting-feedback";

    /** Feedback about so many events waits at most; that which came first gives way. */
    static final int MAX_WAITING = 10_000;

    /** So much feedback about one event waits. */
    static final int MAX_OF_ONE = 100;

    /** So many batches of old events are forgotten at once: more than can come in the meantime. */
    private static final int MAX_BATCHES = 3;

    private static final Duration INTERVAL = Duration.ofSeconds(1);

    private final FeedbackSettings settings;

    /** Since when feedback waits for which event, oldest first; the keys of the store. */
    private final Map<Bytes, Long> waitingSince = new LinkedHashMap<>();

    private ProcessorContext<String, Contribution> context;
    private EventIndex index;
    private KeyValueStore<Bytes, WaitingFeedback> waiting;

    public JoinFeedback(FeedbackSettings settings) {
        this.settings = settings;
    }

    @Override
    public void init(ProcessorContext<String, Contribution> processorContext) {
        context = processorContext;
        index = new EventIndex(context.getStateStore(INDEX), settings.indexed());
        waiting = context.getStateStore(WAITING);
        waitingSince.clear(); // a task that lost its state is started again with the same processors
        List<KeyValue<Bytes, Long>> since = new ArrayList<>();
        try (KeyValueIterator<Bytes, WaitingFeedback> all = waiting.all()) {
            all.forEachRemaining(entry -> since.add(KeyValue.pair(entry.key, entry.value.getSince())));
        }
        since.stream()
                .sorted((one, other) -> Long.compare(one.value, other.value))
                .forEach(entry -> waitingSince.put(entry.key, entry.value));
        context.schedule(INTERVAL, PunctuationType.WALL_CLOCK_TIME, this::forget);
    }

    @Override
    public void process(Record<String, Object> record) {
        if (record.value() instanceof SmtpVerdict verdict) {
            remember(verdict, record.timestamp());
        } else if (record.value() instanceof Feedback feedback) {
            EventId.bytes(feedback.getSubject().strip()).ifPresent(id -> take(id, feedback, record.timestamp()));
        }
    }

    private void remember(SmtpVerdict verdict, long timestamp) {
        Optional<byte[]> id = EventId.bytes(verdict.getEvent().getId());
        Optional<IndexedEvent> event = FeedbackTally.index(verdict);
        if (id.isEmpty() || event.isEmpty()) {
            return;
        }
        long now = context.currentSystemTimeMs();
        long countedAt = verdict.getEvent().getCountedAt().toEpochMilli();
        index.put(id.get(), EventTime.believed(countedAt, now), event.get());
        if (waitingSince.containsKey(Bytes.wrap(id.get()))) {
            stopWaiting(Bytes.wrap(id.get())).getFeedback().forEach(feedback -> take(id.get(), feedback, timestamp));
        }
    }

    private void take(byte[] id, Feedback feedback, long timestamp) {
        Optional<EventIndex.Entry> event = index.find(id);
        if (event.isPresent()) {
            contribute(event.get(), feedback, timestamp);
        } else {
            wait(Bytes.wrap(id), feedback);
        }
    }

    private void contribute(EventIndex.Entry entry, Feedback feedback, long timestamp) {
        boolean wasGood = entry.event().getGood();
        long at = EventTime.believed(feedback.getAt().toEpochMilli(), context.currentSystemTimeMs());
        FeedbackTally.about(entry.event(), feedback, (subject, tally) -> forward(subject, at, tally, timestamp));
        if (wasGood != entry.event().getGood()) {
            index.put(entry);
        }
    }

    private void forward(Subject subject, long at, Tally tally, long timestamp) {
        Contribution sum = new Contribution(new PartialSum(subject.toString(), Bucket.startOf(at), tally));
        context.forward(new Record<>(NetworkPartitioner.keyOf(subject), sum, timestamp));
    }

    private void wait(Bytes id, Feedback feedback) {
        WaitingFeedback known = waiting.get(id);
        if (known == null) {
            known = new WaitingFeedback(context.currentSystemTimeMs(), new ArrayList<>());
            waitingSince.put(id, known.getSince());
        }
        if (known.getFeedback().size() < MAX_OF_ONE) {
            known.getFeedback().add(feedback);
        }
        waiting.put(id, known);
        if (waitingSince.size() > MAX_WAITING) {
            stopWaiting(waitingSince.keySet().iterator().next());
        }
    }

    private WaitingFeedback stopWaiting(Bytes id) {
        waitingSince.remove(id);
        return waiting.delete(id);
    }

    private void forget(long now) {
        long oldest = now - settings.waits().toMillis();
        List<Bytes> given = waitingSince.entrySet().stream()
                .takeWhile(entry -> entry.getValue() < oldest)
                .map(Map.Entry::getKey)
                .toList();
        given.forEach(this::stopWaiting);
        for (int batch = 0; batch < MAX_BATCHES && index.forget(); batch++) {
            // the rest is for the next second, so that no call takes long
        }
    }
}
