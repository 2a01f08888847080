package org.slash64.connectors.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;
import org.slash64.schemas.DeadLetter;
import org.slash64.schemas.Sha256;

/**
 * Splits bytes that may still grow into lines, from an offset on. Holds one buffer and at most one line of
 * {@link #MAX_LINE_BYTES}, however long the line is.
 */
public final class LineReader {

    /** Where the bytes come from. */
    public interface Source {

        /** Reads what is there from an offset on; nothing or -1 where there is no more for now. */
        int read(ByteBuffer buffer, long offset) throws IOException;
    }

    /** Longer lines are cut; the rest is only measured and hashed. */
    public static final int MAX_LINE_BYTES = DeadLetter.MAX_BYTES;

    private static final int BUFFER_BYTES = 256 * 1024;

    private static final long LOWEST_BITS = 0x0101010101010101L;
    private static final long HIGHEST_BITS = 0x8080808080808080L;
    private static final long FEEDS = '\n' * LOWEST_BITS;

    private final Source source;
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES).limit(0);
    private byte[] line = new byte[1024];
    private int kept;
    private long length;
    private MessageDigest digest;
    private long lineStart;
    private long readUpTo;

    public LineReader(Source source, long offset) {
        this.source = source;
        this.lineStart = offset;
        this.readUpTo = offset;
    }

    /** The next line that ends with a line feed; empty where the file has no more for now. */
    public Optional<RawLine> next() throws IOException {
        while (buffer.hasRemaining() || fill()) {
            int feed = indexOfFeed();
            if (length == 0 && feed >= 0 && feed - buffer.position() <= MAX_LINE_BYTES) {
                return Optional.of(wholeUpTo(feed));
            }
            take((feed < 0 ? buffer.limit() : feed) - buffer.position());
            if (feed >= 0) {
                buffer.get();
                return Optional.of(finish(length + 1));
            }
        }
        return Optional.empty();
    }

    /** A line that is in the buffer as a whole, as nearly all are. */
    private RawLine wholeUpTo(int feed) {
        byte[] bytes = Arrays.copyOfRange(buffer.array(), buffer.position(), feed);
        buffer.position(feed + 1);
        lineStart += bytes.length + 1L;
        return new RawLine(bytes, bytes.length, Optional.empty(), lineStart);
    }

    /** What stands after the last line feed, as a line; empty where nothing does. */
    public Optional<RawLine> rest() {
        return length == 0 ? Optional.empty() : Optional.of(finish(length));
    }

    /** Offset of the first byte of the next line. */
    public long offset() {
        return lineStart;
    }

    /** Offset up to which the source was read, an unfinished line included. */
    long readUpTo() {
        return readUpTo;
    }

    private boolean fill() throws IOException {
        int count;
        buffer.clear();
        try {
            count = source.read(buffer, readUpTo);
        } finally {
            buffer.flip(); // what could be read before a fault counts
        }
        readUpTo += Math.max(0, count);
        return count > 0;
    }

    /** Eight bytes at a time: a word has a zero byte where the lowest bit of one is borrowed, and its highest was not set. */
    private int indexOfFeed() {
        int at = buffer.position();
        int end = buffer.limit();
        for (; at + Long.BYTES <= end; at += Long.BYTES) {
            long difference = buffer.getLong(at) ^ FEEDS;
            if ((difference - LOWEST_BITS & ~difference & HIGHEST_BITS) != 0) {
                break;
            }
        }
        while (at < end && buffer.get(at) != '\n') {
            at++;
        }
        return at < end ? at : -1;
    }

    private void take(int count) {
        int fits = Math.min(count, MAX_LINE_BYTES - kept);
        if (kept + fits > line.length) {
            line = Arrays.copyOf(line, Math.min(MAX_LINE_BYTES, Math.max(kept + fits, 2 * line.length)));
        }
        buffer.get(line, kept, fits);
        kept += fits;
        length += count;
        if (count > fits) {
            overflow(count - fits);
        }
    }

    private void overflow(int count) {
        if (digest == null) {
            digest = Sha256.digest();
            digest.update(line, 0, kept);
        }
        digest.update(buffer.array(), buffer.position(), count);
        buffer.position(buffer.position() + count);
    }

    private RawLine finish(long bytesInFile) {
        lineStart += bytesInFile;
        Optional<String> hash = Optional.ofNullable(digest).map(Sha256::hexOf);
        RawLine raw = new RawLine(Arrays.copyOf(line, kept), length, hash, lineStart);
        kept = 0;
        length = 0;
        digest = null;
        return raw;
    }
}
