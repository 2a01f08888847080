package org.slash64.connectors.file;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
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
 * Feeds the lines of files into the topic smtp.log, file after file, then goes round those that grow. Lines and the
 * position after them are one transaction, so that a crash neither loses a line nor sends one twice. While the broker is
 * away the feed waits and goes on where the last transaction ended. Oversized lines go to the dead-letter topic: their
 * first 64 KiB, with length and hash in headers.
 */
public final class FileFeed implements AutoCloseable {

    /** At most so many lines are one transaction. */
    static final int BATCH_LINES = 5_000;

    private static final Logger LOG = LoggerFactory.getLogger(FileFeed.class);
    private static final Duration PAUSE = Duration.ofMillis(200);

    /** After an error of the broker's. */
    private static final Duration LONGER_PAUSE = Duration.ofSeconds(1);

    /**
     * So long a file that was renamed is still read: its writer goes on with it until it is told, which logrotate does in
     * postrotate, after the new file was made.
     */
    private static final Duration LEAVE = Duration.ofMinutes(1);

    /** More files than this are not read after their renaming; the one renamed first gives way. */
    private static final int MAX_LEAVING = 16;

    /** A file that was renamed, and the {@link System#nanoTime()} at which it is left. */
    private record Leaving(OpenLog log, long until) {}

    private final List<Path> paths;
    private final boolean follow;
    private final Supplier<Producer<byte[], byte[]>> producers;
    private final Supplier<Map<String, FilePosition>> knownPositions;
    private final Deque<Leaving> leaving = new ArrayDeque<>();
    private final Serializer<FilePosition> positionBytes;
    private final Interruptions interruptions = new Interruptions();
    private final AtomicLong lines = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicLong totalBytes = new AtomicLong();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final CountDownLatch allRead = new CountDownLatch(1);
    private final Thread thread = new Thread(this::feed, "slash64-files");
    private volatile Optional<Exception> failure = Optional.empty();
    private Producer<byte[], byte[]> producer;
    private Map<String, FilePosition> positions;

    /**
     * @param paths the files, in the order in which they are read
     * @param follow true to go on when the ends are reached, through rotation and truncation
     * @param producers give a transactional producer, always with the same id; owned and closed by the feed
     * @param knownPositions where earlier runs came to, by file identity, all committed transactions included; a map that
     *     the feed may change
     */
    public FileFeed(
            List<Path> paths,
            boolean follow,
            Supplier<Producer<byte[], byte[]>> producers,
            Supplier<Map<String, FilePosition>> knownPositions,
            Serializer<FilePosition> positionBytes) {
        this.paths = List.copyOf(paths);
        this.follow = follow;
        this.producers = producers;
        this.knownPositions = knownPositions;
        this.positionBytes = positionBytes;
    }

    /** Starts to read in a thread of its own. */
    public void start() throws IOException {
        for (Path path : paths) {
            totalBytes.addAndGet(Files.size(path));
        }
        thread.start();
    }

    /** Lines sent so far in this run. */
    public long lines() {
        return lines.get();
    }

    /** Bytes of the files that are behind, those of earlier runs included. */
    public long bytes() {
        return bytes.get();
    }

    /** Size of all files at the start. */
    public long totalBytes() {
        return totalBytes.get();
    }

    /** True once every file was read to its end. */
    public boolean isAtEnd() {
        return allRead.getCount() == 0;
    }

    /** Why reading stopped before its time; empty where it did not. */
    public Optional<Exception> failure() {
        return failure;
    }

    private void feed() {
        List<OpenLog> open = new ArrayList<>();
        try {
            connect();
            for (Path path : paths) {
                OpenLog log = readOnce(path);
                if (follow) {
                    open.add(log);
                } else {
                    log.close(); // there may be more files than a process can hold open
                }
            }
            allRead.countDown();
            while (follow && !closing.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS)) {
                for (int i = 0; i < open.size(); i++) {
                    open.set(i, readOn(open.get(i)));
                }
                readLeaving();
            }
            while (!leaving.isEmpty()) {
                leave();
            }
            for (OpenLog log : open) {
                log.close();
            }
            producer.close();
        } catch (IOException | RuntimeException e) {
            failure = Optional.of(e);
            LOG.error("Reading log files stopped: {}", e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            dropProducer();
            allRead.countDown();
        }
    }

