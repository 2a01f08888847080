package org.slash64.deploy.http;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.slash64.schemas.AllowEntry;
import org.slash64.schemas.Feedback;
import org.slash64.schemas.Topic;
import org.slash64.schemas.Topics;
import org.slash64.schemas.registry.AvroSerde;
import org.slash64.schemas.registry.SchemaIds;

/** The topics {@code smtp.feedback} and {@code allowlist}. */
public final class TopicOrders implements Orders, AutoCloseable {

    private static final Duration MOST = Duration.ofSeconds(10);

    private final Producer<String, byte[]> producer;
    private final SchemaIds ids;

    /** @param producer owned and closed by this */
    public TopicOrders(Producer<String, byte[]> producer, SchemaIds ids) {
        this.producer = producer;
        this.ids = ids;
    }

    @Override
    public void send(Feedback feedback) {
        write(Topics.SMTP_FEEDBACK, feedback.getSubject(), Optional.of(feedback));
    }

    @Override
    public void allow(String subject, Optional<AllowEntry> entry) {
        write(Topics.ALLOWLIST, subject, entry);
    }

    private <V extends SpecificRecord> void write(Topic<V> topic, String key, Optional<V> value) {
        byte[] bytes = value.map(
                        given -> AvroSerde.forTopic(topic, ids).serializer().serialize(topic.name(), given))
                .orElse(null);
        try {
            producer.send(new ProducerRecord<>(topic.name(), key, bytes)).get(MOST.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException | KafkaException e) {
            throw new Refusal(503, "Kafka does not take it now (" + e.getMessage() + "); try again later");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Refusal(503, "slash64 is being stopped");
        }
    }

    @Override
    public void close() {
        producer.close(MOST);
    }
}
