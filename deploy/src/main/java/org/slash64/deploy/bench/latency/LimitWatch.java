package org.slash64.deploy.bench.latency;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.slash64.deploy.bench.Histogram;
import org.slash64.deploy.bench.Latencies;
import org.slash64.deploy.pipeline.Endpoints;
import org.slash64.schemas.LimitDecision;
import org.slash64.schemas.Topics;
import org.slash64.schemas.registry.AvroSerde;
import org.slash64.schemas.registry.RegistryClient;

/** Reads prefix.limits, committed records alone, and times those that are waited for. */
final class LimitWatch implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration STEP = Duration.ofMillis(1);
    private static final long LOOK = TimeUnit.MILLISECONDS.toNanos(20);

    private final RegistryClient registry;
    private final KafkaConsumer<String, LimitDecision> consumer;
    private final Map<String, Long> expected = new ConcurrentHashMap<>();
    private final AtomicReference<RuntimeException> failure = new AtomicReference<>();
    private final Thread thread = new Thread(this::watch, "bench-limits");
    private Histogram histogram = new Histogram(STEP);
    private volatile boolean open = true;

    private LimitWatch(RegistryClient registry, KafkaConsumer<String, LimitDecision> consumer) {
        this.registry = registry;
        this.consumer = consumer;
    }

    /** Begins with what is written from now on. */
    static LimitWatch start(Endpoints endpoints) {
        RegistryClient registry = endpoints.registry();
        KafkaConsumer<String, LimitDecision> consumer = new KafkaConsumer<>(
                endpoints.reader(),
                new StringDeserializer(),
                AvroSerde.forTopic(Topics.PREFIX_LIMITS, registry).deserializer());
        List<TopicPartition> partitions = consumer.partitionsFor(Topics.PREFIX_LIMITS.name()).stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        partitions.forEach(consumer::position); // asks where the end is now
        LimitWatch watch = new LimitWatch(registry, consumer);
        watch.thread.setDaemon(true);
        watch.thread.start();
        return watch;
    }

    private void watch() {
        try (consumer) {
            while (open) {
                for (ConsumerRecord<String, LimitDecision> record : consumer.poll(POLL)) {
                    if (record.value() != null && record.value().getLimited()) {
                        seen(record.key(), System.nanoTime());
                    }
                }
            }
        } catch (KafkaException e) { // told by await
            failure.set(e);
        }
    }

    /** The first record of a limit counts, later ones of the same tell the same again. */
    void seen(String limit, long nanos) {
        Long since = expected.remove(limit);
        if (since != null) {
            synchronized (this) {
                histogram.add(nanos - since);
            }
        }
    }

    /**
     * From now on waits for a limit.
     *
     * @param limit its key
     * @param since as {@link System#nanoTime()} has it
     */
    void expect(String limit, long since) {
        expected.put(limit, since);
    }

    /**
     * Waits for all that are expected, and forgets what was timed.
     *
     * @param elapsed over which they were sent
     * @throws IOException where some have not come in time
     */
    Latencies await(Duration elapsed, Duration patience) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (!expected.isEmpty()) {
            if (failure.get() != null) {
                throw new IOException("limits cannot be read: " + failure.get().getMessage(), failure.get());
            }
            if (System.nanoTime() - deadline > 0) {
                throw new IOException(expected.size() + " bursts have led to no limit after " + patience);
            }
            if (Thread.interrupted()) {
                throw new InterruptedException("interrupted");
            }
            LockSupport.parkNanos(LOOK);
        }
        synchronized (this) {
            Latencies latencies = histogram.latencies(elapsed);
            histogram = new Histogram(STEP);
            return latencies;
        }
    }

    @Override
    public void close() throws IOException {
        open = false;
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        registry.close();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
