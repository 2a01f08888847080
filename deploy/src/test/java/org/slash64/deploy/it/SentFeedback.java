package org.slash64.deploy.it;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.slash64.deploy.pipeline.Endpoints;
import org.slash64.schemas.Feedback;
import org.slash64.schemas.FeedbackKind;
import org.slash64.schemas.TopicLayout;
import org.slash64.schemas.TopicSetup;
import org.slash64.schemas.Topics;
import org.slash64.schemas.registry.AvroSerde;
import org.slash64.schemas.registry.RegistryClient;
import org.slash64.schemas.registry.SchemaSetup;

/** Feedback that one run was sent, remembered so that another can be sent the same. */
final class SentFeedback {

    private static final Duration MOST = Duration.ofMinutes(1);

    private final List<Feedback> sent = new ArrayList<>();

    /** Sends a report about an event (by its id), a prefix or a domain; returns when the broker has it. */
    void send(Endpoints endpoints, String subject, FeedbackKind kind, Instant at) throws Exception {
        send(endpoints, subject, kind, at, "");
    }

    /** The same, with what somebody says to it. */
    void send(Endpoints endpoints, String subject, FeedbackKind kind, Instant at, String comment) throws Exception {
        Feedback feedback = new Feedback(subject, kind, null, at, "report " + sent.size(), comment);
        send(endpoints, List.of(feedback));
        sent.add(feedback);
    }

    /** Sends what was sent before to another broker, which the program was not started on yet. */
    void sendAgain(Endpoints endpoints) throws Exception {
        TopicSetup.create(endpoints.admin(), Topics.all(), TopicLayout.DECLARED);
        try (RegistryClient registry = endpoints.registry()) {
            SchemaSetup.register(registry, Topics.all());
        }
        send(endpoints, sent);
    }

    private static void send(Endpoints endpoints, List<Feedback> feedback) throws Exception {
        try (RegistryClient registry = endpoints.registry();
                KafkaProducer<String, Feedback> producer = new KafkaProducer<>(
                        endpoints.admin(),
                        new StringSerializer(),
                        AvroSerde.forTopic(Topics.SMTP_FEEDBACK, registry).serializer())) {
            for (Feedback one : feedback) {
                producer.send(new ProducerRecord<>(Topics.SMTP_FEEDBACK.name(), one.getSubject(), one))
                        .get(MOST.toMillis(), TimeUnit.MILLISECONDS);
            }
        }
    }
}
