package org.slash64.deploy.it;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slash64.deploy.pipeline.Endpoints;
import org.slash64.deploy.pipeline.TopicReader;
import org.slash64.schemas.Topic;
import org.slash64.schemas.Topics;

/** Waits for a topic to hold what is expected. */
final class Watch {

    private static final Duration MOST = Duration.ofMinutes(3);
    private static final Duration POLL = Duration.ofMillis(50);

    private Watch() {}

    /** How many records a topic has got, committed, until now. */
    static long count(Endpoints endpoints, Topic<?> topic) {
        AtomicLong count = new AtomicLong();
        new TopicReader(endpoints).read(topic.name(), new ByteArrayDeserializer(), record -> count.incrementAndGet());
        return count.get();
    }

    /** Returns when so many events are there, committed, with how many then were. */
    static long awaitEvents(Endpoints endpoints, long number) throws TimeoutException {
        return await(endpoints, Topics.SMTP_EVENTS, number);
    }

    /** Returns when a topic has got so many records, committed, with how many it then had. */
    static long await(Endpoints endpoints, Topic<?> topic, long number) throws TimeoutException {
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(endpoints.reader(), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            long deadline = System.nanoTime() + MOST.toNanos();
            List<TopicPartition> partitions = partitions(consumer, topic, deadline);
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            long seen = 0;
            for (; seen < number; seen += consumer.poll(POLL).count()) {
                if (System.nanoTime() > deadline) {
                    throw new TimeoutException(topic.name() + " has " + seen + " records, not " + number);
                }
            }
            return seen;
        }
    }

    /** A program that has just been started makes its topics first. */
    private static List<TopicPartition> partitions(KafkaConsumer<?, ?> consumer, Topic<?> topic, long deadline)
            throws TimeoutException {
        List<PartitionInfo> found;
        do {
            if (System.nanoTime() > deadline) {
                throw new TimeoutException("there is no topic " + topic.name());
            }
            found = consumer.partitionsFor(topic.name(), POLL.multipliedBy(20));
        } while (found.isEmpty());
        return found.stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
    }
}
