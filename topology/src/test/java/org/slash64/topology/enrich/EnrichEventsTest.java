package org.slash64.topology.enrich;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slash64.schemas.Exemptions;
import org.slash64.schemas.FcrdnsResult;
import org.slash64.schemas.InterfaceId;
import org.slash64.schemas.SmtpEvent;
import org.slash64.schemas.SmtpVerdict;
import org.slash64.schemas.state.EnrichmentWaits;
import org.slash64.topology.Events;
import org.slash64.topology.PipelineStatistics;
import org.slash64.topology.StepContext;

@Timeout(60)
class EnrichEventsTest {

    private static final String CLIENT = "2001:db8::1";
    private static final String OTHER = "2001:db8::2";
    private static final Instant START = Instant.parse("2026-11-16T08:00:00Z");
    private static final Duration LATENESS = Duration.ofSeconds(60);

    /** Look-ups in the order in which they were asked for, done when the test says so. */
    private final List<CompletableFuture<LookedUp>> lookups = new CopyOnWriteArrayList<>();

    private final PipelineStatistics statistics = new PipelineStatistics();
    private StepContext<String, Object> step = new StepContext<>(0);
    private final KeyValueStore<Long, SmtpEvent> store = step.store(EnrichEvents.STORE, Serdes.Long(), SmtpEvent.class);
    private boolean cached;
    private EnrichEvents enrich;

    @BeforeEach
    void start() {
        start(100, Duration.ofMillis(1));
    }

    /** A new processor, as at the start of the program, over the same store. */
    private void start(int maxInFlight, Duration longestWait) {
        step = new StepContext<>(0);
        step.context().addStateStore(store);
        enrich = new EnrichEvents(
                (event, client) -> lookUp(),
                new EnrichSettings(Exemptions.defaults(), maxInFlight, longestWait, LATENESS),
                statistics);
        enrich.init(step.context());
    }

    private CompletableFuture<LookedUp> lookUp() {
        CompletableFuture<LookedUp> lookup = new CompletableFuture<>();
        lookups.add(lookup);
        if (cached) {
            answer(lookups.size() - 1);
        }
        return lookup;
    }

    private void answer(int lookup) {
        lookups.get(lookup).complete(Events.found(FcrdnsResult.PASS));
    }

    private static SmtpEvent event(String client, long second) {
        return Events.connection(client, START.plusSeconds(second));
    }

    private void process(SmtpEvent... events) {
        for (SmtpEvent event : events) {
            enrich.process(new Record<>(event.getConnection(), event, step.now()));
        }
    }

    private List<Record<String, SmtpVerdict>> verdicts() {
        List<Record<String, SmtpVerdict>> verdicts = new ArrayList<>();
        step.forwarded().forEach(record -> {
            if (record.value() instanceof SmtpVerdict verdict) {
                verdicts.add(new Record<>(record.key(), verdict, record.timestamp(), record.headers()));
            }
        });
        return verdicts;
    }

    private List<SmtpEvent> forwarded() {
        return verdicts().stream().map(record -> record.value().getEvent()).toList();
    }

    /** Event times that the forwarded verdicts promise, in seconds after the start. */
    private List<Long> watermarks() {
        return verdicts().stream()
                .map(record -> Watermark.read(record.headers().lastHeader(Watermark.HEADER))
                        .orElseThrow())
                .map(millis -> (millis - START.toEpochMilli()) / 1000)
                .toList();
    }

    private List<SmtpEvent> stored() {
        List<SmtpEvent> events = new ArrayList<>();
        try (KeyValueIterator<Long, SmtpEvent> all = store.all()) {
            all.forEachRemaining(entry -> events.add(entry.value));
        }
        return events;
    }

    @Test
    void process_lookUpDone_passesStraightAndIsNotStored() {
        cached = true;
        SmtpEvent event = event(CLIENT, 0);
        process(event);
        assertThat(stored()).isEmpty();
        assertThat(statistics.waiting()).isZero();
        List<Record<String, SmtpVerdict>> records = verdicts();
        assertThat(records).hasSize(1);
        assertThat(records.get(0).key()).isEqualTo(event.getConnection());
        assertThat(records.get(0).value().getEvent()).isEqualTo(event);
        assertThat(records.get(0).value().getFcrdns().getResult()).isEqualTo(FcrdnsResult.PASS);
        assertThat(records.get(0).value().getExempt()).isNull();
        assertThat(records.get(0).value().getAddressing().getInterfaceId()).isEqualTo(InterfaceId.LOW_BYTE);
    }

