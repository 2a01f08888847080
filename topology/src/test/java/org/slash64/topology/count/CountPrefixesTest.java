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
import org.slash64.schemas.AllowEntry;
import org.slash64.schemas.Counts;
import org.slash64.schemas.Domain;
import org.slash64.schemas.Prefix;
import org.slash64.schemas.PrefixCount;
import org.slash64.schemas.state.Allowance;
import org.slash64.schemas.state.Contribution;
import org.slash64.schemas.state.Order;
import org.slash64.schemas.state.PartialSum;
import org.slash64.schemas.state.PendingSpan;
import org.slash64.schemas.state.SourceTime;
import org.slash64.schemas.state.Tally;
import org.slash64.topology.StepContext;

class CountPrefixesTest {

    private static final long START = Instant.parse("2026-11-16T08:00:00Z").toEpochMilli();
    private static final String CLIENT = "192.0.2.7/32";
    private static final String NETWORK = "192.0.2.0/24";
    private static final String OTHER = "198.51.100.7/32";

    private StepContext<String, Object> step = new StepContext<>(0);
    private final KeyValueStore<Bytes, Tally> windows = step.store(CountPrefixes.WINDOWS, Tally.class);
    private final KeyValueStore<Bytes, PendingSpan> buckets = step.store(CountPrefixes.BUCKETS, PendingSpan.class);
    private final KeyValueStore<Integer, Contribution> clocks =
            step.store(CountPrefixes.CLOCKS, Serdes.Integer(), Contribution.class);
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

    private void part(long second, long connections) {
        Counts counts = Counts.newBuilder().setConnections(connections).build();
        process(new PartialSum(CLIENT, START + second * 1000, Tallies.of(counts)));
    }

    private void clock(int source, long second, boolean idle) {
        process(new SourceTime(source, START + second * 1000, idle));
    }

    private void process(Object content) {
        count.process(new Record<>("key", new Contribution(content), step.now()));
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
                .filter(progress -> progress.subject().toString().equals(prefix));
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
        part(0, 1);
        part(10, 2);
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
    void process_publishesOnlyWindowsThatChanged() {
        part(0, 1);
        seconds(1);
        part(70, 2);
        seconds(1);
        assertThat(counts(CLIENT, "PT1M"))
                .extracting(PrefixCount::getStart)
                .containsExactly(Instant.ofEpochMilli(START + 60_000));
        assertThat(counts(CLIENT, "P1D"))
                .extracting(sum -> sum.getCounts().getConnections())
                .containsExactly(3L);
    }

    @Test
    void process_handsPendingBucketsOnWithEveryChange_inOrderOfTime() {
        part(10, 1);
        seconds(1);
        part(0, 2);
        seconds(1);
        assertThat(progress(CLIENT))
                .containsExactly(new Step.Progress(
                        Prefix.parse(CLIENT).orElseThrow(), List.of(), List.of(bucket(0, 2, 0), bucket(10, 1, 0))));
    }

    private void tally(String client, Tally tally) {
        process(new PartialSum(client, START, tally));
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
        part(0, 1);
        part(10, 2);
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
        part(0, 1);
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
        part(0, 2);
        seconds(1);
        assertThat(progress(CLIENT).flatMap(progress -> progress.pending().stream()))
                .containsExactly(bucket(600, 2, 2));
        assertThat(counts(CLIENT, "PT1M"))
                .extracting(PrefixCount::getStart)
                .containsExactly(Instant.ofEpochMilli(START + 600_000));
    }

    @Test
    void init_afterACrash_goesOnWhereItWas() {
        part(0, 1);
        part(20, 1);
        clock(0, 10, false);
        seconds(5);
        part(20, 4);
        start();
        seconds(1);
        assertThat(counts(CLIENT, "PT1M"))
                .extracting(sum -> sum.getCounts().getConnections())
                .containsExactly(6L);
        assertThat(progress(CLIENT).flatMap(progress -> progress.pending().stream()))
                .containsExactly(bucket(20, 5, 0));
        part(0, 1);
        seconds(1);
        assertThat(progress(CLIENT).flatMap(progress -> progress.pending().stream()))
                .as("what was finished stays so")
                .containsExactly(bucket(10, 1, 1), bucket(20, 5, 0));
    }

    @Test
    void init_again_publishesOnlyWhatIsNotPublished() {
        part(0, 1);
        seconds(1);
        start();
        tally(OTHER, bad(1));
        start();
        seconds(1);
        assertThat(counts(CLIENT, "PT1M")).isEmpty();
        assertThat(counts(OTHER, "PT1M")).hasSize(1);
        assertThat(progress(CLIENT)).as("is handed on again").hasSize(1);
        start();
        seconds(1);
        assertThat(forwarded(PrefixCount.class)).isEmpty();
    }

    @Test
    void process_domain_hasBucketsButNoWindows() {
        tally("example.org", bad(1));
        clock(0, 10, false);
        seconds(5);
        assertThat(forwarded(PrefixCount.class)).isEmpty();
        assertThat(forwarded(Step.Progress.class))
                .extracting(
                        Step.Progress::subject, progress -> progress.finished().size())
                .containsExactly(tuple(new Domain("example.org"), 0), tuple(new Domain("example.org"), 1));
    }

    @Test
    void process_domainsWhereOneStartsWithTheOther_areToldApart() {
        tally("a.co", bad(1));
        tally("a.com", bad(2));
        seconds(1);
        assertThat(progress("a.co").flatMap(progress -> progress.pending().stream()))
                .extracting(bucket -> bucket.counts().getBad())
                .containsExactly(1L);
    }

    @Test
    void process_orderAboutAPrefix_isNoneAboutThoseAbove() {
        Tally tally = Tallies.none();
        tally.setOrders(List.of(new Order(START, true, "somebody", "")));
        tally("2001:db8:1:2::/64", tally);
        seconds(1);
        assertThat(progress("2001:db8:1:2::/64").flatMap(progress -> progress.pending().stream()))
                .extracting(bucket -> bucket.tally().getOrders().size())
                .containsExactly(1);
        assertThat(progress("2001:db8:1::/48").flatMap(progress -> progress.pending().stream()))
                .extracting(bucket -> bucket.tally().getOrders().size())
                .containsExactly(0);
    }

    @Test
    void process_allowance_isHandedOnAtOnce() {
        Allowance allowance = new Allowance("192.0.2.0/24", new AllowEntry("192.0.2.0/24", "", "", Instant.EPOCH));
        process(allowance);
        seconds(0);
        assertThat(forwarded).containsExactly(new Step.AllowlistChanged(allowance));
    }

    @Test
    void process_allowance_hasPendingBucketsHandedOnAgain() {
        part(0, 1);
        seconds(1);
        assertThat(progress(CLIENT)).hasSize(1);
        process(new Allowance("192.0.2.0/24", null));
        seconds(1);
        assertThat(progress(CLIENT)).hasSize(1);
        seconds(1);
        assertThat(progress(CLIENT)).isEmpty();
    }

    @Test
    void process_manySubjects_areAllHandedOnInBatches() {
        for (int i = 0; i < 2_500; i++) {
            tally("10.%d.%d.1/32".formatted(i >> 8, i & 0xff), bad(1));
        }
        clock(0, 10, false);
        seconds(5);
        assertThat(forwarded(Step.Progress.class)
                        .filter(progress -> !progress.finished().isEmpty()))
                .hasSize(5_000)
                .doesNotHaveDuplicates();
        seconds(5);
        assertThat(forwarded).isEmpty();
    }

    @Test
    void init_again_startsFromTheStoresAlone() {
        part(0, 1);
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
