package org.slash64.deploy.pipeline;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RecordDeserializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.slash64.schemas.registry.RegistryException;
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
     * Takes the records of all partitions, each in order.
     *
     * @param <V> the values
     */
    public interface Partitions<V> {

        /** A partition will be read. All are told before the first record. */
        void begin(int partition);

        /** How far a partition has come; the one furthest behind is read next, so that all go on together. */
        long reached(int partition);

        /** The next record; no tombstones come. */
        void take(ConsumerRecord<String, V> next);

        /** A partition is read to its end. */
        void end(int partition);
    }

    /** Hands every record over, always of the partition that is furthest behind, so the order is the same each time. */
    public <V> void readTogether(String topic, Deserializer<V> values, Partitions<V> partitions) {
        try (KafkaConsumer<String, V> consumer =
                new KafkaConsumer<>(endpoints.reader(), new StringDeserializer(), values)) {
            SortedMap<Integer, Deque<ConsumerRecord<String, V>>> read = new TreeMap<>();
            consumer.partitionsFor(topic).forEach(info -> read.put(info.partition(), new ArrayDeque<>()));
            consumer.assign(read.keySet().stream()
                    .map(partition -> new TopicPartition(topic, partition))
                    .toList());
            consumer.seekToBeginning(consumer.assignment());
            Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
            read.keySet().forEach(partitions::begin);
            while (!read.isEmpty()) {
                fill(consumer, read, ends);
                List<Integer> ended = read.keySet().stream()
                        .filter(partition -> read.get(partition).isEmpty())
                        .toList();
                ended.forEach(partition -> {
                    read.remove(partition);
                    partitions.end(partition);
                });
                read.keySet().stream()
                        .min(Comparator.comparingLong(partitions::reached))
                        .ifPresent(
                                partition -> partitions.take(read.get(partition).removeFirst()));
            }
        }
    }

    /** Reads on until each partition has a record waiting or is at its end; those that have one are not read further. */
    private static <V> void fill(
            KafkaConsumer<String, V> consumer,
            SortedMap<Integer, Deque<ConsumerRecord<String, V>>> read,
            Map<TopicPartition, Long> ends) {
        while (true) {
            List<TopicPartition> wanted = consumer.assignment().stream()
                    .filter(partition -> read.containsKey(partition.partition())
                            && read.get(partition.partition()).isEmpty()
                            && consumer.position(partition) < ends.get(partition))
                    .toList();
            if (wanted.isEmpty()) {
                return;
            }
            consumer.pause(consumer.assignment());
            consumer.resume(wanted);
            poll(consumer, record -> {
                if (record.value() != null
                        && record.offset() < ends.get(new TopicPartition(record.topic(), record.partition()))) {
                    read.get(record.partition()).add(record);
                }
            });
        }
    }

    /** A record that is not what the topic holds is passed over. Without the registry nobody can say what it is. */
    private static <V> void poll(KafkaConsumer<String, V> consumer, Consumer<ConsumerRecord<String, V>> each) {
        try {
            consumer.poll(POLL).forEach(each);
        } catch (RecordDeserializationException e) {
            if (RegistryException.Unavailable.isCauseOf(e)) {
                throw e;
            }
            LOG.warn("Passed over a record of {} at offset {}: {}", e.topicPartition(), e.offset(), e.getMessage());
            consumer.seek(e.topicPartition(), e.offset() + 1);
        }
    }
}
