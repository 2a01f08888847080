package org.slash64.enrichers.spf;

import java.io.IOException;
import java.util.Optional;
import org.slash64.enrichers.domain.Idna;
import org.xbill.DNS.Name;

/**
 * A domain that can be asked for.
 *
 * @param text without the dot at the end
 */
record Domain(String text, Name name) {
    /** RFC 7208 section 7.3, without the dot at the end. */
    static final int MAX_LENGTH = 253;

    /** RFC 1035 section 2.3.4. */
    private static final int MAX_LABEL = 63;

    /**
     * Reads any text as labels with dots between; whatever is ASCII may stand in a label. Empty where a label is empty
     * or too long, or the whole is.
     */
    static Optional<Domain> of(String text) {
        String bare = text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
        if (bare.isEmpty() || bare.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        byte[] wire = new byte[bare.length() + 2];
        int lengthAt = 0;
        for (int i = 0; i <= bare.length(); i++) {
            char c = i == bare.length() ? '.' : bare.charAt(i);
            if (c == '.') {
                int length = i - lengthAt;
                if (length == 0 || length > MAX_LABEL) {
                    return Optional.empty();
                }
                wire[lengthAt] = (byte) length;
                lengthAt = i + 1;
            } else if (c > 0x7f) {
                return Optional.empty();
            } else {
                wire[i + 1] = (byte) c;
            }
        }
        return Optional.of(new Domain(bare, name(wire)));
    }

    /**
     * What a client gave with A-labels for labels of other scripts: RFC 7208 section 4.3, RFC 8616 section 4. Text that
     * is no name stays as it is.
     */
    static String aLabels(String text) {
        boolean convertible = text.length() <= MAX_LENGTH + 1 && !Ascii.isAscii(text);
        return convertible ? Idna.toAscii(text).orElse(text) : text;
    }

    /** Removes labels from the left until the length fits: RFC 7208 section 7.3. */
    static String shortened(String text) {
        if (text.length() <= MAX_LENGTH) {
            return text;
        }
        return text.substring(text.indexOf('.', text.length() - MAX_LENGTH - 1) + 1);
    }

    /** The text for people: what macros made of a client's words may hold anything. */
    String shown() {
        return Ascii.printable(text, MAX_LENGTH);
    }

    private static Name name(byte[] wire) {
        try {
            return new Name(wire);
        } catch (IOException e) {
            throw new IllegalStateException("a checked name does not parse", e);
        }
    }
}
