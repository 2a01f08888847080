package org.slash64.topology.feedback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slash64.schemas.Counts;
import org.slash64.schemas.EventKind;
import org.slash64.schemas.FcrdnsResult;
import org.slash64.schemas.Feedback;
import org.slash64.schemas.FeedbackKind;
import org.slash64.schemas.Outcome;
import org.slash64.schemas.SmtpEvent;
import org.slash64.schemas.SmtpVerdict;
import org.slash64.schemas.state.Contribution;
import org.slash64.schemas.state.IndexedEvent;
import org.slash64.schemas.state.PartialSum;
import org.slash64.schemas.state.WaitingFeedback;
import org.slash64.topology.Events;
import org.slash64.topology.StepContext;
import org.slash64.topology.count.Sums;

class JoinFeedbackTest {

    private static final Instant SENT = Instant.parse("2026-11-16T08:00:00Z");
    private static final Instant TOLD = Instant.parse("2026-11-16T09:00:05Z");
    private static final String CLIENT = "2001:db8:1:2::25";
    private static final String FINEST = "2001:db8:1:2::/64";

    private StepContext<String, Contribution> step = new StepContext<>(0);
    private final KeyValueStore<Bytes, IndexedEvent> index = step.store(JoinFeedback.INDEX, IndexedEvent.class);
    private final KeyValueStore<Bytes, WaitingFeedback> waiting =
            step.store(JoinFeedback.WAITING, WaitingFeedback.class);
    private JoinFeedback join;

    /** A new processor, as at the start of the program, over the same stores. */
    @BeforeEach
    void start() {
        step = new StepContext<>(0);
        step.context().addStateStore(index);
        step.context().addStateStore(waiting);
        join = new JoinFeedback(FeedbackSettings.defaults());
        join.init(step.context());
    }

    private static String id(int number) {
        return HexFormat.of().withUpperCase().toHexDigits(number, 8) + "0".repeat(24);
    }

    /** An accepted message that two domains authenticated. */
    private static SmtpVerdict message(int number, Instant at) {
        SmtpEvent event = Events.event(EventKind.MESSAGE, CLIENT, at);
        event.setId(id(number));
        SmtpVerdict verdict = Events.verdict(event, FcrdnsResult.PASS, Outcome.GOOD);
        verdict.setAuthentication(Events.proven("example.org", "b.example"));
        return verdict;
    }

    private static Feedback feedback(FeedbackKind kind, int number) {
        return new Feedback(id(number), kind, null, TOLD, "somebody", "because");
    }

    private void process(Object value) {
        join.process(new Record<>("key", value, step.now()));
    }

    private List<PartialSum> sums() {
        return step.forwarded().stream()
                .map(Record::value)
                .map(Contribution.class::cast)
                .map(contribution -> (PartialSum) contribution.getContent())
                .toList();
    }

    private static Counts trapped(int takenBack) {
        return Counts.newBuilder().setSpamtraps(1).setTakenBack(takenBack).build();
    }

    @Test
    void process_feedbackAboutAMessage_countsForItsPrefixAndItsDomains_atTheTimeOfTheFeedback() {
        process(message(1, SENT));
        process(feedback(FeedbackKind.SPAMTRAP, 1));
        assertThat(sums())
                .extracting(
                        PartialSum::getSubject,
                        PartialSum::getTime,
                        sum -> sum.getTally().getCounts())
                .containsExactly(
                        tuple(FINEST, Instant.parse("2026-11-16T09:00:00Z").toEpochMilli(), trapped(1)),
                        tuple(
                                "example.org",
                                Instant.parse("2026-11-16T09:00:00Z").toEpochMilli(),
                                trapped(1)),
                        tuple("b.example", Instant.parse("2026-11-16T09:00:00Z").toEpochMilli(), trapped(1)));
    }

    @Test
    void process_goodOutcome_isTakenBackOnce() {
        process(message(1, SENT));
        process(feedback(FeedbackKind.SPAMTRAP, 1));
        sums();
        process(feedback(FeedbackKind.SPAMTRAP, 1));
        assertThat(sums()).extracting(sum -> sum.getTally().getCounts()).containsOnly(trapped(0));
    }

