package org.slash64.connectors.verdict;

/** Addresses in angle brackets, as RFC 5321 section 4.1.2 writes a path. */
public final class AngleAddress {

    private AngleAddress() {}

    /** Behind the bracket that closes the address which opens at a place; one in a quoted local part does not. -1 for none. */
    public static int end(String text, int open) {
        boolean quoted = text.startsWith("\"", open + 1);
        for (int i = quoted ? open + 2 : open + 1; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quoted && c == '\\') {
                i++;
            } else if (quoted) {
                quoted = c != '"';
            } else if (c == '>') {
                return i + 1;
            }
        }
        return -1;
    }
}
