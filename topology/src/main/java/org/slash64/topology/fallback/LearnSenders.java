package org.slash64.topology.fallback;

import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.slash64.schemas.FallbackSender;
import org.slash64.schemas.Prefix;
import org.slash64.schemas.Subject;
import org.slash64.schemas.state.Contribution;
import org.slash64.schemas.state.FallbackState;
import org.slash64.schemas.state.MailOutcome;
import org.slash64.schemas.state.SourceTime;
import org.slash64.topology.count.DueQueue;

/** Owns networks: learns which of them come over IPv4 when they are told to. Forwards {@link Entry}s. */
public final class LearnSenders implements Processor<String, Contribution, String, Object> {

    /** Name of the store of {@link FallbackState} by network. */
    public static final String STORE = "fallback-states";

    /** Name of the store of the {@link DueQueue}. */
    public static final String DUE = "fallback-due";

    /**
     * What the topic fallback.senders is to say of its key.
     *
     * @param sender null where it is forgotten
     */
    public record Entry(FallbackSender sender) {}

    private final FallbackRules rules;
    private ProcessorContext<String, Object> context;
    private KeyValueStore<Bytes, FallbackState> store;
    private DueQueue<Subject> due;

    public LearnSenders(FallbackRules rules) {
        this.rules = rules;
    }

    @Override
    public void init(ProcessorContext<String, Object> processorContext) {
        context = processorContext;
        store = context.getStateStore(STORE);
        due = DueQueue.ofSubjects(context.getStateStore(DUE));
    }

    @Override
    public void process(Record<String, Contribution> record) {
        if (record.value().getContent() instanceof MailOutcome outcome) {
            Prefix.parse(record.key()).ifPresent(network -> learn(network, outcome, record.timestamp()));
        } else if (record.value().getContent() instanceof SourceTime reached) {
            letPass(reached.getTime(), record.timestamp());
        }
    }

    private void learn(Prefix network, MailOutcome outcome, long now) {
        FallbackState state =
                Optional.ofNullable(store.get(key(network))).orElseGet(() -> SenderHistory.none(network.toString()));
        SenderHistory history = new SenderHistory(rules, state);
        history.apply(outcome);
        say(network, FallbackSender.newBuilder(state.getSender()).build(), now);
        keep(network, history, state);
    }

    private void letPass(long time, long now) {
        for (List<DueQueue.Due<Subject>> batch = due.take(time); !batch.isEmpty(); batch = due.take(time)) {
            batch.forEach(entry -> lookAt(entry, time, now));
        }
    }

    private void lookAt(DueQueue.Due<Subject> entry, long time, long now) {
        FallbackState state = store.get(key(entry.subject()));
        if (state == null || state.getDue() != entry.time()) {
            return;
        }
        state.setDue(0L);
        SenderHistory history = new SenderHistory(rules, state);
        if (history.forgottenAt() <= time) {
            store.delete(key(entry.subject()));
            say(entry.subject(), null, now);
        } else {
            keep(entry.subject(), history, state);
        }
    }

    private void say(Subject network, FallbackSender sender, long now) {
        context.forward(new Record<>(network.toString(), new Entry(sender), now));
    }

    private void keep(Subject network, SenderHistory history, FallbackState state) {
        state.setDue(due.queue(network, state.getDue(), history.forgottenAt()));
        store.put(key(network), state);
    }

    private static Bytes key(Subject network) {
        return Bytes.wrap(network.key());
    }
}
