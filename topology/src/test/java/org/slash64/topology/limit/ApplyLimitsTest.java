package org.slash64.topology.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slash64.schemas.Counts;
import org.slash64.schemas.Level;
import org.slash64.schemas.LimitAction;
import org.slash64.schemas.LimitDecision;
import org.slash64.schemas.Prefix;
import org.slash64.schemas.state.LimitStates;
import org.slash64.topology.StepContext;
import org.slash64.topology.count.Bucket;
import org.slash64.topology.count.Step;

class ApplyLimitsTest {

    private static final Prefix PREFIX = Prefix.parse("2001:db8:1:2::/64").orElseThrow();
    private static final LimitRule RULE = new LimitRule(
            "r",
            List.of(Level.IPV6_64),
            Set.of(),
            LimitRule.Metric.REJECTIONS,
            Duration.ofMinutes(1),
            10,
            0,
            LimitAction.DEFER);
    private static final LimitRule CONNECTIONS = new LimitRule(
            "c",
            List.of(Level.IPV6_64),
            Set.of(),
            LimitRule.Metric.CONNECTIONS,
            Duration.ofMinutes(1),
            10,
            0,
            LimitAction.DEFER);

    private StepContext<String, Object> step = new StepContext<>(0);
    private final KeyValueStore<Bytes, LimitStates> store = step.store(ApplyLimits.STORE, LimitStates.class);
    private final KeyValueStore<Bytes, byte[]> due = step.index(ApplyLimits.DUE);
    private ApplyLimits limits;

    @BeforeEach
    void start() {
        step = new StepContext<>(0);
        step.context().addStateStore(store);
        step.context().addStateStore(due);
        limits = new ApplyLimits(List.of(RULE, CONNECTIONS));
        limits.init(step.context());
    }

    private void process(Step value) {
        limits.process(new Record<>("key", value, step.now()));
    }

    private void progress(List<Bucket> finished, List<Bucket> pending) {
        process(new Step.Progress(PREFIX, finished, pending));
    }

    private static Bucket bucket(long second, long rejections, long connections) {
        return new Bucket(
                second * 1000,
                Counts.newBuilder()
                        .setRejections(rejections)
                        .setConnections(connections)
                        .build());
    }

    private Stream<LimitDecision> decisions() {
        return step.forwarded().stream()
                .map(Record::value)
                .filter(LimitDecision.class::isInstance)
                .map(LimitDecision.class::cast);
    }

    @Test
    void process_handsEveryStepOn_afterItsDecisions() {
        Step progress = new Step.Progress(PREFIX, List.of(bucket(0, 11, 0)), List.of());
        process(progress);
        process(new Step.FinishedUpTo(10_000));
        List<Record<? extends String, ? extends Object>> records = step.forwarded();
        assertThat(records).hasSize(3);
        assertThat(records.get(0).key()).isEqualTo("2001:db8:1:2::/64 r");
        assertThat(records.get(1).value()).isInstanceOfSatisfying(Step.Progress.class, next -> {
            assertThat(next.subject()).isEqualTo(PREFIX);
            assertThat(next.finished())
                    .extracting(Bucket::start, bucket -> bucket.crossed().size())
                    .containsExactly(tuple(0L, 1));
        });
        assertThat(records.get(2).value()).isEqualTo(new Step.FinishedUpTo(10_000));
    }

    @Test
    void process_finishedUpTo_releasesWhatIsDueAndForgetsIt() {
        progress(List.of(bucket(0, 11, 0)), List.of());
        process(new Step.FinishedUpTo(69_999));
        assertThat(decisions()).extracting(LimitDecision::getLimited).containsExactly(true);
        process(new Step.FinishedUpTo(200_000));
        assertThat(decisions())
                .extracting(
                        LimitDecision::getLimited,
                        decision -> decision.getUntil().toEpochMilli())
                .containsExactly(tuple(false, 70_000L));
        try (KeyValueIterator<Bytes, LimitStates> all = store.all()) {
            assertThat(all).isExhausted();
        }
    }

    @Test
    void process_release_leavesProvisionalDecisionsOfOtherRulesAlone() {
        progress(List.of(bucket(0, 11, 0)), List.of(bucket(60, 0, 11)));
        step.forwarded();
        process(new Step.FinishedUpTo(70_000));
        assertThat(decisions()).extracting(LimitDecision::getRule).containsExactly("r");
        progress(List.of(bucket(60, 0, 11)), List.of());
        assertThat(decisions())
                .extracting(LimitDecision::getRule, LimitDecision::getLimited, LimitDecision::getProvisional)
                .containsExactly(tuple("c", true, false));
    }

    @Test
    void process_prefixThatNeverReturns_isForgottenWithItsPeriod() {
        for (int i = 0; i < 3_000; i++) {
            Prefix prefix = Prefix.parse("2001:db8:%x:1::/64".formatted(i)).orElseThrow();
            process(new Step.Progress(prefix, List.of(bucket(0, 1, 0)), List.of()));
            process(new Step.Progress(prefix, List.of(bucket(30, 1, 0)), List.of()));
        }
        process(new Step.FinishedUpTo(99_999));
        try (KeyValueIterator<Bytes, LimitStates> all = store.all()) {
            assertThat(all).toIterable().hasSize(3_000);
        }
        process(new Step.FinishedUpTo(100_000));
        try (KeyValueIterator<Bytes, LimitStates> all = store.all();
                KeyValueIterator<Bytes, byte[]> queued = due.all()) {
            assertThat(all).isExhausted();
            assertThat(queued).isExhausted();
        }
    }

    @Test
    void init_afterACrash_releasesAllTheSame() {
        progress(List.of(bucket(0, 11, 0)), List.of());
        start();
        process(new Step.FinishedUpTo(70_000));
        assertThat(decisions()).extracting(LimitDecision::getLimited).containsExactly(false);
    }

    @Test
    void init_again_startsFromTheStoreAlone() {
        progress(List.of(bucket(0, 11, 0)), List.of());
        step.forwarded();
        store.delete(Bytes.wrap(PREFIX.key()));
        limits.init(step.context());
        process(new Step.FinishedUpTo(70_000));
        assertThat(decisions()).isEmpty();
    }
}