    /**
     * Makes a producer, by which the fate of the last transaction of one before is settled, and only then reads how far the
     * files were read.
     */
    private void connect() throws InterruptedException {
        while (true) {
            try {
                dropProducer();
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
    private void dropProducer() {
        if (producer != null) {
            producer.close(Duration.ZERO);
        }
    }

    private void giveUpOrPause(KafkaException e) throws InterruptedException {
        if (interruptions.areFinal(e) || closing.await(LONGER_PAUSE.toMillis(), TimeUnit.MILLISECONDS)) {
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

    private OpenLog readOnce(Path path) throws IOException, InterruptedException {
        OpenLog log = OpenLog.open(path, this::position);
        bytes.addAndGet(log.lines().offset());
        sendLines(log);
        if (!follow) {
            sendRest(log);
        }
        return log;
    }

    /** In following: the rest of what a path leads to now, which may be another file than before. */
    private OpenLog readOn(OpenLog log) throws IOException, InterruptedException {
        boolean replaced = log.isReplaced();
        if (log.isTruncated()) {
            LOG.info("{} was truncated; reading it from its start", log.path());
            log.close();
            OpenLog again = OpenLog.open(log.path(), this::position);
            sendLines(again);
            return again;
        }
        sendLines(log);
        if (!replaced) {
            return log;
        }
        leaving.addLast(new Leaving(log, System.nanoTime() + LEAVE.toNanos()));
        LOG.info("{} was rotated; reading the new file too", log.path());
        OpenLog fresh = OpenLog.open(log.path(), this::position);
        sendLines(fresh);
        return fresh;
    }

    private void readLeaving() throws IOException, InterruptedException {
        for (Leaving renamed : leaving) {
            sendLines(renamed.log());
        }
        while (leaving.size() > MAX_LEAVING
                || (!leaving.isEmpty() && System.nanoTime() - leaving.getFirst().until() > 0)) {
            leave();
        }
    }

    private void leave() throws IOException, InterruptedException {
        try (OpenLog log = leaving.removeFirst().log()) {
            sendRest(log);
        }
    }

    private Optional<FilePosition> position(String identity) {
        return Optional.ofNullable(positions.get(identity));
    }

    private void sendLines(OpenLog log) throws IOException, InterruptedException {
        while (closing.getCount() > 0 && commit(log, () -> sendBatch(log))) {
            // batch after batch
        }
    }

    /** One transaction; false where the file had nothing more. */
    private boolean sendBatch(OpenLog log) throws IOException {
        Optional<RawLine> line = log.lines().next();
        if (line.isEmpty()) {
            return false;
        }
        producer.beginTransaction();
        int count = 0;
        long length = 0;
        while (line.isPresent()) {
            send(log, line.get());
            count++;
            length += line.get().length() + 1;
            line = count < BATCH_LINES ? log.lines().next() : Optional.empty();
        }
        FilePosition position = log.position();
        byte[] value = positionBytes.serialize(Topics.FILE_POSITIONS.name(), position);
        post(new ProducerRecord<>(Topics.FILE_POSITIONS.name(), text(log.identity()), value));
        producer.commitTransaction();
        positions.put(log.identity(), position);
        lines.addAndGet(count);
        bytes.addAndGet(length);
        return true;
    }

    /**
     * The last line of a file that does not end with a line feed. It may yet be half a line, so the position stays before
     * it, and a later run reads it again; that gives the same event ids, which are handed on once.
     */
    private void sendRest(OpenLog log) throws IOException, InterruptedException {
        commit(log, () -> sendLastLine(log));
    }

    private boolean sendLastLine(OpenLog log) throws IOException {
        while (closing.getCount() > 0 && sendBatch(log)) {
            // there are lines before it only after an interruption
        }
        Optional<RawLine> rest = log.lines().rest();
        if (rest.isPresent()) {
            producer.beginTransaction();
            send(log, rest.get());
            producer.commitTransaction();
            lines.incrementAndGet();
            bytes.addAndGet(rest.get().length() + 1);
        }
        return rest.isPresent();
    }

    private void send(OpenLog log, RawLine line) {
        post(
                line.sha256().isEmpty()
                        ? new ProducerRecord<>(Topics.SMTP_LOG.name(), line.bytes())
                        : oversized(log, line));
    }

    @SuppressWarnings("FutureReturnValueIgnored") // a send that fails makes the commit fail
    private void post(ProducerRecord<byte[], byte[]> record) {
        producer.send(record);
    }

    private static ProducerRecord<byte[], byte[]> oversized(OpenLog log, RawLine line) {
        String detail = "the line has " + line.length() + " bytes, in " + log.path();
        DeadLetter letter =
                DeadLetter.oversized(line.bytes(), line.length(), line.sha256().orElseThrow(), "TOO_LONG", detail);
        return new ProducerRecord<>(
                Topics.SMTP_DEAD_LETTER.name(), null, (byte[]) null, letter.value(), letter.headers());
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Stops after the transaction under way. */
    @Override
    public void close() {
        closing.countDown();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
