package org.slash64.enrichers.dkim;

import java.util.List;

/**
 * Canonicalizes a body as it comes (RFC 6376 sections 3.4.3 and 3.4.4) and feeds the hashes with it. Memory does not
 * depend on the body: empty lines, which count only when another line follows, are a number.
 */
final class BodyCanonicalizer {
    private static final int BUFFER = 8_192;

    private final boolean relaxed;
    private final List<BodyHash> hashes;
    private final byte[] out = new byte[BUFFER];
    private int filled;
    private long length;
    /** Line ends that are not written yet. */
    private long heldLineEnds;

    private boolean heldSpace;
    private boolean heldCr;

    BodyCanonicalizer(Canonicalization canonicalization, List<BodyHash> hashes) {
        this.relaxed = canonicalization == Canonicalization.RELAXED;
        this.hashes = hashes;
    }

    void accept(byte[] bytes, int start, int end) {
        for (int i = start; i < end; i++) {
            accept(bytes[i]);
        }
    }

    private void accept(byte b) {
        if (heldCr) {
            heldCr = false;
            if (b == '\n') {
                endLine();
                return;
            }
            content((byte) '\r');
        }
        if (b == '\r') {
            heldCr = true;
        } else if (relaxed && (b == ' ' || b == '\t')) {
            heldSpace = true;
        } else {
            content(b);
        }
    }

    /** White space at the end of a line goes, an empty line waits for what follows. */
    private void endLine() {
        heldSpace = false;
        heldLineEnds++;
    }

    private void content(byte b) {
        for (; heldLineEnds > 0; heldLineEnds--) {
            write((byte) '\r');
            write((byte) '\n');
        }
        if (heldSpace) {
            heldSpace = false;
            write((byte) ' ');
        }
        write(b);
    }

    private void write(byte b) {
        if (filled == BUFFER) {
            flush();
        }
        out[filled++] = b;
        length++;
    }

    private void flush() {
        for (BodyHash hash : hashes) {
            hash.update(out, filled);
        }
        filled = 0;
    }

    /**
     * Ends the last line with CRLF. Of a body without content the simple algorithm leaves one CRLF, the relaxed one
     * nothing.
     *
     * @return bytes of the canonicalized body
     */
    long finish() {
        if (heldCr) {
            content((byte) '\r');
        }
        if (length > 0 || !relaxed) {
            write((byte) '\r');
            write((byte) '\n');
        }
        flush();
        return length;
    }
}
