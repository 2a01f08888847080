package org.slash64.schemas;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/**
 * A domain name in A-labels, lower case, without trailing dot; at least two labels, as in {@code example.org}.
 *
 * @param name its text
 */
public record Domain(String name) implements Subject, Comparable<Domain> {

    /** First byte of the key; prefixes have 4 and 6. */
    static final byte FAMILY = 100;

    /** RFC 1035 section 2.3.4, in text without the trailing dot. */
    private static final int MAX_NAME = 253;

    private static final int MAX_LABEL = 63;

    public Domain {
        if (!isName(name)) {
            throw new IllegalArgumentException("not a domain name in lower case");
        }
    }

    /** Reads a name in any case, with or without trailing dot; empty where it is none, or an address. */
    public static Optional<Domain> parse(String text) {
        String name = text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
        if (name.length() > MAX_NAME) {
            return Optional.empty();
        }
        String lower = name.toLowerCase(Locale.ROOT);
        return isName(lower) ? Optional.of(new Domain(lower)) : Optional.empty();
    }

    /** Labels of letters, digits, hyphens and underscores; the last one is no number, or it would be an address. */
    private static boolean isName(String name) {
        if (name.length() > MAX_NAME || name.indexOf('.') < 0) {
            return false;
        }
        int start = 0;
        for (int i = 0; i <= name.length(); i++) {
            char c = i == name.length() ? '.' : name.charAt(i);
            if (c == '.') {
                if (i == start || i - start > MAX_LABEL) {
                    return false;
                }
                start = i + 1;
            } else if (!isInLabel(c)) {
                return false;
            }
        }
        return !isNumber(name, name.lastIndexOf('.') + 1);
    }

    private static boolean isNumber(String name, int start) {
        for (int i = start; i < name.length(); i++) {
            if (!isDigit(name.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isInLabel(char c) {
        return (c >= 'a' && c <= 'z') || isDigit(c) || c == '-' || c == '_';
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    @Override
    public byte[] key() {
        byte[] text = name.getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocate(text.length + 2)
                .put(FAMILY)
                .put(text)
                .put((byte) 0)
                .array();
    }

    /** The domain whose {@link #key()} starts the buffer; moves the buffer past it. */
    static Domain fromKey(ByteBuffer buffer) {
        buffer.get();
        StringBuilder name = new StringBuilder();
        for (byte letter = buffer.get(); letter != 0; letter = buffer.get()) {
            name.append((char) letter);
        }
        return new Domain(name.toString());
    }

    @Override
    public int compareTo(Domain other) {
        return name.compareTo(other.name);
    }

    @Override
    public String toString() {
        return name;
    }
}