    @Test
    void process_exemptEvent_isNotLookedUp() {
        process(event("10.0.0.1", 0));
        assertThat(lookups).isEmpty();
        SmtpVerdict verdict = verdicts().get(0).value();
        assertThat(verdict.getExempt()).isEqualTo("own-network");
        assertThat(verdict.getFcrdns().getResult()).isEqualTo(FcrdnsResult.NONE);
        assertThat(verdict.getOutcomeReason()).isEqualTo("exempt: own-network");
    }

    @Test
    void process_lookUpNotDone_isKeptAndForwardedOnce() {
        SmtpEvent event = event(CLIENT, 0);
        process(event);
        step.punctuate();
        assertThat(forwarded()).isEmpty();
        assertThat(stored()).containsExactly(event);
        assertThat(statistics.waiting()).isOne();
        answer(0);
        step.punctuate();
        step.punctuate();
        assertThat(forwarded()).containsExactly(event);
        assertThat(stored()).isEmpty();
        assertThat(statistics.waiting()).isZero();
    }

    @Test
    void process_laterEventOfTheConnectionIsDoneFirst_leavesInOrder() {
        SmtpEvent first = event(CLIENT, 0);
        SmtpEvent second = event(CLIENT, 1);
        process(first, second);
        answer(1);
        step.punctuate();
        assertThat(forwarded()).isEmpty();
        answer(0);
        step.punctuate();
        assertThat(forwarded()).containsExactly(first, second);
    }

    @Test
    void process_doneAtOnceButItsConnectionIsKept_waitsForTheOthers() {
        SmtpEvent first = event(CLIENT, 0);
        SmtpEvent second = event(CLIENT, 1);
        SmtpEvent other = event(OTHER, 2);
        process(first);
        cached = true;
        process(second, other);
        assertThat(forwarded()).as("another connection need not wait").containsExactly(other);
        answer(0);
        step.punctuate();
        assertThat(forwarded()).containsExactly(first, second);
        process(event(CLIENT, 3));
        assertThat(forwarded()).as("nothing is kept any more").hasSize(1);
    }

