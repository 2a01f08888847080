package org.slash64.enrichers.dkim;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.Optional;

/**
 * Reads one message, header and body, in pieces of any size and keeps what {@link DkimVerifier} needs. It asks nobody
 * and holds the header alone, up to {@link DkimLimits#maxHeaderBytes()}. One message each; one thread.
 */
public final class DkimCollector {
    private static final int PIECE = 8_192;

    private final DkimLimits limits;
    private final LineEndFilter filter;
    private final byte[] lines = new byte[2 * PIECE];
    private final HeaderBlock header;
    private Optional<SignatureSet> signatures = Optional.empty();

    /** With the default limits. */
    public DkimCollector(LineEnds lineEnds) {
        this(lineEnds, DkimLimits.DEFAULTS);
    }

    /** With other limits. */
    public DkimCollector(LineEnds lineEnds, DkimLimits limits) {
        this.limits = limits;
        this.filter = new LineEndFilter(lineEnds);
        this.header = new HeaderBlock(limits.maxHeaderBytes());
    }

    /** Takes all of a message from a stream, which stays open. */
    public static DkimMaterial collect(InputStream message, LineEnds lineEnds, DkimLimits limits) throws IOException {
        DkimCollector collector = new DkimCollector(lineEnds, limits);
        byte[] piece = new byte[PIECE];
        for (int read = message.read(piece); read >= 0; read = message.read(piece)) {
            collector.accept(piece, 0, read);
        }
        return collector.finish();
    }

    /** Takes the next piece of the message. */
    public void accept(byte[] bytes, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        int end = offset + length;
        for (int start = offset; start < end; start += PIECE) {
            int written = filter.copy(bytes, start, Math.min(end, start + PIECE), lines);
            accept(written);
        }
    }

    private void accept(int length) {
        int bodyStart = 0;
        if (!header.isEnded()) {
            bodyStart = header.accept(lines, 0, length);
            if (!header.isEnded()) {
                return;
            }
            signatures = Optional.of(signatures());
        }
        signatures.orElseThrow().accept(lines, bodyStart, length);
    }

    private SignatureSet signatures() {
        return new SignatureSet(Header.parse(header.text(), limits.maxFields()), header.isTooLong(), limits);
    }

    /** Ends the message; nothing may be called after it. */
    public DkimMaterial finish() {
        return signatures.orElseGet(this::signatures).finish();
    }
}
