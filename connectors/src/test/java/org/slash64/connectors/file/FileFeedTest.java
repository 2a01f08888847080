package org.slash64.connectors.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.slash64.connectors.file.Feeds.append;
import static org.slash64.connectors.file.Feeds.bytes;
import static org.slash64.connectors.file.Feeds.producer;
import static org.slash64.connectors.file.Feeds.write;

import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TransactionalIdAuthorizationException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slash64.schemas.Sha256;
import org.slash64.schemas.Topics;
import org.slash64.schemas.state.FilePosition;

class FileFeedTest {
    private static final String POSITIONS = Topics.FILE_POSITIONS.name();

    @TempDir
    Path dir;

    private final Feeds feeds = new Feeds();

    private Path log(String text) throws IOException {
        return write(dir.resolve("mail.log"), text);
    }

    @Test
    void read_files_inTheirOrder() throws IOException {
        Path first = write(dir.resolve("mail.log.1"), "a\nb\n");
        Feeds.Run run = feeds.read(first, log("c\nd\n"));
        assertThat(run.lines()).containsExactly("a", "b", "c", "d");
        assertThat(run.feed().failure()).isEmpty();
        assertThat(run.feed().lines()).isEqualTo(4);
        assertThat(run.feed().bytes()).isEqualTo(8);
        assertThat(run.feed().totalBytes()).hasValue(8);
        assertThat(run.producer().closed()).isTrue();
    }

    @Test
    void read_binaryGarbage_isSentAsItIs() throws IOException {
        assertThat(feeds.read(log("\0\u0001\u00ff\r\n\n\u00c3(\n")).lines())
                .containsExactly("\0\u0001\u00ff\r", "", "\u00c3(");
    }

    @Test
    void read_position_isKeptUnderTheFirstLinesHash() throws IOException {
        Path log = log("first\nsecond\n");
        List<ProducerRecord<byte[], byte[]>> sent = feeds.read(log).records(POSITIONS);
        FilePosition position = new FilePosition(log.toString(), 13L, Sha256.hex(bytes("first\nsecond\n")));
        assertThat(sent).hasSize(1);
        assertThat(sent.get(0).key()).isEqualTo(bytes(Sha256.hex(bytes("first"))));
        assertThat(sent.get(0).value()).isEqualTo(bytes(position.toString()));
        assertThat(feeds.positions().values()).containsExactly(position);
    }

    @Test
    void read_lines_haveTheirHostAsKey() throws IOException {
        assertThat(feeds.read(log("a\nb\n")).records(Topics.SMTP_LOG.name()))
                .hasSize(2)
                .allSatisfy(record -> assertThat(record.key()).isEqualTo(bytes(Feeds.HOST)));
    }

    @Test
    void read_again_sendsNothing() throws IOException {
        Path log = log("a\nb\n");
        feeds.read(log);
        Feeds.Run again = feeds.read(log);
        assertThat(again.producer().history()).isEmpty();
        assertThat(again.feed().bytes()).isEqualTo(4);
    }

    @Test
    void read_againAfterMoreCame_sendsTheRest() throws IOException {
        Path log = log("a\nb\n");
        feeds.read(log);
        append(log, "c\n");
        assertThat(feeds.read(log).lines()).containsExactly("c");
    }

    @Test
    void read_underAnotherName_goesOnWhereItWas() throws IOException {
        Path log = log("a\nb\n");
        feeds.read(log);
        append(log, "c\n");
        Path renamed = Files.move(log, dir.resolve("mail.log.1"));
        assertThat(feeds.read(renamed, log("x\n")).lines()).containsExactly("c", "x");
    }

    @Test
    void read_rewrittenWithTheSameFirstLine_startsAgain() throws IOException {
        feeds.read(log("first\nold\n"));
        assertThat(feeds.read(log("first\nnew\nmore\n")).lines()).containsExactly("first", "new", "more");
    }

    @Test
    void read_shortenedWithTheSameFirstLine_startsAgain() throws IOException {
        feeds.read(log("first\nsecond\nthird\n"));
        assertThat(feeds.read(log("first\n")).lines()).containsExactly("first");
    }

    @Test
    void read_otherFileUnderTheSameName_startsAtItsStart() throws IOException {
        feeds.read(log("a\nb\n"));
        assertThat(feeds.read(log("other\nb\n")).lines()).containsExactly("other", "b");
    }