    @Test
    void process_manyKept_leaveWithTheirOwnVerdicts() {
        List<FcrdnsResult> results = List.of(FcrdnsResult.values());
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            process(event("2001:db8::" + (i + 1), i));
            order.add(i);
        }
        Collections.shuffle(order, new Random(64));
        for (int i = 0; i < order.size(); i++) {
            int lookup = order.get(i);
            lookups.get(lookup).complete(Events.found(results.get(lookup % results.size())));
            if (i % 7 == 0) {
                step.punctuate();
            }
        }
        step.punctuate();
        assertThat(stored()).isEmpty();
        assertThat(verdicts()).hasSize(50).allSatisfy(record -> {
            long lookup =
                    Duration.between(START, record.value().getEvent().getTime()).toSeconds();
            assertThat(record.value().getFcrdns().getResult()).isEqualTo(results.get((int) lookup % results.size()));
        });
    }

    @Test
    void init_afterACrash_looksUpAgainAndForwardsOnce() {
        SmtpEvent first = event(CLIENT, 0);
        SmtpEvent second = event(CLIENT, 1);
        process(first, second);
        start(100, Duration.ofMillis(1));
        assertThat(lookups).hasSize(4);
        SmtpEvent third = event(CLIENT, 2);
        process(third);
        for (int lookup = 2; lookup < 5; lookup++) {
            answer(lookup);
        }
        step.punctuate();
        assertThat(forwarded()).containsExactly(first, second, third);
        assertThat(stored()).isEmpty();
    }

    @Test
    void init_again_startsFromTheStoreAlone() {
        process(event(CLIENT, 0), event(OTHER, 1));
        enrich.close();
        store.delete(0L);
        enrich.init(step.context());
        assertThat(statistics.waiting()).isOne();
        cached = true;
        SmtpEvent next = event(CLIENT, 2);
        process(next);
        assertThat(forwarded()).as("its connection is not kept any more").containsExactly(next);
    }

    @Test
    void init_again_forgetsHowFarTheHostsWere() {
        cached = true;
        process(event(CLIENT, 900));
        step.forwarded();
        enrich.close();
        enrich.init(step.context());
        process(event(OTHER, 500));
        assertThat(watermarks()).as("events are read again").containsExactly(440L);
    }

    @Test
    void process_atTheBound_waitsNoLongerThanItMay() {
        start(2, Duration.ofMillis(1));
        process(event(CLIENT, 0), event(OTHER, 1), event(CLIENT, 2));
        assertThat(forwarded()).isEmpty();
        assertThat(stored()).hasSize(3);
        assertThat(statistics.waiting()).isEqualTo(3);
    }

    /** If each call waited by itself, it would take hours, longer than the test may. */
    @Test
    void process_atTheBoundAgainAndAgain_waitsOnlyOnceUntilTheNextPunctuation() {
        start(1, Duration.ofSeconds(1));
        for (int second = 0; second < 5_000; second++) {
            process(event(CLIENT, second));
        }
        assertThat(statistics.waiting()).isEqualTo(5_000);
    }

    @Test
    void process_atTheBoundAfterAPunctuation_waitsAgain() {
        start(1, Duration.ofSeconds(1));
        process(event(CLIENT, 0));
        step.punctuate();
        Thread dns = new Thread(() -> {
            while (lookups.size() < 2) {
                Thread.onSpinWait();
            }
            answer(0);
        });
        dns.start();
        process(event(OTHER, 1));
        assertThat(forwarded()).containsExactly(event(CLIENT, 0));
    }

    @Test
    void process_atTheBound_goesOnAsSoonAsAnyLookUpIsDone() {
        start(2, Duration.ofHours(1));
        SmtpEvent younger = event(OTHER, 1);
        process(event(CLIENT, 0));
        Thread dns = new Thread(() -> {
            while (lookups.size() < 2) {
                Thread.onSpinWait();
            }
            answer(1);
        });
        dns.start();
        process(younger);
        assertThat(forwarded()).as("the oldest look-up is still open").containsExactly(younger);
        assertThat(statistics.waiting()).isOne();
    }

    @Test
    void watermark_neverPassesAnEventThatIsStillKept() {
        process(event(CLIENT, 0));
        cached = true;
        process(event(OTHER, 500), event(OTHER, 900));
        assertThat(watermarks()).containsExactly(0L, 0L);
        answer(0);
        step.pass(100);
        assertThat(watermarks()).as("nothing is kept any more").containsExactly(840L);
        step.pass(100);
        process(event(OTHER, 1_000));
        assertThat(watermarks()).containsExactly(940L);
    }

    @Test
    void watermark_isOfTheSlowestHostLessLateness() {
        cached = true;
        SmtpEvent slow = event(CLIENT, 100);
        slow.setHost("mx2");
        process(event(OTHER, 500), slow, event(OTHER, 900));
        assertThat(watermarks()).containsExactly(440L, 40L, 40L);
        step.pass(5_000);
        process(event(OTHER, 1_000));
        assertThat(watermarks()).as("mx2 is idle").containsExactly(940L);
    }

    @Test
    void close_takesWhatWaitsOutOfTheGauge() {
        process(event(CLIENT, 0), event(OTHER, 1));
        assertThat(statistics.waiting()).isEqualTo(2);
        enrich.close();
        assertThat(statistics.waiting()).isZero();
        start(100, Duration.ofMillis(1));
        assertThat(statistics.waiting()).isEqualTo(2);
    }

    /** What was told of waiting since the last call. */
    private List<Boolean> waits() {
        return step.forwarded().stream()
                .map(Record::value)
                .filter(EnrichmentWaits.class::isInstance)
                .map(value -> ((EnrichmentWaits) value).getWaiting())
                .toList();
    }

    @Test
    void keptForLong_isToldOnceAndTakenBackOnce() {
        step.pass(100);
        assertThat(waits()).as("how it stands after a start").containsExactly(false);
        process(event(CLIENT, 0));
        step.pass(900);
        assertThat(waits()).isEmpty();
        step.pass(100);
        assertThat(waits()).containsExactly(true);
        step.pass(100);
        assertThat(waits()).isEmpty();
        answer(0);
        step.pass(100);
        assertThat(waits()).containsExactly(false);
    }
}