    @Test
    void process_otherKinds_countAsWhatTheyAre() {
        process(message(1, SENT));
        process(feedback(FeedbackKind.FILTER_HAM, 1));
        process(feedback(FeedbackKind.FILTER_SPAM, 1));
        process(feedback(FeedbackKind.COMPLAINT, 1));
        Feedback wanted = feedback(FeedbackKind.COMPLAINT, 1);
        wanted.setFeedbackType("not-spam");
        process(wanted);
        Counts all = sums().stream()
                .filter(sum -> sum.getSubject().equals(FINEST))
                .map(sum -> sum.getTally().getCounts())
                .reduce(Sums.zero(), Sums::add);
        assertThat(all)
                .isEqualTo(Counts.newBuilder()
                        .setHam(2)
                        .setSpam(1)
                        .setComplaints(1)
                        .setTakenBack(1)
                        .build());
    }

    @Test
    void process_order_isAboutThePrefixAlone() {
        process(message(1, SENT));
        process(feedback(FeedbackKind.LIST, 1));
        assertThat(sums()).singleElement().satisfies(sum -> {
            assertThat(sum.getSubject()).isEqualTo(FINEST);
            assertThat(sum.getTally().getOrders()).singleElement().satisfies(order -> {
                assertThat(order.getList()).isTrue();
                assertThat(order.getBy()).isEqualTo("somebody");
                assertThat(order.getComment()).isEqualTo("because");
            });
        });
    }

    @Test
    void process_feedbackBeforeItsEvent_waitsForIt() {
        process(feedback(FeedbackKind.SPAMTRAP, 1));
        process(feedback(FeedbackKind.COMPLAINT, 1));
        assertThat(sums()).isEmpty();
        start();
        process(message(1, SENT));
        assertThat(sums()).hasSize(6);
        process(message(1, SENT));
        assertThat(sums()).as("said once").isEmpty();
    }

    @Test
    void process_feedbackWhoseEventNeverComes_isForgotten() {
        process(feedback(FeedbackKind.SPAMTRAP, 1));
        step.pass(Duration.ofHours(1).toMillis() + 1);
        try (KeyValueIterator<Bytes, WaitingFeedback> all = waiting.all()) {
            assertThat(all).isExhausted();
        }
        process(message(1, SENT));
        assertThat(sums()).isEmpty();
    }

    @Test
    void process_moreFeedbackThanMayWait_theFirstGivesWay() {
        for (int i = 0; i <= JoinFeedback.MAX_WAITING; i++) {
            process(feedback(FeedbackKind.SPAMTRAP, i));
        }
        process(message(0, SENT));
        assertThat(sums()).isEmpty();
        process(message(1, SENT));
        assertThat(sums()).hasSize(3);
    }

    @Test
    void process_exemptEvents_connectionsAndStrangeIds_areNotIndexed() {
        SmtpVerdict exempt = message(1, SENT);
        exempt.setExempt("sasl");
        SmtpVerdict connection = message(2, SENT);
        connection.getEvent().setKind(EventKind.CONNECTION);
        SmtpVerdict strange = message(3, SENT);
        strange.getEvent().setId("not an id");
        SmtpVerdict nobody = message(4, SENT);
        nobody.getEvent().setClient("nobody");
        List.of(exempt, connection, strange, nobody).forEach(this::process);
        try (KeyValueIterator<Bytes, IndexedEvent> all = index.all()) {
            assertThat(all).isExhausted();
        }
    }

    @Test
    void index_keepsEventsForAWeekOfEventTime() {
        process(message(1, SENT));
        process(message(2, SENT.plus(Duration.ofDays(7))));
        step.pass(1_000);
        process(feedback(FeedbackKind.SPAMTRAP, 1));
        assertThat(sums()).hasSize(3);
        process(message(3, SENT.plus(Duration.ofDays(8))));
        step.pass(1_000);
        process(feedback(FeedbackKind.SPAMTRAP, 1));
        assertThat(sums()).isEmpty();
        start();
        process(feedback(FeedbackKind.SPAMTRAP, 2));
        assertThat(sums()).as("found after a start").hasSize(3);
    }
}
