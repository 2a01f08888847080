package org.slash64.topology.limit;

import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.slash64.schemas.LimitDecision;
import org.slash64.schemas.Subject;
import org.slash64.schemas.state.LimitStates;
import org.slash64.topology.count.Bucket;
import org.slash64.topology.count.DueQueue;
import org.slash64.topology.count.Step;

/**
 * Applies the limits to each prefix and domain: finished buckets change its state for good, pending ones a copy, whose
 * decisions are provisional. Says what changes, and hands every step on, its buckets marked with the limits they crossed.
 * Forwards {@link LimitDecision}s and {@link Step}s.
 */
public final class ApplyLimits implements Processor<String, Step, String, Object> {

    /** Name of the store of {@link LimitStates} by subject. */
    public static final String STORE = "limit-states";

    /** Name of the store of the {@link DueQueue}. */
    public static final String DUE = "limits-due";

    private final List<LimitRule> rules;
    private DueQueue<Subject> due;
    private ProcessorContext<String, Object> context;
    private KeyValueStore<Bytes, LimitStates> store;

    public ApplyLimits(List<LimitRule> rules) {
        this.rules = List.copyOf(rules);
    }

    @Override
    public void init(ProcessorContext<String, Object> processorContext) {
        context = processorContext;
        store = context.getStateStore(STORE);
        due = DueQueue.ofSubjects(context.getStateStore(DUE));
    }

    @Override
    public void process(Record<String, Step> step) {
        Step next = step.value();
        if (step.value() instanceof Step.Progress progress) {
            next = apply(progress, step.timestamp());
        } else if (step.value() instanceof Step.FinishedUpTo finished) {
            letPass(finished.time(), step.timestamp());
        }
        context.forward(step.withValue((Object) next));
    }

    private Step apply(Step.Progress progress, long now) {
        Subject subject = progress.subject();
        LimitStates states = Optional.ofNullable(store.get(key(subject))).orElseGet(SubjectLimits::none);
        SubjectLimits limits = new SubjectLimits(subject, rules, states);
        SubjectLimits.Applied finished = limits.apply(progress.finished());
        List<Bucket> pending = List.of();
        List<LimitDecision> provisional = limits.inForce();
        if (!progress.pending().isEmpty()) {
            SubjectLimits ahead = limits.ahead();
            pending = ahead.apply(progress.pending()).buckets();
            provisional = ahead.inForce();
        }
        say(limits.news(finished.released(), provisional), now);
        keep(subject, limits, states);
        return new Step.Progress(subject, finished.buckets(), pending);
    }

    private void letPass(long time, long now) {
        for (List<DueQueue.Due<Subject>> batch = due.take(time); !batch.isEmpty(); batch = due.take(time)) {
            batch.forEach(entry -> lookAt(entry, time, now));
        }
    }

    private void lookAt(DueQueue.Due<Subject> entry, long time, long now) {
        LimitStates states = store.get(key(entry.subject()));
        if (states == null || states.getDue() != entry.time()) {
            return;
        }
        states.setDue(0L);
        SubjectLimits limits = new SubjectLimits(entry.subject(), rules, states);
        say(limits.news(limits.advance(time), limits.provisional()), now);
        keep(entry.subject(), limits, states);
    }

    private void say(List<LimitDecision> news, long now) {
        for (LimitDecision decision : news) {
            context.forward(new Record<>(decision.getSubject() + " " + decision.getRule(), decision, now));
        }
    }

    private void keep(Subject subject, SubjectLimits limits, LimitStates states) {
        if (!limits.isEmpty()) {
            states.setDue(due.queue(subject, states.getDue(), limits.nextLook()));
            store.put(key(subject), states);
        } else if (store.get(key(subject)) != null) {
            store.delete(key(subject));
        }
    }

    private static Bytes key(Subject subject) {
        return Bytes.wrap(subject.key());
    }
}
