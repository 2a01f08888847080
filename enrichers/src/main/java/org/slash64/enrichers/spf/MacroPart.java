package org.slash64.enrichers.spf;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** A piece of a macro-string: RFC 7208 section 7.1. */
sealed interface MacroPart {
    /** Text as it is; escapes are resolved. */
    record Literal(String text) implements MacroPart {}

    /**
     * Something of the check.
     *
     * @param letter in lower case
     * @param escaped whether the result is escaped as in URLs (an upper-case letter)
     * @param keep how many parts to keep, from the right
     * @param reversed whether the parts are reversed first
     * @param delimiters the characters that part it
     */
    record Macro(char letter, boolean escaped, int keep, boolean reversed, String delimiters) implements MacroPart {
        static final String DEFAULT_DELIMITERS = ".";

        private boolean isPlain() {
            return keep == Integer.MAX_VALUE && !reversed && delimiters.equals(DEFAULT_DELIMITERS);
        }

        private String transformed(String value) {
            if (isPlain()) {
                return value;
            }
            List<String> parts = split(value);
            if (reversed) {
                Collections.reverse(parts);
            }
            return String.join(".", parts.subList(Math.max(0, parts.size() - keep), parts.size()));
        }

        private List<String> split(String value) {
            List<String> parts = new ArrayList<>();
            int from = 0;
            for (int i = 0; i < value.length(); i++) {
                if (delimiters.indexOf(value.charAt(i)) >= 0) {
                    parts.add(value.substring(from, i));
                    from = i + 1;
                }
            }
            parts.add(value.substring(from));
            return parts;
        }
    }

    /** Stands for this, empty where it has no value. */
    default Optional<String> expand(MacroValues values) {
        if (this instanceof Macro macro) {
            return values.of(macro.letter())
                    .map(macro::transformed)
                    .map(value -> macro.escaped() ? escape(value) : value);
        }
        return Optional.of(((Literal) this).text());
    }

    /** RFC 7208 section 7.3 by way of RFC 3986 section 2.3: all but "unreserved" characters. */
    private static String escape(String value) {
        StringBuilder escaped = new StringBuilder();
        for (byte octet : value.getBytes(StandardCharsets.UTF_8)) {
            if (isUnreserved(octet)) {
                escaped.append((char) octet);
            } else {
                escaped.append('%').append(hex(octet >> 4)).append(hex(octet));
            }
        }
        return escaped.toString();
    }

    private static char hex(int nibble) {
        return "0123456789ABCDEF".charAt(nibble & 0xf);
    }

    private static boolean isUnreserved(byte octet) {
        return Ascii.isAlphanumeric((char) octet) || octet == '-' || octet == '.' || octet == '_' || octet == '~';
    }
}
