package org.slash64.topology.count;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slash64.schemas.Address;
import org.slash64.schemas.Counts;
import org.slash64.schemas.FcrdnsResult;
import org.slash64.schemas.Outcome;
import org.slash64.schemas.SmtpVerdict;
import org.slash64.schemas.state.Contribution;
import org.slash64.schemas.state.EnrichmentWaits;
import org.slash64.schemas.state.PartialSum;
import org.slash64.schemas.state.SourceTime;
import org.slash64.schemas.state.Tally;
import org.slash64.topology.Events;
import org.slash64.topology.StepContext;
import org.slash64.topology.enrich.Watermark;

class CombineCountsTest {

    private static final Duration LATENESS = Duration.ofSeconds(60);
    private static final Instant START = Instant.parse("2026-11-16T08:00:00Z");
    private static final int SOURCE = 3;

    private StepContext<String, Contribution> step = new StepContext<>(SOURCE);
    private final KeyValueStore<Bytes, Contribution> store = step.store(CombineCounts.STORE, Contribution.class);
    private final KeyValueStore<Integer, EnrichmentWaits> waiting =
            step.store(CombineCounts.WAITING, Serdes.Integer(), EnrichmentWaits.class);
    private CombineCounts combine;

    @BeforeEach
    void start() {
        startUnheard();
        process(new EnrichmentWaits(SOURCE, false));
    }

    private void startUnheard() {
        step = new StepContext<>(SOURCE);
        step.context().addStateStore(store);
        step.context().addStateStore(waiting);
        combine = new CombineCounts(LATENESS);
        combine.init(step.context());
    }

    @Test
    void init_untilEnrichmentIsHeard_silenceIsNoEnd() {
        process(verdict("2001:db8::1", 60));
        second();
        startUnheard();
        step.pass(30_000);
        assertThat(step.forwarded())
                .extracting(Record::value)
                .map(Contribution.class::cast)
                .containsExactly(clock(0, false));
        process(new EnrichmentWaits(SOURCE + 1, false));
        step.pass(10_000);
        assertThat(step.forwarded()).as("that was another one").isEmpty();
        process(new EnrichmentWaits(SOURCE, false));
        step.pass(10_000);
        assertThat(step.forwarded()).hasSize(1);
    }

    @Test
    void init_whereEnrichmentIsNeverHeard_itIsWaitedForAMinute() {
        process(verdict("2001:db8::1", 60));
        second();
        startUnheard();
        step.pass(CombineCounts.UNHEARD.toMillis() - 1);
        assertThat(step.forwarded()).hasSize(1);
        step.pass(1);
        assertThat(step.forwarded())
                .extracting(Record::value)
                .map(Contribution.class::cast)
                .hasSize(1)
                .allMatch(told -> ((SourceTime) told.getContent()).getIdle());
    }

    private static SmtpVerdict verdict(String client, long second) {
        return Events.verdict(Events.connection(client, START.plusSeconds(second)), FcrdnsResult.FAIL, Outcome.NEUTRAL);
    }

    private void process(Object value) {
        combine.process(new Record<>("key", value, step.now()));
    }

    @Test
    void handOn_whileEnrichmentKeepsEvents_silenceIsNoEnd() {
        process(verdict("2001:db8::1", 60));
        second();
        process(new EnrichmentWaits(1, true));
        process(new EnrichmentWaits(2, true));
        process(new EnrichmentWaits(1, false));
        step.pass(60_000);
        assertThat(step.forwarded()).as("the clock stands").isEmpty();
        start();
        step.pass(60_000);
        assertThat(step.forwarded())
                .extracting(Record::value)
                .map(Contribution.class::cast)
                .as("after a start as well")
                .containsExactly(clock(0, false));
        process(new EnrichmentWaits(2, false));
        step.pass(10_000);
        assertThat(step.forwarded())
                .extracting(Record::value)
                .map(Contribution.class::cast)
                .hasSize(1)
                .allMatch(told -> ((SourceTime) told.getContent()).getIdle());
    }

