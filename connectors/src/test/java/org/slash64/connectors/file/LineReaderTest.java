package org.slash64.connectors.file;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.slash64.schemas.Sha256;

class LineReaderTest {
    private static final int TEN_MEGABYTES = 10_000_000;

    /** Bytes in memory that may grow; at most so many are handed out at once. */
    private static final class Growing implements LineReader.Source {
        private final int atOnce;
        private byte[] bytes = new byte[0];

        Growing(int atOnce, String text) {
            this.atOnce = atOnce;
            append(text);
        }

        void append(String text) {
            byte[] more = text.getBytes(StandardCharsets.ISO_8859_1);
            byte[] all = Arrays.copyOf(bytes, bytes.length + more.length);
            System.arraycopy(more, 0, all, bytes.length, more.length);
            bytes = all;
        }

        @Override
        public int read(ByteBuffer buffer, long offset) {
            int count = Math.min(Math.min(atOnce, buffer.remaining()), bytes.length - (int) offset);
            buffer.put(bytes, (int) offset, count);
            return count == 0 ? -1 : count;
        }
    }

    private static LineReader reader(String text) {
        return new LineReader(new Growing(Integer.MAX_VALUE, text), 0);
    }

    private static List<String> lines(LineReader reader) throws IOException {
        List<String> lines = new ArrayList<>();
        for (Optional<RawLine> line = reader.next(); line.isPresent(); line = reader.next()) {
            lines.add(text(line.get()));
        }
        return lines;
    }

    private static String text(RawLine line) {
        return new String(line.bytes(), StandardCharsets.ISO_8859_1);
    }

    @Test
    void next_lineFeedsAnywhere_areFound() throws IOException {
        String alike = "\u000b\u008a\n\u0009\u00ff";
        for (int length = 0; length < 40; length++) {
            for (int feed = 0; feed < length; feed++) {
                String text = "\u000b".repeat(feed) + '\n' + "\u008a".repeat(length - feed) + alike;
                List<String> expected = List.of("\u000b".repeat(feed), "\u008a".repeat(length - feed) + "\u000b\u008a");
                for (int atOnce : new int[] {1, 7, Integer.MAX_VALUE}) {
                    assertThat(lines(new LineReader(new Growing(atOnce, text), 0)))
                            .isEqualTo(expected);
                }
            }
        }
    }

    @Test
    void next_onNoBytes_isEmpty() throws IOException {
        LineReader reader = reader("");
        assertThat(reader.next()).isEmpty();
        assertThat(reader.rest()).isEmpty();
        assertThat(reader.offset()).isZero();
    }

    @Test
    void next_emptyLines_areLines() throws IOException {
        assertThat(lines(reader("\n\na\n\n"))).containsExactly("", "", "a", "");
    }

    @Test
    void next_carriageReturn_staysInTheLine() throws IOException {
        assertThat(lines(reader("a\r\nb\rc\n"))).containsExactly("a\r", "b\rc");
    }

    @Test
    void next_anyByteButLineFeed_isKept() throws IOException {
        StringBuilder all = new StringBuilder();
        for (char c = 0; c < 256; c++) {
            all.append(c == '\n' ? "" : c);
        }
        assertThat(lines(reader(all + "\n"))).containsExactly(all.toString());
    }

    @Test
    void next_linesAcrossReads_areWhole() throws IOException {
        for (int atOnce = 1; atOnce <= 7; atOnce++) {
            LineReader reader = new LineReader(new Growing(atOnce, "one\n\nthree\nfour\n"), 0);
            assertThat(lines(reader)).as("%d at once", atOnce).containsExactly("one", "", "three", "four");
        }
    }

