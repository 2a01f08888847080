package org.slash64.deploy.bench;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.slash64.schemas.SmtpEvent;
import org.slash64.schemas.Topics;
import org.slash64.schemas.registry.AvroSerde;
import org.slash64.schemas.registry.SchemaIds;

/** Writes a load to smtp.events. */
public final class EventWriter implements AutoCloseable {

    private static final int LINGER_MS = 20;
    private static final int BATCH_BYTES = 256 << 10;

    private final KafkaProducer<String, SmtpEvent> producer;
    private final AtomicReference<Exception> failure = new AtomicReference<>();

    /**
     * Opens it.
     *
     * @param clients settings of all Kafka clients
     * @param ids of schemas
     */
    public EventWriter(Map<String, Object> clients, SchemaIds ids) {
        Map<String, Object> settings = new HashMap<>(clients);
        settings.put(ProducerConfig.LINGER_MS_CONFIG, LINGER_MS);
        settings.put(ProducerConfig.BATCH_SIZE_CONFIG, BATCH_BYTES);
        producer = new KafkaProducer<>(
                settings,
                new StringSerializer(),
                AvroSerde.forTopic(Topics.SMTP_EVENTS, ids).serializer());
    }

    /** Hands it over; what comes of that, {@link #check} tells. */
    public void write(SmtpEvent event) {
        Future<?> unused = producer.send(
                new ProducerRecord<>(Topics.SMTP_EVENTS.name(), event.getConnection(), event),
                (at, e) -> failure.compareAndSet(null, e));
    }

    /**
     * Returns when Kafka has all that was handed over.
     *
     * @throws IOException where it did not take something
     */
    public void flush() throws IOException {
        producer.flush();
        check();
    }

    /**
     * Tells of what went wrong.
     *
     * @throws IOException where Kafka did not take something, as far as that is known
     */
    public void check() throws IOException {
        Exception e = failure.get();
        if (e != null) {
            throw new IOException("the load cannot be written: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        producer.close();
    }
}
