package org.slash64.deploy.pipeline;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;
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

    /**
     * Hands every value to the consumer, merged by a time: always from the partition whose next value is the earliest. So
     * the order is the same each time. Tombstones are passed over.
     */
    public <V> void readMerged(String topic, Deserializer<V> values, ToLongFunction<V> time, Consumer<V> each) {
        Map<TopicPartition, Deque<V>> read = new TreeMap<>(Comparator.comparingInt(TopicPartition::partition));
        try (KafkaConsumer<String, V> consumer =
                new KafkaConsumer<>(endpoints.reader(), new StringDeserializer(), values)) {
            consumer.partitionsFor(topic)
                    .forEach(info -> read.put(new TopicPartition(topic, info.partition()), new ArrayDeque<>()));
            consumer.assign(read.keySet());
            consumer.seekToBeginning(read.keySet());
            Map<TopicPartition, Long> ends = consumer.endOffsets(read.keySet());
            while (true) {
                fill(consumer, read, ends);
                Optional<Deque<V>> earliest = read.values().stream()
                        .filter(waiting -> !waiting.isEmpty())
                        .min(Comparator.comparingLong(waiting -> time.applyAsLong(waiting.getFirst())));
                if (earliest.isEmpty()) {
                    return;
                }
                each.accept(earliest.get().removeFirst());
            }
        }
    }

    /** Reads on until each partition has a value waiting or is at its end; those that have one are not read further. */
    private static <V> void fill(
            KafkaConsumer<String, V> consumer, Map<TopicPartition, Deque<V>> read, Map<TopicPartition, Long> ends) {
        while (true) {
            List<TopicPartition> wanted = read.entrySet().stream()
                    .filter(entry -> entry.getValue().isEmpty())
                    .map(Map.Entry::getKey)
                    .filter(partition -> consumer.position(partition) < ends.get(partition))
                    .toList();
            if (wanted.isEmpty()) {
                return;
            }
            consumer.pause(read.keySet());
            consumer.resume(wanted);
            poll(consumer, record -> {
                if (record.value() != null) {
                    read.get(new TopicPartition(record.topic(), record.partition()))
                            .add(record.value());
                }
            });
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
