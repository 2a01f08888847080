package org.slash64.connectors.file;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.Serializer;
import org.slash64.schemas.DeadLetter;
import org.slash64.schemas.Topics;
import org.slash64.schemas.state.FilePosition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends the lines of logs in transactions, each with the position after it. While the broker is away it waits, and goes on
 * where the last transaction ended. One thread.
 */
final class Deliveries {

    /** At most so many lines are one transaction. */
    static final int BATCH_LINES = 5_000;

    /** No line is begun beyond so many bytes of a transaction. */
    static final long BATCH_BYTES = 8L << 20;

    private static final Logger LOG = LoggerFactory.getLogger(Deliveries.class);

    /** After an error of the broker's. */
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final byte[] host;
    private final Supplier<Producer<byte[], byte[]>> producers;
    private final Supplier<Map<String, FilePosition>> knownPositions;
    private final Serializer<FilePosition> positionBytes;
    private final CountDownLatch closing;
    private final Interruptions interruptions = new Interruptions();
    private final AtomicLong lines = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();
    private Producer<byte[], byte[]> producer;
    private Map<String, FilePosition> positions;

    /**
     * @param host key of all lines
     * @param producers give a transactional producer, always with the same id
     * @param knownPositions where earlier runs came to, by identity
     * @param closing zero when the feed is to end
     */
    Deliveries(
            String host,
            Supplier<Producer<byte[], byte[]>> producers,
            Supplier<Map<String, FilePosition>> knownPositions,
            Serializer<FilePosition> positionBytes,
            CountDownLatch closing) {
        this.host = text(host);
        this.producers = producers;
        this.knownPositions = knownPositions;
        this.positionBytes = positionBytes;
        this.closing = closing;
    }

    /**
     * Makes a producer, by which the fate of the last transaction of one before is settled, and only then reads how far the
     * logs were read.
     */
    void connect() throws InterruptedException {
        while (true) {
            try {
                drop();
                producer = producers.get();
                producer.initTransactions();
                positions = knownPositions.get();
                return;
            } catch (KafkaException e) {
                giveUpOrPause(e);
            }
        }
    }

    /** Without waiting for what is under way. */
    void drop() {
        if (producer != null) {
            producer.close(Duration.ZERO);
        }
    }

    /** Waits for what is under way. */
    void close() {
        producer.close();
    }

    private void giveUpOrPause(KafkaException e) throws InterruptedException {
        if (interruptions.areFinal(e) || closing.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS)) {
            throw e;
        }
        LOG.warn("Reading log files was interrupted and goes on: {}", e.getMessage());
    }

    private interface Transaction {
        boolean send() throws IOException;
    }

    /** Tries again where it is not certain that the transaction was committed, from wherever the log was left then. */
    private boolean commit(OpenLog log, Transaction transaction) throws IOException, InterruptedException {
        while (true) {
            try {
                return transaction.send();
            } catch (KafkaException e) {
                giveUpOrPause(e);
                connect();
                log.seek(this::position);
            }
        }
    }

    private Optional<FilePosition> position(String identity) {
        return Optional.ofNullable(positions.get(identity));
    }

    /** Opens a file where it was left, or at its start. */
    FileLog open(Path path) throws IOException {
        FileLog log = FileLog.open(path, this::position);
        bytes.addAndGet(log.consumed());
        return log;
    }

    /** Begins anew with a file that was truncated. */
    void restart(FileLog log) throws IOException {
        log.seek(this::position);
    }

    /** Lines sent so far in this run. */
    long lines() {
        return lines.get();
    }

    /** Bytes of the files that are behind, those of earlier runs included; of packed ones as they are packed. */
    long bytes() {
        return bytes.get();
    }

    /** Sends what the log has now, batch after batch. */
    void sendLines(OpenLog log) throws IOException, InterruptedException {
        while (closing.getCount() > 0 && commit(log, () -> sendBatch(log))) {
            // batch after batch
        }
    }

    /** One transaction; false where the log had nothing more. */
    private boolean sendBatch(OpenLog log) throws IOException {
        long before = log.consumed();
        Optional<RawLine> first = log.lines().next();
        if (first.isEmpty()) {
            return false;
        }
        producer.beginTransaction();
        Batch batch = sendFrom(log, first);
        FilePosition position = log.position();
        byte[] value = positionBytes.serialize(Topics.FILE_POSITIONS.name(), position);
        post(new ProducerRecord<>(Topics.FILE_POSITIONS.name(), text(log.identity()), value));
        producer.commitTransaction();
        positions.put(log.identity(), position);
        log.passed();
        lines.addAndGet(batch.lines());
        bytes.addAndGet(log.consumed() - before);
        if (batch.fault() != null) {
            throw batch.fault();
        }
        return true;
    }

    /** Lines of one transaction, and why the log could not be read behind them, or null. */
    private record Batch(int lines, IOException fault) {}

    private Batch sendFrom(OpenLog log, Optional<RawLine> first) {
        int count = 0;
        long length = 0;
        Optional<RawLine> line = first;
        while (line.isPresent()) {
            send(log, line.get());
            count++;
            length += line.get().bytes().length;
            try {
                boolean room = count < BATCH_LINES && length < BATCH_BYTES;
                line = room ? log.lines().next() : Optional.empty();
            } catch (IOException e) {
                return new Batch(count, e);
            }
        }
        return new Batch(count, null);
    }

    /**
     * The last line of a log that does not end with a line feed. It may yet be half a line, so the position stays before
     * it, and a later run reads it again; that gives the same event ids, which are handed on once.
     */
    void sendRest(OpenLog log) throws IOException, InterruptedException {
        commit(log, () -> sendLastLine(log));
    }

    private boolean sendLastLine(OpenLog log) throws IOException {
        while (closing.getCount() > 0 && sendBatch(log)) {
            // there are lines before it only after an interruption
        }
        long before = log.consumed();
        Optional<RawLine> rest = log.lines().rest();
        if (rest.isPresent()) {
            producer.beginTransaction();
            send(log, rest.get());
            producer.commitTransaction();
            lines.incrementAndGet();
            bytes.addAndGet(log.consumed() - before);
        }
        return rest.isPresent();
    }

    private void send(OpenLog log, RawLine line) {
        post(
                line.sha256().isEmpty()
                        ? new ProducerRecord<>(Topics.SMTP_LOG.name(), host, line.bytes())
                        : oversized(log, line));
    }

    @SuppressWarnings("FutureReturnValueIgnored") // a send that fails makes the commit fail
    private void post(ProducerRecord<byte[], byte[]> record) {
        producer.send(record);
    }

    private static ProducerRecord<byte[], byte[]> oversized(OpenLog log, RawLine line) {
        String detail = "the line has " + line.length() + " bytes, in " + log.name();
        DeadLetter letter =
                DeadLetter.oversized(line.bytes(), line.length(), line.sha256().orElseThrow(), "TOO_LONG", detail);
        return new ProducerRecord<>(
                Topics.SMTP_DEAD_LETTER.name(), null, (byte[]) null, letter.value(), letter.headers());
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
