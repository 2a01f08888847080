package org.slash64.topology.limit;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.slash64.schemas.LimitDecision;
import org.slash64.schemas.Prefix;
import org.slash64.schemas.state.LimitStates;
import org.slash64.topology.count.DueTimes;
import org.slash64.topology.count.Step;

/**
 * Applies the limits to each prefix: finished buckets change its state for good, pending ones a copy, whose decisions
 * are provisional. Says what changes, and hands every step on. Forwards {@link LimitDecision}s and {@link Step}s.
 */
public final class ApplyLimits implements Processor<String, Step, String, Object> {

    /** Name of the store of {@link LimitStates} by prefix. */
    public static final String STORE = "limit-states";

    private final List<LimitRule> rules;
    private DueTimes releases = new DueTimes();
    private ProcessorContext<String, Object> context;
    private KeyValueStore<Bytes, LimitStates> store;

    public ApplyLimits(List<LimitRule> rules) {
        this.rules = List.copyOf(rules);
    }

    @Override
    public void init(ProcessorContext<String, Object> processorContext) {
        context = processorContext;
        store = context.getStateStore(STORE);
        releases = new DueTimes(); // a task that lost its state is started again with the same processors
        try (KeyValueIterator<Bytes, LimitStates> all = store.all()) {
            all.forEachRemaining(entry -> {
                Prefix prefix = Prefix.fromKey(ByteBuffer.wrap(entry.key.get()));
                releases.set(prefix, new PrefixLimits(prefix, rules, entry.value).nextRelease());
            });
        }
    }

    @Override
    public void process(Record<String, Step> step) {
        if (step.value() instanceof Step.Progress progress) {
            apply(progress, step.timestamp());
        } else if (step.value() instanceof Step.FinishedUpTo finished) {
            releases.due(finished.time()).forEach(prefix -> release(prefix, finished.time(), step.timestamp()));
        }
        context.forward(step.withValue((Object) step.value()));
    }

    private void apply(Step.Progress progress, long now) {
        LimitStates states =
                Optional.ofNullable(store.get(key(progress.prefix()))).orElseGet(PrefixLimits::none);
        PrefixLimits limits = new PrefixLimits(progress.prefix(), rules, states);
        List<LimitDecision> released = limits.apply(progress.finished());
        say(limits.news(released, new ArrayList<>(limits.inForceWith(progress.pending()))), now);
        keep(progress.prefix(), limits, states);
    }

    private void release(Prefix prefix, long time, long now) {
        LimitStates states = store.get(key(prefix));
        PrefixLimits limits = new PrefixLimits(prefix, rules, states);
        say(limits.news(limits.advance(time), limits.provisional()), now);
        keep(prefix, limits, states);
    }

    private void say(List<LimitDecision> news, long now) {
        for (LimitDecision decision : news) {
            context.forward(new Record<>(decision.getPrefix() + " " + decision.getRule(), decision, now));
        }
    }

    private void keep(Prefix prefix, PrefixLimits limits, LimitStates states) {
        releases.set(prefix, limits.nextRelease());
        if (!limits.isEmpty()) {
            store.put(key(prefix), states);
        } else if (store.get(key(prefix)) != null) {
            store.delete(key(prefix));
        }
    }

    private static Bytes key(Prefix prefix) {
        return Bytes.wrap(prefix.key());
    }
}
