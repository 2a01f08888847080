package org.slash64.topology.reputation;

import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.slash64.schemas.Domain;
import org.slash64.schemas.DomainReputation;
import org.slash64.schemas.Subject;
import org.slash64.schemas.state.ReputationState;
import org.slash64.topology.count.Bucket;
import org.slash64.topology.count.DueQueue;
import org.slash64.topology.count.RatedBucket;
import org.slash64.topology.count.Step;

/**
 * Rates domains: finished buckets change a reputation for good and are published, pending ones change a copy. Hands every
 * step on, that of a domain as {@link Step.Rated}. Forwards {@link Entry}s and {@link Step}s.
 */
public final class RateDomains implements Processor<String, Step, String, Object> {

    /** Name of the store of {@link ReputationState} by domain. */
    public static final String STORE = "reputation-states";

    /** Name of the store of the {@link DueQueue}. */
    public static final String DUE = "reputation-due";

    /**
     * What the topic domain.reputation is to say of its key.
     *
     * @param reputation null where the domain is forgotten
     */
    public record Entry(DomainReputation reputation) {}

    private final ReputationPolicy policy;
    private DueQueue<Subject> due;
    private ProcessorContext<String, Object> context;
    private KeyValueStore<Bytes, ReputationState> store;

    public RateDomains(ReputationPolicy policy) {
        this.policy = policy;
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
        if (step.value() instanceof Step.Progress progress && progress.subject() instanceof Domain domain) {
            next = rate(domain, progress, step.timestamp());
        } else if (step.value() instanceof Step.FinishedUpTo finished) {
            letPass(finished.time(), step.timestamp());
        }
        context.forward(step.withValue((Object) next));
    }

    private Step rate(Domain domain, Step.Progress progress, long now) {
        ReputationState state = Optional.ofNullable(store.get(key(domain))).orElseGet(Reputation::none);
        Reputation reputation = new Reputation(domain, policy, state);
        List<RatedBucket> finished = rate(reputation, progress.finished());
        if (!finished.isEmpty() && !reputation.isEmpty()) {
            say(domain, finished.get(finished.size() - 1).reputation(), now);
            keep(domain, reputation, state);
        }
        Reputation ahead =
                new Reputation(domain, policy, ReputationState.newBuilder(state).build());
        return new Step.Rated(domain, finished, rate(ahead, progress.pending()));
    }

    private static List<RatedBucket> rate(Reputation reputation, List<Bucket> buckets) {
        return buckets.stream()
                .map(bucket -> new RatedBucket(bucket, reputation.apply(bucket)))
                .toList();
    }

    private void letPass(long time, long now) {
        for (List<DueQueue.Due<Subject>> batch = due.take(time); !batch.isEmpty(); batch = due.take(time)) {
            batch.forEach(entry -> lookAt(entry, time, now));
        }
    }

    private void lookAt(DueQueue.Due<Subject> entry, long time, long now) {
        Domain domain = (Domain) entry.subject();
        ReputationState state = store.get(key(domain));
        if (state == null || state.getDue() != entry.time()) {
            return;
        }
        state.setDue(0L);
        Reputation reputation = new Reputation(domain, policy, state);
        if (reputation.forgottenAt() <= time) {
            store.delete(key(domain));
            say(domain, null, now);
        } else {
            keep(domain, reputation, state);
        }
    }

    private void say(Domain domain, DomainReputation reputation, long now) {
        context.forward(new Record<>(domain.name(), new Entry(reputation), now));
    }

    private void keep(Domain domain, Reputation reputation, ReputationState state) {
        state.setDue(due.queue(domain, state.getDue(), reputation.forgottenAt()));
        store.put(key(domain), state);
    }

    private static Bytes key(Domain domain) {
        return Bytes.wrap(domain.key());
    }
}
