package org.slash64.connectors.haraka;

/**
 * Pairs {@code key=value} in a known order. Values are bare, or in double quotes with a backslash before quotes within; so
 * that a value that imitates a pair is not one.
 */
final class Pairs {

    private final String text;
    private int at;

    Pairs(String text, int start) {
        this.text = text;
        this.at = start;
    }

    /** The value of the key if it comes next, else null. */
    String next(String key) {
        int value = at + key.length() + 1;
        if (!text.startsWith(key, at) || !text.startsWith("=", value - 1)) {
            return null;
        }
        return text.startsWith("\"", value) ? quoted(value + 1) : bare(value);
    }

    private String bare(int start) {
        int blank = text.indexOf(' ', start);
        int end = blank < 0 ? text.length() : blank;
        at = Math.min(end + 1, text.length());
        return text.substring(start, end);
    }

    /** Versions before 3 escape nothing, so a quote counts only before a blank or at the end. */
    private String quoted(int start) {
        StringBuilder value = new StringBuilder();
        int i = start;
        while (i < text.length() && !closes(i)) {
            boolean escaped = text.charAt(i) == '\\' && i + 1 < text.length() && isEscapable(text.charAt(i + 1));
            i += escaped ? 1 : 0;
            value.append(text.charAt(i));
            i++;
        }
        at = Math.min(i + 2, text.length());
        return value.toString();
    }

    private boolean closes(int place) {
        return text.charAt(place) == '"' && (place + 1 == text.length() || text.charAt(place + 1) == ' ');
    }

    private static boolean isEscapable(char c) {
        return c == '"' || c == '\\';
    }

    /** What is left. */
    String rest() {
        return text.substring(at);
    }
}
