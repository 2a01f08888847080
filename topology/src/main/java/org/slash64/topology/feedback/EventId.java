package org.slash64.topology.feedback;

import java.util.HexFormat;
import java.util.Optional;

/** Event ids as bytes: 16, where their text is 32 hex digits. */
public final class EventId {

    private static final int DIGITS = 32;

    private EventId() {}

    /** Reads an id; empty where the text is none. */
    public static Optional<byte[]> bytes(String text) {
        return text.length() == DIGITS && text.chars().allMatch(HexFormat::isHexDigit)
                ? Optional.of(HexFormat.of().parseHex(text))
                : Optional.empty();
    }
}
