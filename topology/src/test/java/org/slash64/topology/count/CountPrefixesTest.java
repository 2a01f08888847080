package org.slash64.topology.count;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slash64.schemas.Counts;
import org.slash64.schemas.PrefixCount;
import org.slash64.schemas.state.BucketPart;
import org.slash64.schemas.state.OpenWindow;
import org.slash64.schemas.state.Tally;
import org.slash64.topology.StepContext;

class CountPrefixesTest {

    private static final long START = Instant.parse("2026-11-16T08:00:00Z").toEpochMilli();
    private static final String CLIENT = "192.0.2.7/32";
    private static final String NETWORK = "192.0.2.0/24";

    private StepContext<String, Object> step = new StepContext<>(0);
    private final KeyValueStore<Bytes, OpenWindow> windows = step.store(CountPrefixes.WINDOWS, OpenWindow.class);
    private final KeyValueStore<Bytes, Tally> buckets = step.store(CountPrefixes.BUCKETS, Tally.class);
    private final KeyValueStore<Integer, BucketPart> clocks =
            step.store(CountPrefixes.CLOCKS, Serdes.Integer(), BucketPart.class);
    private CountPrefixes count;
    private List<Object> forwarded = List.of();

    /** A new processor, as at the start of the program, over the same stores. */
    @BeforeEach
    void start() {
        step = new StepContext<>(0);
        step.context().addStateStore(windows);
        step.context().addStateStore(buckets);
        step.context().addStateStore(clocks);
        count = new CountPrefixes(List.of(Duration.ofMinutes(1), Duration.ofDays(1)));
        count.init(step.context());
    }

    private void part(int source, long second, long connections) {
        Counts counts = Counts.newBuilder().setConnections(connections).build();
        process(new BucketPart(source, CLIENT, START + second * 1000, false, Tallies.of(counts)));
    }

    private void clock(int source, long second, boolean idle) {
        process(new BucketPart(source, null, START + second * 1000, idle, Tallies.none()));
    }

    private void process(BucketPart part) {
        count.process(new Record<>("key", part, step.now()));
    }

    private void seconds(int seconds) {
        for (int i = 0; i < seconds; i++) {
            step.pass(1_000);
        }
        forwarded = step.forwarded().stream().<Object>map(Record::value).toList();
    }

    private <T> Stream<T> forwarded(Class<T> type) {
        return forwarded.stream().filter(type::isInstance).map(type::cast);
    }

    private Stream<Step.Progress> progress(String prefix) {
        return forwarded(Step.Progress.class)
                .filter(progress -> progress.prefix().toString().equals(prefix));
    }

    private Stream<PrefixCount> counts(String prefix, String window) {
        return forwarded(PrefixCount.class)
                .filter(sum -> sum.getPrefix().equals(prefix) && sum.getWindow().equals(window));
    }

    private static Bucket bucket(long second, long connections, long late) {
        return new Bucket(
                START + second * 1000,
                Counts.newBuilder().setConnections(connections).setLate(late).build());
    }

    @Test
    void process_publishesChangesOnceASecond() {
        part(0, 0, 1);
        part(1, 10, 2);
        seconds(1);
        assertThat(counts(CLIENT, "PT1M"))
                .extracting(sum -> sum.getCounts().getConnections())
                .containsExactly(3L);
        assertThat(counts(NETWORK, "P1D"))
                .extracting(PrefixCount::getEnd)
                .containsExactly(Instant.parse("2026-11-17T00:00:00Z"));
        assertThat(forwarded(PrefixCount.class)).hasSize(4);
        seconds(5);
        assertThat(forwarded).isEmpty();
    }

    @Test
    void process_handsPendingBucketsOnWithEveryChange_inOrderOfTime() {
        part(0, 10, 1);
        seconds(1);
        part(1, 0, 2);
        seconds(1);
        assertThat(progress(CLIENT))
                .containsExactly(new Step.Progress(
                        org.slash64.schemas.Prefix.parse(CLIENT).orElseThrow(),
                        List.of(),
                        List.of(bucket(0, 2, 0), bucket(10, 1, 0))));
    }

    private void tally(String client, Tally tally) {
        process(new BucketPart(0, client, START, false, tally));
    }