    @Test
    void handOn_whileEnrichmentKeepsTheFirstEvents_holdsTheOthersBack() {
        process(new EnrichmentWaits(SOURCE, true));
        assertThat(second())
                .extracting(Record::value)
                .map(Contribution.class::cast)
                .containsExactly(new Contribution(new SourceTime(SOURCE, Long.MIN_VALUE, false)));
        process(new EnrichmentWaits(SOURCE, false));
        assertThat(second()).isEmpty();
        start();
        process(verdict("2001:db8::1", 61));
        assertThat(second()).hasSize(2);
    }

    /** What is handed on after one more second. */
    private List<Record<? extends String, ? extends Contribution>> second() {
        step.pass(1_000);
        return step.forwarded();
    }

    /** One connection from each of these. */
    private static Contribution sum(String prefix, long second, String... clients) {
        Tally tally =
                Tallies.of(Counts.newBuilder().setConnections(clients.length).build());
        for (String client : clients) {
            byte[] address = Address.parse(client).orElseThrow().toInetAddress().getAddress();
            tally.setAddresses(Sketch.merge(tally.getAddresses(), Sketch.of(address)));
        }
        return new Contribution(new PartialSum(prefix, START.plusSeconds(second).toEpochMilli(), tally));
    }

    private static Contribution clock(long second, boolean idle) {
        return new Contribution(new SourceTime(SOURCE, START.plusSeconds(second).toEpochMilli(), idle));
    }

    private static long time(Contribution contribution) {
        return contribution.getContent() instanceof PartialSum sum
                ? sum.getTime()
                : ((SourceTime) contribution.getContent()).getTime();
    }

    @Test
    void process_sumsUpPerAuthenticatedDomain_withTheNetworksItSentFrom() {
        for (String client : List.of("2001:db8:1:2::1", "2001:db8:1:3::1", "2001:db8:2::1")) {
            SmtpVerdict verdict = verdict(client, 1);
            verdict.setAuthentication(Events.proven("example.org", "example.org", "example.net"));
            process(verdict);
        }
        List<Record<? extends String, ? extends Contribution>> records = second();
        assertThat(records)
                .filteredOn(record -> record.key().startsWith("example"))
                .extracting(
                        Record::key,
                        record -> tally(record.value()).getCounts().getConnections(),
                        record -> Sketch.estimate(tally(record.value()).getChildren()))
                .containsExactlyInAnyOrder(tuple("example.net", 3L, 2L), tuple("example.org", 3L, 2L));
    }

    private static Tally tally(Contribution contribution) {
        return ((PartialSum) contribution.getContent()).getTally();
    }

    @Test
    void process_namesThatAreNoDomains_areLeftOut() {
        SmtpVerdict verdict = verdict("2001:db8:1:2::1", 1);
        verdict.setAuthentication(Events.proven("*", "192.0.2.1", "a b.org", "x".repeat(300) + ".org", ""));
        process(verdict);
        assertThat(second()).extracting(Record::key).map(String.class::cast).containsExactly("2001:db8:1::/48", "*");
    }

    @Test
    void process_sumsUpPerBucketAndFinestPrefix_clockLast() {
        process(verdict("2001:db8:1:2::1", 1));
        process(verdict("2001:db8:1:2:ffff::1", 9));
        process(verdict("2001:db8:1:2::1", 10));
        process(verdict("192.0.2.1", 11));
        assertThat(step.forwarded()).isEmpty();
        List<Record<? extends String, ? extends Contribution>> records = second();
        assertThat(records)
                .extracting(Record::value)
                .map(Contribution.class::cast)
                .containsExactly(
                        sum("2001:db8:1:2::/64", 0, "2001:db8:1:2::1", "2001:db8:1:2:ffff::1"),
                        sum("2001:db8:1:2::/64", 10, "2001:db8:1:2::1"),
                        sum("192.0.2.1/32", 10, "192.0.2.1"),
                        clock(-50, false));
        assertThat(records)
                .extracting(Record::key)
                .map(String.class::cast)
                .containsExactly("2001:db8:1::/48", "2001:db8:1::/48", "192.0.2.0/24", NetworkPartitioner.EVERYWHERE);
    }

