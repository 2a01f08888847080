package org.slash64.connectors.observed;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.slash64.connectors.milter.Observations;
import org.slash64.connectors.milter.Observed;
import org.slash64.schemas.Topics;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends what the milter saw to the topic smtp.log, under the host as the key, in a thread of its own. Mail never waits for
 * Kafka: what does not fit in is refused.
 */
public final class ObservedTopic implements Observations, AutoCloseable {

    /** With {@link Producer}'s own buffer behind it: some seconds of a busy mail server. */
    private static final int MOST_WAITING = 10_000;

    /** Senders choose how long most of a line is. */
    private static final long MOST_BYTES = 32L << 20;

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Line(byte[] key, byte[] text) {}

    private static final Duration LOOK = Duration.ofMillis(200);
    private static final Duration LAST_SENDS = Duration.ofSeconds(5);

    private static final Logger LOG = LoggerFactory.getLogger(ObservedTopic.class);

    private final Producer<byte[], byte[]> producer;
    private final ObservedLines lines;
    private final BlockingQueue<Line> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
    private final AtomicLong bytes = new AtomicLong();
    private final LongAdder failed = new LongAdder();
    private final Thread thread = new Thread(this::send, "slash64-observed");
    private volatile boolean closing;

    /** @param producer owned and closed by this */
    public ObservedTopic(Producer<byte[], byte[]> producer, ObservedLines lines) {
        this.producer = producer;
        this.lines = lines;
        thread.start();
    }

    @Override
    public boolean offer(Observed observed) {
        if (closing || bytes.get() > MOST_BYTES) {
            return false;
        }
        Line line = new Line(lines.host(observed).getBytes(StandardCharsets.UTF_8), lines.line(observed));
        bytes.addAndGet(line.text().length);
        boolean taken = waiting.offer(line);
        if (!taken) {
            bytes.addAndGet(-line.text().length);
        }
        return taken;
    }

    /** Observations that were taken and that Kafka did not take. */
    public long failed() {
        return failed.sum();
    }

    private void send() {
        try {
            while (!closing || !waiting.isEmpty()) {
                Line next = waiting.poll(LOOK.toMillis(), TimeUnit.MILLISECONDS);
                if (next != null) {
                    bytes.addAndGet(-next.text().length);
                    send(next);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            producer.close(LAST_SENDS);
        }
    }

    /** Kafka's client tries again by itself, for as long as it is told to. */
    @SuppressWarnings("FutureReturnValueIgnored") // the callback tells
    private void send(Line line) {
        try {
            producer.send(new ProducerRecord<>(Topics.SMTP_LOG.name(), line.key(), line.text()), (sent, error) -> {
                if (error != null) {
                    failed(error);
                }
            });
        } catch (RuntimeException e) {
            failed(e);
        }
    }

    private void failed(Exception error) {
        failed.increment();
        LOG.warn("What the milter saw could not be sent to {}: {}", Topics.SMTP_LOG.name(), error.getMessage());
    }

    /** Sends what is waiting, for a few seconds at most. */
    @Override
    public void close() {
        closing = true;
        try {
            thread.join(LAST_SENDS.multipliedBy(2).toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (thread.isAlive()) {
            thread.interrupt();
        }
    }
}
