package org.slash64.connectors.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.serialization.Serializer;
import org.slash64.schemas.state.FilePosition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Feeds the lines of logs into the topic smtp.log, file after file and then standard input, and goes round the files that
 * grow. Lines and the position after them are one transaction, so that a crash neither loses a line nor sends one twice;
 * only of standard input no position outlives the run. While the broker is away the feed waits and goes on where the last
 * transaction ended. Oversized lines go to the dead-letter topic: their first 64 KiB, with length and hash in headers.
 */
public final class FileFeed implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(FileFeed.class);
    private static final Duration PAUSE = Duration.ofMillis(200);

    /**
     * What is read.
     *
     * @param files what was named
     * @param order in which they are read
     * @param follow true to go on when the ends are reached, through rotation and truncation
     * @param host the logging host of lines that name none: the key of all records, so that they keep their order
     * @param input standard input
     */
    public record Logs(LogFiles files, LogOrder order, boolean follow, String host, InputStream input) {}

    private final Logs logs;
    private final Deliveries deliveries;
    private final FollowedLogs followed;
    private final AtomicLong totalBytes = new AtomicLong();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final CountDownLatch allRead = new CountDownLatch(1);
    private final Thread thread = new Thread(this::feed, "slash64-files");
    private List<Path> present = List.of();
    private volatile Optional<Exception> failure = Optional.empty();

    /**
     * @param producers give a transactional producer, always with the same id; owned and closed by the feed
     * @param knownPositions where earlier runs came to, by file identity, all committed transactions included; a map that
     *     the feed may change
     */
    public FileFeed(
            Logs logs,
            Supplier<Producer<byte[], byte[]>> producers,
            Supplier<Map<String, FilePosition>> knownPositions,
            Serializer<FilePosition> positionBytes) {
        this.logs = logs;
        this.deliveries = new Deliveries(logs.host(), producers, knownPositions, positionBytes, closing);
        this.followed = new FollowedLogs(logs.files(), logs.order(), deliveries);
    }

    /**
     * Starts to read in a thread of its own.
     *
     * @throws IOException naming a log that cannot be read
     */
    public void start() throws IOException {
        present = logs.order().sorted(logs.files().require());
        for (Path path : present) {
            totalBytes.addAndGet(Files.size(path));
        }
        thread.start();
    }

    /** Lines sent so far in this run. */
    public long lines() {
        return deliveries.lines();
    }

    /** Bytes of the files that are behind, those of earlier runs included; of packed ones as they are packed. */
    public long bytes() {
        return deliveries.bytes();
    }

    /** Size of all files at the start; empty where standard input is read, of which nobody knows. */
    public OptionalLong totalBytes() {
        return logs.files().standardInput() ? OptionalLong.empty() : OptionalLong.of(totalBytes.get());
    }

    /** True once every log was read to its end. */
    public boolean isAtEnd() {
        return allRead.getCount() == 0;
    }

    /** Why reading stopped before its time; empty where it did not. */
    public Optional<Exception> failure() {
        return failure;
    }

    private void feed() {
        try {
            deliveries.connect();
            if (logs.follow()) {
                follow();
            } else {
                readOnce();
            }
            deliveries.close();
        } catch (IOException | RuntimeException e) {
            failure = Optional.of(e);
            LOG.error("Reading log files stopped: {}", e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            deliveries.drop();
            allRead.countDown();
        }
    }

    /** One file open at a time: there may be more than a process can hold. */
    private void readOnce() throws IOException, InterruptedException {
        for (Path path : present) {
            try (FileLog log = deliveries.open(path)) {
                deliveries.sendLines(log);
                deliveries.sendRest(log);
            }
        }
        if (logs.files().standardInput()) {
            try (InputLog input = openInput()) {
                while (isOpen() && !readOn(input)) {
                    // until its end
                }
            }
        }
    }

    private void follow() throws IOException, InterruptedException {
        followed.begin(present);
        allRead.countDown();
        Optional<InputLog> input = logs.files().standardInput() ? Optional.of(openInput()) : Optional.empty();
        while (isOpen()) {
            followed.read();
            if (input.isPresent() && readOn(input.get())) {
                input.get().close();
                input = Optional.empty();
            }
            closing.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
        }
        followed.close();
        if (input.isPresent()) {
            input.get().close();
        }
    }

    private InputLog openInput() {
        return new InputLog(InputContent.of(logs.input()));
    }

    /** Sends what standard input has now; true at its end. */
    private boolean readOn(InputLog input) throws IOException, InterruptedException {
        deliveries.sendLines(input);
        if (input.ended() && isOpen()) {
            deliveries.sendRest(input);
        }
        return input.ended();
    }

    private boolean isOpen() {
        return closing.getCount() > 0;
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
