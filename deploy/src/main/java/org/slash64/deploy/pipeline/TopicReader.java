package org.slash64.deploy.pipeline;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RecordDeserializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads a topic from its start to where it ends now. */
public final class TopicReader {

    private static final Logger LOG = LoggerFactory.getLogger(TopicReader.class);
    private static final Duration POLL = Duration.ofMillis(200);

    private final Endpoints endpoints;

    public TopicReader(Endpoints endpoints) {
        this.endpoints = endpoints;
    }

    /** Hands every record to the consumer, in order per partition. */
    public <V> void read(String topic, Deserializer<V> values, Consumer<ConsumerRecord<String, V>> each) {
        try (KafkaConsumer<String, V> consumer =
                new KafkaConsumer<>(endpoints.reader(), new StringDeserializer(), values)) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                poll(consumer, each);
            }
        }
    }

    /** A record that is not what the topic holds is passed over. */
    private static <V> void poll(KafkaConsumer<String, V> consumer, Consumer<ConsumerRecord<String, V>> each) {
        try {
            consumer.poll(POLL).forEach(each);
        } catch (RecordDeserializationException e) {
            LOG.warn("Passed over a record of {} at offset {}: {}", e.topicPartition(), e.offset(), e.getMessage());
            consumer.seek(e.topicPartition(), e.offset() + 1);
        }
    }
}
