package org.slash64.topology.fallback;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.slash64.schemas.state.Contribution;
import org.slash64.schemas.state.MailSighting;
import org.slash64.schemas.state.OpenMails;
import org.slash64.schemas.state.SourceTime;
import org.slash64.topology.count.DueQueue;
import org.slash64.topology.count.NetworkPartitioner;
import org.slash64.topology.count.Step;

/**
 * Follows mails that were told to come over IPv4. What became of them is forwarded under their networks, and how far event
 * time has come to everybody. Takes {@link Contribution}s, of which it needs the sightings, and {@link Step.FinishedUpTo}.
 */
public final class FollowMails implements Processor<String, Object, String, Contribution> {

    /** Name of the store of {@link OpenMails} by key. */
    public static final String STORE = "open-mails";

    /** Name of the store of the {@link DueQueue}. */
    public static final String DUE = "open-mails-due";

    /** Who learns need not know the time more exactly. */
    static final Duration TICK = Duration.ofMinutes(10);

    private final FallbackRules rules;
    private ProcessorContext<String, Contribution> context;
    private KeyValueStore<Bytes, OpenMails> store;
    private DueQueue<String> due;
    private long told;

    public FollowMails(FallbackRules rules) {
        this.rules = rules;
    }

    @Override
    public void init(ProcessorContext<String, Contribution> processorContext) {
        context = processorContext;
        store = context.getStateStore(STORE);
        due = new DueQueue<>(context.getStateStore(DUE), FollowMails::bytes, FollowMails::text);
        told = Long.MIN_VALUE; // a task that lost its state is started again with the same processors
    }

    private static byte[] bytes(String key) {
        return key.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(ByteBuffer key) {
        return StandardCharsets.UTF_8.decode(key).toString();
    }

    @Override
    public void process(Record<String, Object> record) {
        if (record.value() instanceof Contribution contribution
                && contribution.getContent() instanceof MailSighting sighting) {
            see(record.key(), sighting, record.timestamp());
        } else if (record.value() instanceof Step.FinishedUpTo finished) {
            letPass(finished.time(), record.timestamp());
        }
    }

    private void see(String key, MailSighting sighting, long now) {
        OpenMails state = Optional.ofNullable(store.get(Bytes.wrap(bytes(key)))).orElseGet(Mails::none);
        Mails mails = mails(state, now);
        mails.see(sighting);
        keep(key, mails, state);
    }

    private Mails mails(OpenMails state, long now) {
        return new Mails(
                rules,
                state,
                settled -> context.forward(new Record<>(settled.network(), new Contribution(settled.outcome()), now)));
    }

    private void letPass(long time, long now) {
        for (List<DueQueue.Due<String>> batch = due.take(time); !batch.isEmpty(); batch = due.take(time)) {
            batch.forEach(entry -> lookAt(entry, time, now));
        }
        if (Math.floorDiv(time, TICK.toMillis()) > Math.floorDiv(told, TICK.toMillis())) {
            Contribution tick = new Contribution(new SourceTime(context.taskId().partition(), time, false));
            context.forward(new Record<>(NetworkPartitioner.EVERYWHERE, tick, now));
            told = time;
        }
    }

    private void lookAt(DueQueue.Due<String> entry, long time, long now) {
        OpenMails state = store.get(Bytes.wrap(bytes(entry.subject())));
        if (state == null || state.getDue() != entry.time()) {
            return;
        }
        state.setDue(0L);
        Mails mails = mails(state, now);
        mails.finish(time);
        keep(entry.subject(), mails, state);
    }

    private void keep(String key, Mails mails, OpenMails state) {
        if (mails.isEmpty()) {
            store.delete(Bytes.wrap(bytes(key)));
        } else {
            state.setDue(due.queue(key, state.getDue(), mails.dueAt()));
            store.put(Bytes.wrap(bytes(key)), state);
        }
    }
}
