package org.slash64.connectors.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.slash64.connectors.file.Feeds.append;
import static org.slash64.connectors.file.Feeds.bytes;
import static org.slash64.connectors.file.Feeds.write;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lines from standard input. */
class StandardInputTest {

    @TempDir
    Path dir;

    private final Feeds feeds = new Feeds();

    private void input(String text) {
        feeds.input(new ByteArrayInputStream(bytes(text)));
    }

    @Test
    void read_input_afterTheFiles_toItsEnd() throws IOException {
        input("c\nd");
        Feeds.Run run = feeds.read(LogFiles.STANDARD_INPUT, write(dir.resolve("mail.log"), "a\nb\n"));
        assertThat(run.lines()).containsExactly("a", "b", "c", "d");
        assertThat(run.feed().failure()).isEmpty();
        assertThat(run.feed().totalBytes()).isEmpty();
    }

    @Test
    void read_inputAgain_readsItAgain() throws IOException {
        input("a\nb\n");
        feeds.read(LogFiles.STANDARD_INPUT);
        input("a\nc\n");
        assertThat(feeds.read(LogFiles.STANDARD_INPUT).lines()).containsExactly("a", "c");
    }

    @Test
    void read_brokerIsAway_repeatsAndLosesNothing() throws IOException {
        String text = "line\n".repeat(3 * Deliveries.BATCH_LINES);
        input(text);
        MockProducer<byte[], byte[]> first = Feeds.producer();
        first.commitTransactionException = new TimeoutException("no coordinator");
        Feeds.Run run = feeds.read(List.of(first, Feeds.producer()), LogFiles.STANDARD_INPUT);
        assertThat(run.lines()).containsExactly(text.split("\n"));
        assertThat(run.feed().failure()).isEmpty();
    }

    @Test
    void read_lineOfAnyLength_isBounded() throws IOException {
        feeds.input(new InputStream() {
            private long left = 3 * InputContent.MAX_KEPT_BYTES;

            @Override
            public int read() {
                return left-- > 0 ? 'x' : -1;
            }

            @Override
            public int read(byte[] into, int start, int most) {
                if (left <= 0) {
                    return -1;
                }
                Arrays.fill(into, start, start + most, (byte) 'x');
                left -= most;
                return most;
            }
        });
        Feeds.Run run = feeds.read(LogFiles.STANDARD_INPUT);
        assertThat(run.feed().failure()).isEmpty();
        assertThat(run.lines()).isEmpty();
        assertThat(run.values("smtp.dead-letter")).hasSize(1);
    }

    @Test
    void read_brokenInput_surfaces() throws IOException {
        InputStream closed = InputStream.nullInputStream();
        closed.close();
        feeds.input(closed);
        assertThat(feeds.read(LogFiles.STANDARD_INPUT).feed().failure())
                .hasValueSatisfying(e -> assertThat(e).hasMessageContaining("standard input cannot be read"));
    }

    @Test
    void follow_inputThatWaits_keepsNoFileWaiting() throws IOException {
        PipedOutputStream writer = new PipedOutputStream();
        feeds.input(new PipedInputStream(writer));
        Path log = write(dir.resolve("mail.log"), "a\n");
        try (Feeds.Run run = feeds.follow(log, LogFiles.STANDARD_INPUT)) {
            run.awaitLines(1);
            append(log, "b\n");
            run.awaitLines(2);
            writer.write(bytes("c\nd"));
            writer.flush();
            run.awaitLines(3);
            writer.close();
            run.awaitLines(4);
            append(log, "e\n");
            assertThat(run.awaitLines(5).lines()).containsExactly("a", "b", "c", "d", "e");
        }
    }

    @Test
    void close_whileInputWaits_endsAtOnce() throws IOException {
        feeds.input(new PipedInputStream(new PipedOutputStream()));
        try (Feeds.Run run = feeds.start(List.of(Feeds.producer()), false, LogFiles.STANDARD_INPUT)) {
            assertThat(run.feed().isAtEnd()).isFalse();
        }
    }
}