    @Test
    void read_unterminatedLine_isSentButNotPassed() throws IOException {
        Path log = log("a\nbe");
        assertThat(feeds.read(log).lines()).containsExactly("a", "be");
        append(log, "ta\nc\n");
        assertThat(feeds.read(log).lines()).containsExactly("beta", "c");
        assertThat(feeds.read(log).lines()).isEmpty();
    }

    @Test
    void read_unterminatedFirstLine_isReadAgainWhole() throws IOException {
        Path log = log("al");
        assertThat(feeds.read(log).lines()).containsExactly("al");
        append(log, "pha\n");
        assertThat(feeds.read(log).lines()).containsExactly("alpha");
        assertThat(feeds.read(log).lines()).isEmpty();
    }

    @Test
    void read_emptyFile_thenFilled_readsItAll() throws IOException {
        Path log = log("");
        assertThat(feeds.read(log).producer().history()).isEmpty();
        append(log, "a\n");
        assertThat(feeds.read(log).lines()).containsExactly("a");
        assertThat(feeds.read(log).lines()).isEmpty();
    }

    @Test
    void read_batches_areTransactionsWithTheirPosition() throws IOException {
        int count = 2 * Deliveries.BATCH_LINES + 1;
        String[] lines = IntStream.range(0, count).mapToObj(Integer::toString).toArray(String[]::new);
        Feeds.Run run = feeds.read(log(String.join("\n", lines) + "\n"));
        assertThat(run.lines()).containsExactly(lines);
        assertThat(run.producer().commitCount()).isEqualTo(3);
        List<String> topics =
                run.producer().history().stream().map(ProducerRecord::topic).toList();
        assertThat(List.of(
                        topics.indexOf(POSITIONS),
                        topics.subList(Deliveries.BATCH_LINES + 1, topics.size())
                                .indexOf(POSITIONS),
                        topics.lastIndexOf(POSITIONS)))
                .containsExactly(Deliveries.BATCH_LINES, Deliveries.BATCH_LINES, count + 2);
    }

    @Test
    void read_oversizedLine_isADeadLetter() throws IOException {
        String tooLong = "m".repeat(100_000);
        Path log = log("a\n" + tooLong + "\nb\n");
        Feeds.Run run = feeds.read(log);
        assertThat(run.lines()).containsExactly("a", "b");
        ProducerRecord<byte[], byte[]> letter =
                run.records(Topics.SMTP_DEAD_LETTER.name()).get(0);
        assertThat(letter.value()).isEqualTo(bytes(tooLong.substring(0, LineReader.MAX_LINE_BYTES)));
        TreeMap<String, String> headers = new TreeMap<>();
        letter.headers().forEach(h -> headers.put(h.key(), new String(h.value(), StandardCharsets.UTF_8)));
        assertThat(headers)
                .containsEntry("reason", "TOO_LONG")
                .containsEntry("detail", "the line has 100000 bytes, in " + log)
                .containsEntry("length", "100000")
                .containsEntry("sha256", Sha256.hex(bytes(tooLong)));
    }

    @Test
    void read_brokerIsAwayAtTheCommit_goesOnWithAnotherProducer() throws IOException {
        MockProducer<byte[], byte[]> failing = producer();
        failing.commitTransactionException = new TimeoutException("no coordinator");
        MockProducer<byte[], byte[]> neverUp = producer();
        neverUp.initTransactionException = new TimeoutException("still none");
        Feeds.Run run = feeds.read(List.of(failing, neverUp, producer()), log("a\nb\nend"));
        assertThat(run.lines()).containsExactly("a", "b", "end");
        assertThat(run.feed().failure()).isEmpty();
        assertThat(run.feed().lines()).isEqualTo(3);
        assertThat(run.producers()).allMatch(MockProducer::closed);
    }