    private static Tally bad(int number) {
        Tally tally = Tallies.of(Counts.newBuilder().setBad(number).build());
        tally.setAddresses(Sketch.of(new byte[] {(byte) number}));
        return tally;
    }

    @Test
    void process_distinctAddressesAndChildren_areCountedAtEachLevel() {
        tally("2001:db8:1:1::/64", bad(1));
        tally("2001:db8:1:2::/64", bad(0));
        tally("2001:db8:1:2::/64", bad(2));
        tally("2001:db8:1:ff00::/64", bad(0));
        seconds(1);
        assertThat(Stream.of("2001:db8:1:2::/64", "2001:db8:1::/56", "2001:db8:1::/48")
                        .flatMap(prefix -> counts(prefix, "PT1M")))
                .extracting(PrefixCount::getAddresses, PrefixCount::getChildren)
                .containsExactly(tuple(2L, 0L), tuple(3L, 2L), tuple(3L, 2L));
        assertThat(progress("2001:db8:1::/48"))
                .extracting(progress -> progress.pending().get(0).tally().getBadChildren())
                .extracting(Sketch::estimate)
                .as("of its two /56 one is bad")
                .containsExactly(1L);
    }

    @Test
    void clocks_finishBucketsOnce() {
        part(0, 0, 1);
        part(0, 10, 2);
        clock(0, 10, false);
        seconds(5);
        assertThat(progress(CLIENT).flatMap(progress -> progress.finished().stream()))
                .containsExactly(bucket(0, 1, 0));
        assertThat(forwarded(Step.FinishedUpTo.class)).containsExactly(new Step.FinishedUpTo(START + 10_000));
        clock(0, 60, false);
        seconds(5);
        assertThat(progress(CLIENT).flatMap(progress -> progress.finished().stream()))
                .containsExactly(bucket(10, 2, 0));
        assertThat(counts(CLIENT, "PT1M")).extracting(PrefixCount::getClosed).containsExactly(true);
        assertThat(counts(CLIENT, "P1D")).isEmpty();
    }

    @Test
    void clocks_slowSource_holdsTheOthersUntilItIsIdle() {
        part(0, 0, 1);
        clock(0, 600, false);
        clock(1, 0, false);
        seconds(5);
        assertThat(forwarded(Step.FinishedUpTo.class)).containsExactly(new Step.FinishedUpTo(START));
        clock(1, 0, true);
        seconds(5);
        assertThat(forwarded(Step.FinishedUpTo.class)).containsExactly(new Step.FinishedUpTo(START + 600_000));
    }

    @Test
    void process_finishedBucket_countsInTheCurrentOneAndAsLate() {
        clock(0, 600, false);
        seconds(5);
        part(1, 0, 2);
        seconds(1);
        assertThat(progress(CLIENT).flatMap(progress -> progress.pending().stream()))
                .containsExactly(bucket(600, 2, 2));
        assertThat(counts(CLIENT, "PT1M"))
                .extracting(PrefixCount::getStart)
                .containsExactly(Instant.ofEpochMilli(START + 600_000));
    }

    @Test
    void init_afterACrash_goesOnWhereItWas() {
        part(0, 0, 1);
        part(0, 20, 1);
        clock(0, 10, false);
        seconds(5);
        part(0, 20, 4);
        start();
        seconds(1);
        assertThat(counts(CLIENT, "PT1M"))
                .extracting(sum -> sum.getCounts().getConnections())
                .containsExactly(6L);
        assertThat(progress(CLIENT).flatMap(progress -> progress.pending().stream()))
                .containsExactly(bucket(20, 5, 0));
        part(0, 0, 1);
        seconds(1);
        assertThat(progress(CLIENT).flatMap(progress -> progress.pending().stream()))
                .as("what was finished stays so")
                .containsExactly(bucket(10, 1, 1), bucket(20, 5, 0));
    }

    @Test
    void init_again_startsFromTheStoresAlone() {
        part(0, 0, 1);
        List.of(windows, buckets).forEach(CountPrefixesTest::empty);
        count.init(step.context());
        seconds(5);
        assertThat(forwarded).isEmpty();
    }

    private static <V> void empty(KeyValueStore<Bytes, V> store) {
        try (var all = store.all()) {
            all.forEachRemaining(entry -> store.delete(entry.key));
        }
    }
}
