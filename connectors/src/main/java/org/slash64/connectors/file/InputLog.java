package org.slash64.connectors.file;

import java.io.IOException;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.slash64.schemas.state.FilePosition;

/**
 * Standard input as a log. Nobody can go on where it was left in an earlier run; within a run its position tells, after an
 * interruption, whether the last transaction was committed.
 */
final class InputLog implements OpenLog {

    private final String run = UUID.randomUUID().toString();
    private final InputContent content;
    private LineReader lines;

    InputLog(InputContent content) {
        this.content = content;
        this.lines = new LineReader(content, 0);
    }

    @Override
    public String name() {
        return "standard input";
    }

    @Override
    public LineReader lines() {
        return lines;
    }

    @Override
    public String identity() {
        return LogFiles.STANDARD_INPUT.toString();
    }

    @Override
    public FilePosition position() {
        return new FilePosition(identity(), lines.offset(), run);
    }

    @Override
    public void seek(Function<String, Optional<FilePosition>> known) {
        long offset = known.apply(identity())
                .filter(position -> position.getTail().equals(run))
                .map(FilePosition::getOffset)
                .orElse(0L);
        lines = new LineReader(content, offset);
    }

    @Override
    public void passed() {
        content.forget(lines.offset());
    }

    @Override
    public boolean ended() {
        return content.ended();
    }

    @Override
    public long consumed() {
        return lines.offset();
    }

    @Override
    public void close() throws IOException {
        content.close();
    }
}
