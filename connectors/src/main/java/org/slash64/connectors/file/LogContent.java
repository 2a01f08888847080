package org.slash64.connectors.file;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** The text of a log file, unpacked where the file is packed. Offsets are those of the text. One thread at a time. */
public sealed interface LogContent extends LineReader.Source, Closeable permits PlainContent, GzipContent {

    /**
     * Opens a file, plain or gzip: told by its first bytes.
     *
     * @throws IOException naming the file, and what to do
     */
    static LogContent open(Path path) throws IOException {
        if (!Files.exists(path)) {
            throw new NoSuchFileException(path.toString(), null, "there is no such log file");
        }
        if (!Files.isRegularFile(path) || !Files.isReadable(path)) {
            throw new IOException("cannot read the log file " + path + "; it must be a regular file that this user may"
                    + " read (the output of a program goes to standard input, -)");
        }
        return GzipContent.isGzip(path) ? new GzipContent(path) : new PlainContent(FileChannel.open(path));
    }

    /** False where nothing can come after the end. */
    boolean grows();

    /** Bytes of the file that it took to come to an offset of the text, those read ahead included. */
    long consumed(long offset) throws IOException;

    /** Size of the text where that is known, or else more than any offset. */
    long size() throws IOException;
}
