package org.slash64.enrichers.dkim;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Takes the bytes of a message up to its first empty line, and keeps them up to a limit. */
final class HeaderBlock {
    private final int maxBytes;
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private byte before;
    private long lineLength;
    private boolean ended;
    private boolean tooLong;

    HeaderBlock(int maxBytes) {
        this.maxBytes = maxBytes;
    }

    /** Takes what belongs to the header and returns where the body starts, or {@code end}. */
    int accept(byte[] bytes, int start, int end) {
        for (int i = start; i < end; i++) {
            if (take(bytes[i])) {
                ended = true;
                return i + 1;
            }
        }
        return end;
    }

    /** Whether the empty line ends here. */
    private boolean take(byte b) {
        boolean lineEnd = b == '\n' && before == '\r';
        before = b;
        if (lineEnd && lineLength == 1) {
            return true;
        }
        lineLength = lineEnd ? 0 : lineLength + 1;
        if (kept.size() == maxBytes) {
            tooLong = true;
        } else {
            kept.write(b);
        }
        return false;
    }

    boolean isEnded() {
        return ended;
    }

    /** Whether there was more than the limit. */
    boolean isTooLong() {
        return tooLong;
    }

    /** The lines as Latin-1, each with its CRLF; a message that stops early may lack the last. */
    String text() {
        String text = kept.toString(StandardCharsets.ISO_8859_1);
        boolean emptyLineBegun = ended && !tooLong;
        return emptyLineBegun ? text.substring(0, text.length() - 1) : text;
    }
}
