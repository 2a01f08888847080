package org.slash64.connectors.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.zip.GZIPOutputStream;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;
import org.slash64.connectors.mta.LogParsers;
import org.slash64.connectors.shipper.ShippedLineParser;
import org.slash64.schemas.Topics;
import org.slash64.schemas.state.FilePosition;

/** Feeds that write into memory and remember their positions from one run to the next. */
final class Feeds {
    private static final Duration WAIT = Duration.ofSeconds(20);
    private static final Serializer<FilePosition> POSITION_BYTES = (topic, position) -> bytes(position.toString());

    /** Of lines that name no host. */
    static final String HOST = "mx1";

    static final LogOrder ORDER = new LogOrder(
            new ShippedLineParser(ZoneOffset.UTC, LogParsers.nativeFormats(ZoneOffset.UTC)), Clock.systemUTC());

    private final Map<String, FilePosition> positions = new HashMap<>();
    private InputStream input = InputStream.nullInputStream();

    /** What standard input is from now on. */
    void input(InputStream stream) {
        input = stream;
    }

    /** A feed and what it has committed. */
    record Run(FileFeed feed, List<MockProducer<byte[], byte[]>> producers) implements AutoCloseable {

        /** The last one. */
        MockProducer<byte[], byte[]> producer() {
            return producers.get(producers.size() - 1);
        }

        List<String> lines() {
            return values(Topics.SMTP_LOG.name());
        }

        List<String> values(String topic) {
            return records(topic).stream()
                    .map(record -> new String(record.value(), StandardCharsets.ISO_8859_1))
                    .toList();
        }

        List<ProducerRecord<byte[], byte[]>> records(String topic) {
            return producers.stream()
                    .flatMap(producer -> producer.history().stream())
                    .filter(record -> record.topic().equals(topic))
                    .toList();
        }

        Run awaitLines(int count) {
            await(() -> lines().size() >= count || feed.failure().isPresent());
            return this;
        }

        Run awaitEnd() {
            await(feed::isAtEnd);
            return this;
        }

        @Override
        public void close() {
            feed.close();
        }
    }

    /** Positions by the hash of the first line, as the feeds leave them. */
    Map<String, FilePosition> positions() {
        return positions;
    }

    static MockProducer<byte[], byte[]> producer() {
        return new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** Reads files to their ends. */
    Run read(Path... paths) throws IOException {
        return read(producer(), paths);
    }

    Run read(MockProducer<byte[], byte[]> producer, Path... paths) throws IOException {
        return read(List.of(producer), paths);
    }

    /** Reads with these producers, one after the other; there must be enough. */
    Run read(List<MockProducer<byte[], byte[]>> producers, Path... paths) throws IOException {
        try (Run run = start(producers, false, paths)) {
            return run.awaitEnd();
        }
    }

    /** Reads files and goes on when they grow; to be closed. */
    Run follow(Path... paths) throws IOException {
        return follow(List.of(producer()), paths);
    }

    /** The same with these producers, one after the other. */
    Run follow(List<MockProducer<byte[], byte[]>> producers, Path... paths) throws IOException {
        return start(producers, true, paths);
    }

    /** To be closed. */
    Run start(List<MockProducer<byte[], byte[]>> producers, boolean follow, Path... paths) throws IOException {
        Iterator<MockProducer<byte[], byte[]>> next = producers.iterator();
        FileFeed.Logs logs = new FileFeed.Logs(LogFiles.of(List.of(paths)), ORDER, follow, HOST, input);
        FileFeed feed = new FileFeed(logs, next::next, () -> positions, POSITION_BYTES);
        feed.start();
        return new Run(feed, producers);
    }

    private static void await(BooleanSupplier condition) {
        Instant deadline = Instant.now().plus(WAIT);
        while (!condition.getAsBoolean()) {
            assertThat(Instant.now()).isBefore(deadline);
            Thread.onSpinWait();
        }
    }

    static Path write(Path file, String text) throws IOException {
        return Files.write(file, bytes(text));
    }

    static Path gzip(Path file, String text) throws IOException {
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write(bytes(text));
        }
        return file;
    }

    static void append(Path file, String text) throws IOException {
        Files.write(file, bytes(text), StandardOpenOption.APPEND);
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