    @Test
    void read_commitThatWasNotAnswered_isNotRepeatedIfItHappened() throws IOException {
        Path log = log("a\nb\n");
        feeds.read(log);
        Map<String, FilePosition> committed = Map.copyOf(feeds.positions());
        feeds.positions().clear();
        MockProducer<byte[], byte[]> unanswered =
                new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer()) {
                    @Override
                    public void commitTransaction() {
                        super.commitTransaction();
                        feeds.positions().putAll(committed);
                        throw new TimeoutException("no answer");
                    }
                };
        Feeds.Run run = feeds.read(List.of(unanswered, producer()), log);
        assertThat(run.lines()).containsExactly("a", "b");
        assertThat(run.feed().failure()).isEmpty();
    }

    @Test
    void follow_brokerIsAwayWhileFilesAreRotated_losesAndRepeatsNothing() throws IOException {
        Path log = log("a\n");
        MockProducer<byte[], byte[]> first = producer();
        try (Feeds.Run run = feeds.follow(List.of(first, producer()), log)) {
            run.awaitLines(1);
            first.commitTransactionException = new TimeoutException("no coordinator");
            append(log, "b\n");
            Files.move(log, dir.resolve("mail.log.1"));
            log("c\n");
            assertThat(run.awaitLines(3).lines()).containsExactly("a", "b", "c");
            assertThat(run.feed().failure()).isEmpty();
        }
    }

    @Test
    void interruptions_inQuickSuccession_areFinal() {
        Interruptions interruptions = new Interruptions();
        for (int i = 0; i < Interruptions.MOST; i++) {
            assertThat(interruptions.areFinal(new TimeoutException("away"))).isFalse();
        }
        assertThat(interruptions.areFinal(new TimeoutException("away"))).isTrue();
    }

    @Test
    void read_commitFails_surfacesAndKeepsNoPosition() throws IOException {
        Path log = log("a\nb\n");
        MockProducer<byte[], byte[]> failing = producer();
        failing.commitTransactionException = new TransactionalIdAuthorizationException("not yours");
        Feeds.Run run = feeds.read(failing, log);
        assertThat(run.feed().failure()).containsInstanceOf(KafkaException.class);
        assertThat(run.feed().isAtEnd()).isTrue();
        assertThat(failing.history()).isEmpty();
        assertThat(failing.closed()).isTrue();
        assertThat(feeds.positions()).isEmpty();
        assertThat(feeds.read(log).lines()).containsExactly("a", "b");
    }

    @Test
    void read_brokerRefusesTheProducer_surfaces() throws IOException {
        MockProducer<byte[], byte[]> failing = producer();
        failing.initTransactionException = new TransactionalIdAuthorizationException("no coordinator");
        assertThat(feeds.read(failing, log("a\n")).feed().failure())
                .hasValueSatisfying(e -> assertThat(e).hasMessage("no coordinator"));
    }

    @Test
    void start_missingFile_saysWhich() {
        Path missing = dir.resolve("missing.log");
        assertThatThrownBy(() -> feeds.read(missing))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessageContaining(missing.toString());
    }

    @Test
    void follow_growingFile_sendsWholeLinesOnly() throws IOException {
        Path log = log("a\nb");
        try (Feeds.Run run = feeds.follow(log)) {
            assertThat(run.awaitLines(1).lines()).containsExactly("a");
            append(log, "eta\nc");
            assertThat(run.awaitLines(2).lines()).containsExactly("a", "beta");
            append(log, "\n");
            assertThat(run.awaitLines(3).lines()).containsExactly("a", "beta", "c");
        }
        assertThat(feeds.read(log).lines()).isEmpty();
    }

    @Test
    void follow_emptyFileThatGrows_isKnownAgainLater() throws IOException {
        Path log = log("");
        try (Feeds.Run run = feeds.follow(log)) {
            append(log, "a\nb\n");
            assertThat(run.awaitLines(2).lines()).containsExactly("a", "b");
        }
        assertThat(feeds.positions()).containsOnlyKeys(Sha256.hex(bytes("a")));
        assertThat(feeds.read(log).lines()).isEmpty();
    }

    @Test
    void follow_rotationByRename_losesAndRepeatsNothing() throws IOException {
        Path log = log("a\nb\n");
        Path old = dir.resolve("mail.log.1");
        try (Feeds.Run run = feeds.follow(log)) {
            run.awaitLines(2);
            Files.move(log, old);
            append(old, "c\nunfin"); // by a daemon that was not told yet
            log("d\n");
            assertThat(run.awaitLines(4).lines()).containsExactly("a", "b", "c", "d");
            append(old, "ished\n");
            assertThat(run.awaitLines(5).lines()).endsWith("unfinished");
            append(log, "e\n");
            assertThat(run.awaitLines(6).lines()).endsWith("e");
            assertThat(run.feed().failure()).isEmpty();
        }
    }

    @Test
    void follow_rotationToAnEmptyFile_readsItWhenItGrows() throws IOException {
        Path log = log("a\n");
        try (Feeds.Run run = feeds.follow(log)) {
            run.awaitLines(1);
            Files.move(log, dir.resolve("mail.log.1"));
            log("");
            append(log, "b\n");
            assertThat(run.awaitLines(2).lines()).containsExactly("a", "b");
        }
    }

    @Test
    void follow_newFileOfAPattern_isRead() throws IOException {
        Path log = log("a\n");
        try (Feeds.Run run = feeds.follow(dir.resolve("*.log"))) {
            run.awaitLines(1);
            Path other = write(dir.resolve("other.log"), "b\n");
            run.awaitLines(2);
            append(other, "c\n");
            run.awaitLines(3);
            append(log, "d\n");
            assertThat(run.awaitLines(4).lines()).containsExactly("a", "b", "c", "d");
            assertThat(run.feed().failure()).isEmpty();
        }
    }

    @Test
    void follow_renameWithinThePattern_goesOnWithTheSameFile() throws IOException {
        Path log = log("a\n");
        Path old = dir.resolve("mail.log.1");
        try (Feeds.Run run = feeds.follow(dir.resolve("mail.log*"))) {
            run.awaitLines(1);
            Files.move(log, old);
            append(old, "b\n");
            run.awaitLines(2);
            log("c\n");
            run.awaitLines(3);
            append(old, "d\n");
            assertThat(run.awaitLines(4).lines()).containsExactly("a", "b", "c", "d");
            assertThat(run.feed().failure()).isEmpty();
        }
    }

    @Test
    void follow_truncation_startsAgain() throws IOException {
        Path log = log("first\nsecond\nthird\n");
        try (Feeds.Run run = feeds.follow(log)) {
            run.awaitLines(3);
            log("new\n"); // writing opens with truncation: the same file
            assertThat(run.awaitLines(4).lines()).endsWith("third", "new");
            append(log, "more\n");
            assertThat(run.awaitLines(5).lines()).endsWith("new", "more");
            assertThat(run.feed().failure()).isEmpty();
        }
    }

    @Test
    void follow_truncationAndMoreThanBefore_startsAgain() throws IOException {
        Path log = log("a\nb\n");
        try (Feeds.Run run = feeds.follow(log)) {
            run.awaitLines(2);
            log("one\ntwo\nthree\n");
            assertThat(run.awaitLines(5).lines()).containsExactly("a", "b", "one", "two", "three");
        }
    }

    @Test
    void follow_truncationInsideTheFirstLine_startsAgain() throws IOException {
        Path log = log("unfinished");
        try (Feeds.Run run = feeds.follow(log)) {
            run.awaitEnd();
            log("new\n");
            assertThat(run.awaitLines(1).lines()).containsExactly("new");
        }
    }

    @Test
    void follow_truncationInsideALaterLine_goesOnAfterTheLastWholeOne() throws IOException {
        Path log = log("a\nunfinished");
        try (Feeds.Run run = feeds.follow(log)) {
            run.awaitLines(1);
            log("a\nnew\n");
            assertThat(run.awaitLines(2).lines()).endsWith("new").doesNotContain("unfinished");
        }
    }

    @Test
    void read_manyFiles_holdsOneOpenAtATime() throws IOException {
        UnixOperatingSystemMXBean system = (UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        Path[] paths = new Path[300];
        for (int i = 0; i < paths.length; i++) {
            paths[i] = write(dir.resolve("mail.log." + i), "line of file " + i + "\n");
        }
        long before = system.getOpenFileDescriptorCount();
        AtomicLong most = new AtomicLong();
        Feeds.Run run = feeds.read(
                new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer()) {
                    @Override
                    public void commitTransaction() {
                        most.accumulateAndGet(system.getOpenFileDescriptorCount(), Math::max);
                        super.commitTransaction();
                    }
                },
                paths);
        assertThat(run.lines()).hasSize(paths.length);
        assertThat(most.get() - before).isLessThan(paths.length / 3);
    }
}
