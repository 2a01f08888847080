package org.slash64.topology.feedback;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.apache.kafka.streams.processor.api.Record;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slash64.schemas.DeadLetter;
import org.slash64.schemas.Feedback;
import org.slash64.schemas.FeedbackKind;
import org.slash64.schemas.Topics;
import org.slash64.schemas.registry.AvroSerde;
import org.slash64.schemas.state.Contribution;
import org.slash64.schemas.state.PartialSum;
import org.slash64.topology.SchemasInMemory;
import org.slash64.topology.StepContext;
import org.slash64.topology.count.NetworkPartitioner;

class RouteFeedbackTest {

    private static final Instant AT = Instant.parse("2026-11-16T08:00:07Z");

    private final AvroSerde<Feedback> serde = AvroSerde.forTopic(Topics.SMTP_FEEDBACK, new SchemasInMemory());
    private final StepContext<String, Object> step = new StepContext<>(0);
    private final RouteFeedback route = new RouteFeedback(serde.serializer());

    @BeforeEach
    void start() {
        route.init(step.context());
    }

    private static Feedback about(String subject) {
        return new Feedback(subject, FeedbackKind.SPAMTRAP, null, AT, "trap", "");
    }

    private Record<? extends String, ? extends Object> routed(Feedback feedback) {
        route.process(new Record<>("key", feedback, step.now()));
        List<Record<? extends String, ? extends Object>> records = step.forwarded();
        assertThat(records).hasSize(1);
        return records.get(0);
    }

    @Test
    void process_eventId_goesToEveryTask() {
        Feedback feedback = about("00112233445566778899aabbccddeeff");
        assertThat(routed(feedback).key()).isEqualTo(NetworkPartitioner.EVERYWHERE);
        assertThat(routed(feedback).value()).isEqualTo(feedback);
    }

    @ParameterizedTest
    @CsvSource({
        "2001:DB8:1:2::7,2001:db8:1:2::/64,2001:db8:1::/48",
        "2001:db8:1:2::/64,2001:db8:1:2::/64,2001:db8:1::/48",
        "2001:db8:1:20::/60,2001:db8:1::/56,2001:db8:1::/48",
        "2001:db8:1::/48,2001:db8:1::/48,2001:db8:1::/48",
        "::ffff:192.0.2.7,192.0.2.7/32,192.0.2.0/24",
        "192.0.2.0/24,192.0.2.0/24,192.0.2.0/24",
        "Example.ORG.,example.org,example.org"
    })
    void process_addressPrefixOrDomain_countsForItsSubject(String text, String subject, String key) {
        Record<? extends String, ? extends Object> record = routed(about(text));
        assertThat(record.key()).isEqualTo(key);
        assertThat(((Contribution) record.value()).getContent()).isInstanceOfSatisfying(PartialSum.class, sum -> {
            assertThat(sum.getSubject()).isEqualTo(subject);
            assertThat(sum.getTime())
                    .isEqualTo(Instant.parse("2026-11-16T08:00:00Z").toEpochMilli());
            assertThat(sum.getTally().getCounts().getSpamtraps()).isEqualTo(1);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "*", "nobody", "2001:db8::/32", "192.0.2.1/24", "0011223344", "a b.org", "999.1.1.1"})
    void process_anythingElse_isSetAsideAsItCame(String text) {
        Feedback feedback = about(text);
        assertThat(routed(feedback).value()).isInstanceOfSatisfying(DeadLetter.class, letter -> {
            assertThat(letter.reason()).isEqualTo("BAD_FEEDBACK_SUBJECT");
            assertThat(serde.deserializer().deserialize(Topics.SMTP_FEEDBACK.name(), letter.value()))
                    .isEqualTo(feedback);
        });
    }

    @Test
    void process_textsOfAnyLength_areCutOnTheWayToAllTasks() {
        Feedback feedback = about("00112233445566778899aabbccddeeff");
        feedback.setComment("x".repeat(900_000));
        feedback.setSource("x".repeat(900_000));
        feedback.setFeedbackType("x".repeat(900_000));
        assertThat(routed(feedback).value().toString()).hasSizeLessThan(2_000);
    }

    @Test
    void process_timeBeforeAllTimes_countsInTheFirstBucket() {
        Feedback feedback = about("example.org");
        feedback.setAt(Instant.ofEpochMilli(Long.MIN_VALUE));
        Contribution contribution = (Contribution) routed(feedback).value();
        assertThat(((PartialSum) contribution.getContent()).getTime()).isZero();
    }

    @Test
    void process_timeFarAhead_isNotBelieved() {
        Feedback feedback = about("example.org");
        feedback.setAt(Instant.parse("9999-01-01T00:00:00Z"));
        Contribution contribution = (Contribution) routed(feedback).value();
        assertThat(((PartialSum) contribution.getContent()).getTime()).isLessThanOrEqualTo(step.now() + 600_000);
    }

    @ParameterizedTest
    @CsvSource({"auth-failure", "Auth-Failure", "dmarc"})
    void process_reportAboutAForgery_saysNothingAboutTheSender(String type) {
        Feedback feedback = about("example.org");
        feedback.setKind(FeedbackKind.COMPLAINT);
        feedback.setFeedbackType(type);
        route.process(new Record<>("key", feedback, step.now()));
        assertThat(step.forwarded()).isEmpty();
    }
}
