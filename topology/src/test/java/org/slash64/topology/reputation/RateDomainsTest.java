package org.slash64.topology.reputation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slash64.schemas.Counts;
import org.slash64.schemas.Domain;
import org.slash64.schemas.DomainReputation;
import org.slash64.schemas.Prefix;
import org.slash64.schemas.state.Order;
import org.slash64.schemas.state.ReputationState;
import org.slash64.schemas.state.Tally;
import org.slash64.topology.StepContext;
import org.slash64.topology.count.Bucket;
import org.slash64.topology.count.RatedBucket;
import org.slash64.topology.count.Step;
import org.slash64.topology.count.Tallies;

class RateDomainsTest {

    private static final long START = Instant.parse("2026-11-16T08:00:00Z").toEpochMilli();
    private static final Domain DOMAIN = new Domain("example.org");

    private StepContext<String, Object> step = new StepContext<>(0);
    private final KeyValueStore<Bytes, ReputationState> store = step.store(RateDomains.STORE, ReputationState.class);
    private final KeyValueStore<Bytes, byte[]> due = step.index(RateDomains.DUE);
    private RateDomains domains;

    @BeforeEach
    void start() {
        step = new StepContext<>(0);
        step.context().addStateStore(store);
        step.context().addStateStore(due);
        domains = new RateDomains(ReputationPolicy.defaults());
        domains.init(step.context());
    }

    private List<Record<? extends String, ? extends Object>> process(Step value) {
        domains.process(new Record<>("key", value, step.now()));
        return step.forwarded();
    }

    private static List<Bucket> buckets(long... good) {
        return IntStream.range(0, good.length)
                .mapToObj(i -> new Bucket(
                        START + 10_000L * i,
                        Counts.newBuilder()
                                .setMessages(good[i])
                                .setGood(good[i])
                                .build()))
                .toList();
    }

    private static Stream<DomainReputation> ratings(List<Record<? extends String, ? extends Object>> forwarded) {
        return forwarded.stream()
                .map(Record::value)
                .filter(RateDomains.Entry.class::isInstance)
                .map(value -> ((RateDomains.Entry) value).reputation());
    }

    private static Step.Rated rated(List<Record<? extends String, ? extends Object>> forwarded) {
        return (Step.Rated) forwarded.get(forwarded.size() - 1).value();
    }

    @Test
    void process_finished_isRatedBucketByBucketAndPublishedOnce() {
        var forwarded = process(new Step.Progress(DOMAIN, buckets(1, 2), List.of()));
        assertThat(forwarded).hasSize(2);
        assertThat(forwarded.get(0).key()).isEqualTo("example.org");
        assertThat(ratings(forwarded)).extracting(DomainReputation::getMessages).containsExactly(3L);
        assertThat(rated(forwarded).finished())
                .extracting(RatedBucket::reputation)
                .extracting(DomainReputation::getMessages)
                .containsExactly(1L, 3L);
    }

    @Test
    void process_pending_isRatedOnACopy() {
        process(new Step.Progress(DOMAIN, buckets(1), List.of()));
        for (int again = 0; again < 2; again++) {
            var forwarded = process(new Step.Progress(DOMAIN, List.of(), buckets(5)));
            assertThat(ratings(forwarded)).isEmpty();
            assertThat(rated(forwarded).pending())
                    .extracting(RatedBucket::reputation)
                    .extracting(DomainReputation::getMessages)
                    .containsExactly(6L);
        }
    }

    @Test
    void process_everyOtherStep_isHandedOnUnchanged() {
        Step prefix = new Step.Progress(Prefix.parse("2001:db8::/64").orElseThrow(), buckets(1), List.of());
        assertThat(process(prefix))
                .singleElement()
                .satisfies(record -> assertThat((Object) record.value()).isEqualTo(prefix));
        Step finished = new Step.FinishedUpTo(START);
        assertThat(process(finished))
                .singleElement()
                .satisfies(record -> assertThat((Object) record.value()).isEqualTo(finished));
        assertThat(store.approximateNumEntries()).isZero();
    }

    @Test
    void process_personsDecisionAlone_isHandedOnAndNotKept() {
        Tally tally = Tallies.none();
        tally.setOrders(List.of(new Order(START, true, "bob", "")));
        var forwarded = process(new Step.Progress(DOMAIN, List.of(new Bucket(START, tally)), List.of()));
        assertThat(forwarded).hasSize(1);
        assertThat(rated(forwarded).finished()).hasSize(1);
        assertThat(store.approximateNumEntries()).isZero();
    }

    @Test
    void process_finishedUpTo_forgetsWhatIsQuietAndOfNoWeight() {
        process(new Step.Progress(DOMAIN, buckets(1), List.of()));
        process(new Step.Progress(DOMAIN, buckets(0, 0, 1), List.of()));
        start();
        long forgotten = START + 20_000 + Duration.ofDays(180).toMillis();
        assertThat(ratings(process(new Step.FinishedUpTo(forgotten - 1)))).isEmpty();
        var forwarded = process(new Step.FinishedUpTo(forgotten));
        assertThat(ratings(forwarded)).as("a tombstone").containsExactly((DomainReputation) null);
        assertThat(forwarded.get(0).key()).isEqualTo("example.org");
        try (KeyValueIterator<Bytes, ReputationState> all = store.all();
                KeyValueIterator<Bytes, byte[]> queued = due.all()) {
            assertThat(all).isExhausted();
            assertThat(queued).isExhausted();
        }
    }
}
