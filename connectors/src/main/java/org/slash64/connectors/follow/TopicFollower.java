package org.slash64.connectors.follow;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RecordDeserializationException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.WakeupException;
import org.slash64.schemas.Topic;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands the records of some topics to a {@link Follower}, from their beginning on unless it wants only the last, and for as
 * long as it runs, in a thread of its own. Where Kafka cannot be reached it goes on trying; then nothing is {@link Follower#caughtUp caught up}.
 */
public final class TopicFollower implements AutoCloseable {

    /** Keeps in memory what topics say. All calls come from one thread. */
    public interface Follower {

        /**
         * Takes the next record.
         *
         * @param key null where the record has none
         * @param value null for a tombstone
         */
        void take(String topic, String key, SpecificRecord value);

        /** So many of the last records of each partition of a topic are wanted; all unless said otherwise. */
        default long wanted(String topic) {
            return Long.MAX_VALUE;
        }

        /** All that was committed by this instant has been taken. Comes again and again, also where nothing is new. */
        void caughtUp(Instant asOf);
    }

    private static final Logger LOG = LoggerFactory.getLogger(TopicFollower.class);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration LAST_LOOK = Duration.ofSeconds(5);

    private final Consumer<String, SpecificRecord> consumer;
    private final List<String> topics;
    private final Follower follower;
    private final Clock clock;
    private final Thread thread;
    private volatile boolean closing;

    /**
     * @param name of what follows, for the thread and the log
     * @param consumer without a group, reads committed records only, by {@link FollowedRecords}; owned and closed by this
     */
    public TopicFollower(
            String name,
            Consumer<String, SpecificRecord> consumer,
            List<Topic<?>> topics,
            Follower follower,
            Clock clock) {
        this.consumer = consumer;
        this.topics = topics.stream().map(Topic::name).toList();
        this.follower = follower;
        this.clock = clock;
        this.thread = new Thread(this::follow, "slash64-" + name);
    }

    /** Starts the thread. */
    public void start() {
        thread.start();
    }

    private void follow() {
        try (consumer) {
            while (!begin()) {
                LOG.warn("{}: the topics {} cannot be read yet", thread.getName(), topics);
                if (closing) {
                    return;
                }
            }
            while (!closing) {
                step();
            }
            Instant end = clock.instant().plus(LAST_LOOK);
            while (!step() && clock.instant().isBefore(end)) {
                LOG.debug("{} reads to the end", thread.getName());
            }
        } catch (WakeupException e) {
            LOG.debug("{} is closed", thread.getName());
        } catch (RuntimeException e) {
            LOG.error("{} no longer follows {}: {}", thread.getName(), topics, e.getMessage(), e);
        }
    }

    private boolean begin() {
        try {
            consumer.assign(topics.stream()
                    .flatMap(topic -> consumer.partitionsFor(topic).stream())
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList());
            consumer.seekToBeginning(consumer.assignment());
            consumer.endOffsets(consumer.assignment()).forEach(this::skipUnwanted);
            return true;
        } catch (RetriableException e) {
            return false;
        }
    }

    private void skipUnwanted(TopicPartition partition, long end) {
        long start = end - follower.wanted(partition.topic());
        if (start > consumer.position(partition)) {
            consumer.seek(partition, start);
        }
    }

    /** True where the ends of the topics were reached. */
    private boolean step() {
        try {
            poll();
            Instant now = clock.instant();
            if (isAtEnd()) {
                follower.caughtUp(now);
                return true;
            }
        } catch (RetriableException e) {
            LOG.warn("{}: {}", thread.getName(), e.getMessage());
        }
        return false;
    }

    /** A record that is not what its topic holds is passed over: it must not keep the others from being followed. */
    private void poll() {
        try {
            consumer.poll(POLL).forEach(record -> follower.take(record.topic(), record.key(), record.value()));
        } catch (RecordDeserializationException e) {
            LOG.warn("Passed over a record of {} at offset {}: {}", e.topicPartition(), e.offset(), e.getMessage());
            consumer.seek(e.topicPartition(), e.offset() + 1);
        }
    }

    private boolean isAtEnd() {
        Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
        return ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
    }

    /** Reads the topics to their ends, and stops. */
    @Override
    public void close() {
        closing = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