    @Test
    void next_linesAcrossTheBuffersBorder_areWhole() throws IOException {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 3_000; i++) {
            lines.add(i + "x".repeat(i % 997)); // 1.5 MB, several buffers, each ending elsewhere in a line
        }
        assertThat(lines(reader(String.join("\n", lines) + "\n"))).isEqualTo(lines);
    }

    @Test
    void next_offsetsAreThoseOfTheNextLine() throws IOException {
        LineReader reader = reader("ab\n\ncde\nf");
        assertThat(reader.next().orElseThrow().end()).isEqualTo(3);
        assertThat(reader.offset()).isEqualTo(3);
        assertThat(reader.next().orElseThrow().end()).isEqualTo(4);
        assertThat(reader.next().orElseThrow().end()).isEqualTo(8);
        assertThat(reader.next()).isEmpty();
        assertThat(reader.offset()).isEqualTo(8);
    }

    @Test
    void next_fromAnOffset_startsThere() throws IOException {
        LineReader reader = new LineReader(new Growing(2, "ab\ncd\nef\n"), 3);
        assertThat(lines(reader)).containsExactly("cd", "ef");
        assertThat(reader.offset()).isEqualTo(9);
    }

    @Test
    void next_sourceThatGrows_goesOnWhereItWas() throws IOException {
        Growing source = new Growing(Integer.MAX_VALUE, "one\ntw");
        LineReader reader = new LineReader(source, 0);
        assertThat(lines(reader)).containsExactly("one");
        assertThat(reader.offset()).isEqualTo(4);
        source.append("o");
        assertThat(lines(reader)).isEmpty();
        source.append("\nthree\n");
        assertThat(lines(reader)).containsExactly("two", "three");
        assertThat(reader.offset()).isEqualTo(14);
    }

    @Test
    void rest_unterminatedLine_isGivenOnce() throws IOException {
        LineReader reader = reader("one\ntwo");
        assertThat(lines(reader)).containsExactly("one");
        RawLine rest = reader.rest().orElseThrow();
        assertThat(text(rest)).isEqualTo("two");
        assertThat(rest.end()).isEqualTo(7);
        assertThat(reader.rest()).isEmpty();
    }

    @Test
    void next_lineOfTheMaximum_isWhole() throws IOException {
        String longest = "y".repeat(LineReader.MAX_LINE_BYTES);
        RawLine line = reader(longest + "\n").next().orElseThrow();
        assertThat(text(line)).isEqualTo(longest);
        assertThat(line.sha256()).isEmpty();
    }

    @Test
    void next_oneByteMore_isCutAndHashed() throws IOException {
        String tooLong = "z".repeat(LineReader.MAX_LINE_BYTES) + "!";
        LineReader reader = reader(tooLong + "\nnext\n");
        RawLine line = reader.next().orElseThrow();
        assertThat(text(line)).isEqualTo(tooLong.substring(0, LineReader.MAX_LINE_BYTES));
        assertThat(line.length()).isEqualTo(LineReader.MAX_LINE_BYTES + 1L);
        assertThat(line.sha256()).contains(Sha256.hex(tooLong.getBytes(StandardCharsets.ISO_8859_1)));
        assertThat(lines(reader)).containsExactly("next");
    }

    /** The byte at an offset of a file that is one long line between two short ones. */
    private static byte longLine(long offset) {
        return (byte)
                (offset == 1 || offset == TEN_MEGABYTES + 2 || offset == TEN_MEGABYTES + 4 ? '\n' : 'a' + offset % 23);
    }

    private static int readLongLine(ByteBuffer buffer, long offset) {
        long at = offset;
        while (buffer.hasRemaining() && at <= TEN_MEGABYTES + 4) {
            buffer.put(longLine(at++));
        }
        return (int) (at - offset);
    }

    @Test
    void next_tenMegabyteLine_keepsItsStartLengthAndHash() throws IOException {
        LineReader reader = new LineReader(LineReaderTest::readLongLine, 0);
        assertThat(reader.next().orElseThrow().length()).isEqualTo(1);
        RawLine line = reader.next().orElseThrow();
        byte[] all = new byte[TEN_MEGABYTES];
        for (int i = 0; i < all.length; i++) {
            all[i] = longLine(i + 2L);
        }
        MessageDigest digest = Sha256.digest();
        digest.update(all);
        assertThat(line.bytes()).isEqualTo(Arrays.copyOf(all, LineReader.MAX_LINE_BYTES));
        assertThat(line.length()).isEqualTo(TEN_MEGABYTES);
        assertThat(line.sha256()).contains(Sha256.hexOf(digest));
        assertThat(line.end()).isEqualTo(TEN_MEGABYTES + 3L);
        assertThat(lines(reader)).hasSize(1);
    }

    @Test
    void next_tenMegabyteLine_allocatesNoMoreThanItsStart() throws IOException {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        LineReader reader = new LineReader(LineReaderTest::readLongLine, 0);
        reader.next();
        long before = threads.getCurrentThreadAllocatedBytes();
        RawLine line = reader.next().orElseThrow();
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        assertThat(line.length()).isEqualTo(TEN_MEGABYTES);
        assertThat(allocated).isLessThan(10L * LineReader.MAX_LINE_BYTES);
    }
}
