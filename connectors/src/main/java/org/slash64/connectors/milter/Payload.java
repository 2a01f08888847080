package org.slash64.connectors.milter;

import java.nio.charset.StandardCharsets;
import org.slash64.connectors.log.SafeText;

/** What a frame holds behind its command, read from its beginning. Texts end with a zero byte. */
final class Payload {

    private final byte[] bytes;
    private final int end;
    private int at;

    Payload(byte[] bytes, int end) {
        this.bytes = bytes;
        this.end = end;
    }

    boolean isAtEnd() {
        return at == end;
    }

    byte octet() throws MilterProtocolException {
        require(1);
        return bytes[at++];
    }

    int unsignedShort() throws MilterProtocolException {
        return (octet() & 0xff) << 8 | (octet() & 0xff);
    }

    int integer() throws MilterProtocolException {
        return unsignedShort() << 16 | unsignedShort();
    }

    private void require(int count) throws MilterProtocolException {
        if (end - at < count) {
            throw new MilterProtocolException("a frame is too short");
        }
    }

    /** The next text, without limit but the frame's own. */
    String text() throws MilterProtocolException {
        byte[] octets = octets();
        return new String(octets, StandardCharsets.UTF_8);
    }

    /** The next text, made safe to keep. */
    String safeText() throws MilterProtocolException {
        return SafeText.of(text());
    }

    /** The bytes of the next text. */
    byte[] octets() throws MilterProtocolException {
        int start = at;
        while (at < end && bytes[at] != 0) {
            at++;
        }
        require(1);
        byte[] octets = new byte[at - start];
        System.arraycopy(bytes, start, octets, 0, octets.length);
        at++;
        return octets;
    }
}
