package org.slash64.connectors.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.slash64.connectors.file.Feeds.append;
import static org.slash64.connectors.file.Feeds.gzip;
import static org.slash64.connectors.file.Feeds.write;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Logs in gzip files. */
class PackedLogTest {

    @TempDir
    Path dir;

    private final Feeds feeds = new Feeds();

    private static String numbered(int from, int to) {
        StringBuilder text = new StringBuilder();
        IntStream.range(from, to)
                .forEach(i -> text.append("line number ").append(i).append('\n'));
        return text.toString();
    }

    @Test
    void read_gzip_givesItsLines() throws IOException {
        Path packed = gzip(dir.resolve("mail.log.2.gz"), "a\nb\nunterminated");
        Feeds.Run run = feeds.read(packed);
        assertThat(run.lines()).containsExactly("a", "b", "unterminated");
        assertThat(run.feed().totalBytes()).hasValue(Files.size(packed));
        assertThat(run.feed().bytes()).isEqualTo(Files.size(packed));
    }

    @Test
    void read_gzipUnderAnyName_isKnownByItsFirstBytes() throws IOException {
        assertThat(feeds.read(gzip(dir.resolve("mail.old"), "a\nb\n")).lines()).containsExactly("a", "b");
    }

    @Test
    void read_manyBatches_givesEveryLineOnce() throws IOException {
        String text = numbered(0, 3 * Deliveries.BATCH_LINES + 7);
        assertThat(feeds.read(gzip(dir.resolve("big.gz"), text)).lines()).containsExactly(text.split("\n"));
    }

    @Test
    void read_membersOneAfterTheOther_areOneText() throws IOException {
        Path packed = gzip(dir.resolve("mail.gz"), "a\n");
        byte[] second = Files.readAllBytes(gzip(dir.resolve("second.gz"), "b\nc\n"));
        Files.write(packed, second, StandardOpenOption.APPEND);
        assertThat(feeds.read(packed).lines()).containsExactly("a", "b", "c");
    }

    @Test
    void read_packedAfterItWasRead_sendsNothing() throws IOException {
        String text = numbered(0, Deliveries.BATCH_LINES + 10);
        feeds.read(write(dir.resolve("mail.log.1"), text));
        assertThat(feeds.read(gzip(dir.resolve("mail.log.2.gz"), text)).lines()).isEmpty();
    }

    @Test
    void read_packedBeforeItWasReadToItsEnd_sendsTheRest() throws IOException {
        Path log = write(dir.resolve("mail.log"), numbered(0, 20_000));
        feeds.read(log);
        append(log, "late\n");
        Path packed = gzip(dir.resolve("mail.log.1.gz"), Files.readString(log));
        assertThat(feeds.read(packed).lines()).containsExactly("late");
        assertThat(feeds.read(packed).lines()).isEmpty();
    }

    @Test
    void read_otherFileWithTheSameFirstLine_isReadWhole() throws IOException {
        feeds.read(write(dir.resolve("mail.log"), "same\nold\n"));
        assertThat(feeds.read(gzip(dir.resolve("mail.gz"), "same\nnew\n")).lines())
                .containsExactly("same", "new");
    }

    @Test
    void read_brokerIsAway_goesBackInTheText() throws IOException {
        MockProducer<byte[], byte[]> failing = Feeds.producer();
        failing.commitTransactionException = new TimeoutException("no coordinator");
        String text = numbered(0, 2 * Deliveries.BATCH_LINES);
        Feeds.Run run = feeds.read(List.of(failing, Feeds.producer()), gzip(dir.resolve("mail.gz"), text));
        assertThat(run.lines()).containsExactly(text.split("\n"));
    }

    @Test
    void read_cutOffFile_givesWhatThereIs_andNamesIt() throws IOException {
        Path packed = cutOff();
        Feeds.Run run = feeds.read(packed);
        assertThat(run.lines()).isNotEmpty();
        assertThat(run.feed().failure())
                .hasValueSatisfying(e -> assertThat(e)
                        .isInstanceOf(CutOffException.class)
                        .hasMessageContaining(packed.toString())
                        .hasMessageContaining("is cut off after"));
    }

    private Path cutOff() throws IOException {
        Path packed = gzip(dir.resolve("mail.gz"), numbered(0, 50_000));
        byte[] bytes = Files.readAllBytes(packed);
        return Files.write(packed, Arrays.copyOf(bytes, bytes.length - 9));
    }

    @Test
    void read_damagedFile_isNamed() throws IOException {
        Path packed = gzip(dir.resolve("mail.gz"), numbered(0, 50_000));
        byte[] bytes = Files.readAllBytes(packed);
        Arrays.fill(bytes, bytes.length / 2, bytes.length / 2 + 64, (byte) 0xff);
        Files.write(packed, bytes);
        assertThat(feeds.read(packed).feed().failure())
                .hasValueSatisfying(e -> assertThat(e).hasMessageContaining(packed + " is damaged"));
    }

    @Test
    void follow_fileThatIsStillBeingPacked_isReadOnceItIsWhole() throws IOException {
        Path log = write(dir.resolve("mail.log"), "first\n");
        try (Feeds.Run run = feeds.follow(dir.resolve("mail.*"))) {
            run.awaitLines(1);
            String text = numbered(0, 50_000);
            byte[] whole = Files.readAllBytes(gzip(dir.resolve("hidden"), text));
            Path packed = dir.resolve("mail.log.1.gz");
            Files.write(packed, Arrays.copyOf(whole, 5));
            append(log, "second\n");
            run.awaitLines(2);
            Files.write(packed, whole);
            run.awaitLines(50_002);
            assertThat(run.lines().subList(2, 50_002)).containsExactly(text.split("\n"));
            append(log, "third\n");
            assertThat(run.awaitLines(50_003).lines()).endsWith("third");
            assertThat(run.feed().failure()).isEmpty();
        }
    }

    @Test
    void follow_cutOffFile_doesNotEndTheFeed() throws IOException {
        Path log = write(dir.resolve("other.log"), "first\n");
        cutOff();
        try (Feeds.Run run = feeds.follow(log, dir.resolve("mail.gz"))) {
            run.awaitEnd();
            int read = run.lines().size();
            append(log, "second\n");
            assertThat(run.awaitLines(read + 1).lines()).endsWith("second");
            assertThat(run.feed().failure()).isEmpty();
        }
    }

    @Test
    void follow_rotationAndPacking_sendsEveryLineOnce() throws IOException {
        Path log = write(dir.resolve("mail.log"), "a\nb\n");
        Path renamed = dir.resolve("mail.log.1");
        try (Feeds.Run run = feeds.follow(dir.resolve("mail.log*"))) {
            run.awaitLines(2);
            Files.move(log, renamed);
            append(renamed, "c\n");
            write(log, "d\n");
            run.awaitLines(4);
            gzip(dir.resolve("mail.log.2.gz"), Files.readString(renamed));
            Files.delete(renamed);
            append(log, "e\n");
            Files.move(log, renamed);
            write(log, "f\n");
            run.awaitLines(6);
            append(log, "g\n");
            assertThat(run.awaitLines(7).lines()).containsExactlyInAnyOrder("a", "b", "c", "d", "e", "f", "g");
            assertThat(run.feed().failure()).isEmpty();
        }
        assertThat(feeds.read(dir.resolve("mail.log*")).lines()).isEmpty();
    }
}
