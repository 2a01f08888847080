package org.slash64.connectors.file;

import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Function;
import org.slash64.schemas.state.FilePosition;

/** A log that is open for reading, and how it is known again. */
sealed interface OpenLog extends Closeable permits FileLog, InputLog {

    /** What people call it. */
    String name();

    LineReader lines();

    /** By what it is known again; final once its first line was read. */
    String identity();

    /** Where reading stands, to be kept under the identity. */
    FilePosition position() throws IOException;

    /**
     * Goes to the position where the log was left, or to its start where it is not known.
     *
     * @param known positions by identity
     */
    void seek(Function<String, Optional<FilePosition>> known) throws IOException;

    /** What was read until now will not be asked for again. */
    void passed();

    /** True where nothing can come after what {@link #lines()} has. */
    boolean ended();

    /** Bytes of the file that were worked on. */
    long consumed() throws IOException;
}
