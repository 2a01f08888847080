package org.slash64.deploy.pipeline;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Reads a topic from its start to where it ends now. */
public final class TopicReader {

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
                consumer.poll(POLL).forEach(each);
            }
        }
    }
}
