package org.slash64.connectors.file;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.slash64.schemas.Sha256;
import org.slash64.schemas.state.FilePosition;

/** A log file that is open for reading, and how it is known again. */
final class OpenLog implements Closeable {

    /** So many bytes before an offset are compared to tell whether a file is still the same. */
    private static final int TAIL_BYTES = 1024;

    private final Path path;
    private final FileChannel file;
    private final Object inode;
    private LineReader lines;
    private String identity;
    private boolean identified;
    private long checkedSize;
    private String tail;

    private OpenLog(Path path, FileChannel file, Object inode, Function<String, Optional<FilePosition>> known)
            throws IOException {
        this.path = path;
        this.file = file;
        this.inode = inode;
        seek(known);
    }

    /**
     * Opens a file at the position where it was left, or at its start where it is not known.
     *
     * @param known positions by identity
     */
    static OpenLog open(Path path, Function<String, Optional<FilePosition>> known) throws IOException {
        FileChannel file = FileChannel.open(path);
        return new OpenLog(path, file, inode(path).orElse(path), known);
    }

    /** Goes to the position where the file was left, or to its start where it is not known. */
    void seek(Function<String, Optional<FilePosition>> known) throws IOException {
        identity = firstLineHash(file);
        Optional<FilePosition> position = known.apply(identity);
        long offset = position.isPresent() && isAt(file, position.get())
                ? position.get().getOffset()
                : 0;
        identified = offset > 0;
        lines = new LineReader(file::read, offset);
        tail = tailHash(file, offset);
        checkedSize = file.size();
    }

    private static boolean isAt(FileChannel file, FilePosition position) throws IOException {
        return file.size() >= position.getOffset()
                && tailHash(file, position.getOffset()).equals(position.getTail());
    }

    private static String firstLineHash(FileChannel file) throws IOException {
        LineReader first = new LineReader(file::read, 0);
        Optional<RawLine> line = first.next().or(first::rest);
        return Sha256.hex(line.map(RawLine::bytes).orElse(new byte[0]));
    }

    private static String tailHash(FileChannel file, long offset) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(TAIL_BYTES, offset));
        long at = offset - bytes.capacity();
        while (bytes.hasRemaining()) {
            int count = file.read(bytes, at + bytes.position());
            if (count < 0) {
                break;
            }
        }
        return Sha256.hex(bytes.array());
    }

    private static Optional<Object> inode(Path path) throws IOException {
        try {
            return Optional.ofNullable(
                    Files.readAttributes(path, BasicFileAttributes.class).fileKey());
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    Path path() {
        return path;
    }

    LineReader lines() {
        return lines;
    }

    /** By what the file is known again; final once its first line was read. */
    String identity() {
        return identity;
    }

    /** Where reading stands, to be kept under the identity. */
    FilePosition position() throws IOException {
        if (!identified) {
            identity = firstLineHash(file); // when the file was opened its first line was not whole
            identified = true;
        }
        tail = tailHash(file, lines.offset());
        return new FilePosition(path.toString(), lines.offset(), tail);
    }

    /** True where the path now leads to another file: it was renamed and made anew. */
    boolean isReplaced() throws IOException {
        Optional<Object> now = inode(path);
        return now.isPresent() && !Objects.equals(now.get(), inode);
    }

    /** True where what was read is no longer there, be it of an unfinished line: the file was truncated. */
    boolean isTruncated() throws IOException {
        long size = file.size();
        if (size == checkedSize) {
            return false;
        }
        checkedSize = size;
        return size < lines.readUpTo() || !tailHash(file, lines.offset()).equals(tail);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