    @Test
    void handOn_nothingNew_saysNothing() {
        process(verdict("2001:db8::1", 1));
        second();
        assertThat(second()).isEmpty();
    }

    @Test
    void process_exempt_movesTheClockOnly() {
        SmtpVerdict exempt = verdict("2001:db8::1", 75);
        exempt.setExempt("sasl");
        process(exempt);
        assertThat(second())
                .extracting(Record::value)
                .map(Contribution.class::cast)
                .containsExactly(clock(10, false));
    }

    @Test
    void process_watermark_isWhatEnrichmentPromised() {
        Record<String, Object> record = new Record<>("key", verdict("2001:db8::1", 100), step.now());
        record.headers()
                .add(Watermark.HEADER, Watermark.bytes(START.plusSeconds(25).toEpochMilli()));
        combine.process(record);
        assertThat(second())
                .extracting(Record::value)
                .map(Contribution.class::cast)
                .contains(clock(20, false));
    }

    @Test
    void process_timeFarAheadOfTheWallClock_isNotBelieved() {
        long wall = step.now() / 1_000 - START.getEpochSecond();
        Record<String, Object> record = new Record<>("key", verdict("2001:db8::1", wall + 86_400), step.now());
        record.headers()
                .add(
                        Watermark.HEADER,
                        Watermark.bytes(START.plusSeconds(wall + 86_400).toEpochMilli()));
        combine.process(record);
        long latest = step.now() + Duration.ofMinutes(10).toMillis();
        assertThat(second())
                .hasSize(2)
                .extracting(Record::value)
                .map(Contribution.class::cast)
                .allSatisfy(part -> assertThat(time(part)).isLessThanOrEqualTo(latest));
    }

    @Test
    void handOn_silence_tellsIdleAndThenGoesOn() {
        process(verdict("2001:db8::1", 60));
        second();
        step.pass(4_000);
        assertThat(step.forwarded())
                .extracting(Record::value)
                .map(Contribution.class::cast)
                .containsExactly(clock(0, true));
        step.pass(20_000);
        assertThat(step.forwarded())
                .extracting(Record::value)
                .map(Contribution.class::cast)
                .containsExactly(clock(10, true));
    }

    @Test
    void init_afterACrash_handsOnWhatWasHeldAndPromisesNothingNew() {
        process(verdict("2001:db8::1", 61));
        start();
        assertThat(second()).as("no clock to tell before a verdict or silence").isEmpty();
        step.pass(4_000);
        assertThat(step.forwarded())
                .extracting(Record::value)
                .map(Contribution.class::cast)
                .containsExactly(sum("2001:db8::/64", 60, "2001:db8::1"), clock(0, true));
    }

    @Test
    void init_afterHandingOn_keepsTheClock() {
        process(verdict("2001:db8::1", 61));
        second();
        start();
        process(verdict("2001:db8::1", 5));
        assertThat(second())
                .extracting(Record::value)
                .map(Contribution.class::cast)
                .containsExactly(sum("2001:db8::/64", 0, "2001:db8::1"), clock(-60, false));
        step.pass(5_000);
        assertThat(step.forwarded())
                .extracting(Record::value)
                .map(Contribution.class::cast)
                .containsExactly(clock(0, true));
    }

    @Test
    void init_afterIdleTime_goesOnFromThere() {
        process(verdict("2001:db8::1", 60));
        step.pass(25_000);
        start();
        step.pass(6_000);
        assertThat(step.forwarded())
                .extracting(Record::value)
                .map(Contribution.class::cast)
                .endsWith(clock(10, true));
    }

    @Test
    void process_asManyAsMayBeHeld_handsOnAtOnce() {
        for (int i = 0; i < CombineCounts.MAX_SUMS; i++) {
            process(verdict("2001:db8:%x:%x::1".formatted(i >> 12, i & 0xfff), 1));
        }
        assertThat(step.forwarded()).hasSize(CombineCounts.MAX_SUMS + 1);
    }
}
