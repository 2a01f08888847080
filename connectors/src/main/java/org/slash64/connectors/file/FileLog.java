package org.slash64.connectors.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import org.slash64.schemas.Sha256;
import org.slash64.schemas.state.FilePosition;

/** A log in a file. */
final class FileLog implements OpenLog {

    /** So many bytes before an offset are compared to tell whether a file is still the same. */
    private static final int TAIL_BYTES = 1024;

    private final LogContent content;
    private Path path;
    private LineReader lines;
    private String identity;
    private boolean identified;
    private long checkedSize;
    private String tail;

    private FileLog(Path path, LogContent content, Function<String, Optional<FilePosition>> known) throws IOException {
        this.path = path;
        this.content = content;
        seek(known);
    }

    /**
     * Opens a file at the position where it was left, or at its start where it is not known.
     *
     * @param known positions by identity
     */
    static FileLog open(Path path, Function<String, Optional<FilePosition>> known) throws IOException {
        LogContent content = LogContent.open(path);
        boolean opened = false;
        try {
            FileLog log = new FileLog(path, content, known);
            opened = true;
            return log;
        } finally {
            if (!opened) {
                content.close();
            }
        }
    }

    @Override
    public void seek(Function<String, Optional<FilePosition>> known) throws IOException {
        identity = firstLineHash();
        Optional<FilePosition> position = known.apply(identity);
        long offset =
                position.isPresent() && isAt(position.get()) ? position.get().getOffset() : 0;
        identified = offset > 0 || !content.grows();
        lines = new LineReader(content, offset);
        tail = tailHash(offset);
        checkedSize = content.size();
    }

    private boolean isAt(FilePosition position) throws IOException {
        return content.size() >= position.getOffset()
                && tailHash(position.getOffset()).equals(position.getTail());
    }

    private String firstLineHash() throws IOException {
        LineReader first = new LineReader(content, 0);
        Optional<RawLine> line = first.next().or(first::rest);
        return Sha256.hex(line.map(RawLine::bytes).orElse(new byte[0]));
    }

    private String tailHash(long offset) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(TAIL_BYTES, offset));
        long at = offset - bytes.capacity();
        while (bytes.hasRemaining()) {
            int count = content.read(bytes, at + bytes.position());
            if (count < 0) {
                break;
            }
        }
        return Sha256.hex(bytes.array());
    }

    /** The file was renamed. */
    void nowAt(Path other) {
        path = other;
    }

    @Override
    public String name() {
        return path.toString();
    }

    @Override
    public LineReader lines() {
        return lines;
    }

    @Override
    public String identity() {
        return identity;
    }

    @Override
    public FilePosition position() throws IOException {
        if (!identified) {
            identity = firstLineHash(); // when the file was opened its first line was not whole
            identified = true;
        }
        tail = tailHash(lines.offset());
        return new FilePosition(path.toString(), lines.offset(), tail);
    }

    @Override
    public void passed() {
        // a file can be read again from anywhere
    }

    @Override
    public boolean ended() {
        return !content.grows();
    }

    @Override
    public long consumed() throws IOException {
        return content.consumed(lines.offset());
    }

    /** True where what was read is no longer there, be it of an unfinished line: the file was truncated. */
    boolean isTruncated() throws IOException {
        long size = content.size();
        if (size == checkedSize) {
            return false;
        }
        checkedSize = size;
        return size < lines.readUpTo() || !tailHash(lines.offset()).equals(tail);
    }

    @Override
    public void close() throws IOException {
        content.close();
    }
}
