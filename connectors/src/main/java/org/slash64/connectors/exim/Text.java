package org.slash64.connectors.exim;

import org.slash64.connectors.log.LineError;
import org.slash64.connectors.log.LineError.Reason;
import org.slash64.connectors.log.SmtpFact.Malformed;

/** Small steps through a line that all statements share. */
final class Text {

    private static final int MAX_DIGITS = 18;

    private Text() {}

    /** The place of the next blank, or the end. */
    static int wordEnd(String text, int start) {
        int end = text.indexOf(' ', start);
        return end < 0 ? text.length() : end;
    }

    /** The number that stands alone between the two places; null where it is none. */
    static Long number(String text, int start, int end) {
        int digits = digitsEnd(text, start);
        return digits == end && end > start && end - start <= MAX_DIGITS
                ? Long.valueOf(text.substring(start, end))
                : null;
    }

    /** Behind the digits that begin here. */
    static int digitsEnd(String text, int start) {
        int end = start;
        while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
            end++;
        }
        return end;
    }

    /**
     * Behind the address that begins here: at the blank that follows, a quoted local part left out (RFC 5321 section
     * 4.1.2).
     */
    static int addressEnd(String text, int start) {
        return wordEnd(text, Math.min(text.length(), afterQuoted(text, start)));
    }

    /** The place of the bracket that closes an address opened before {@code start}, or -1. */
    static int closing(String text, int start) {
        return text.indexOf('>', Math.min(text.length(), afterQuoted(text, start)));
    }

    private static int afterQuoted(String text, int start) {
        int end = text.startsWith("\"", start) ? quoteEnd(text, start + 1) : -1;
        return end < 0 ? start : end + 1;
    }

    /** The place of the next quote that no backslash escapes, or -1. */
    static int quoteEnd(String text, int start) {
        for (int i = start; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"') {
                return i;
            }
            i += c == '\\' ? 1 : 0;
        }
        return -1;
    }

    /** Behind the first of the words that stands here; -1 where none does. */
    static int after(String text, int at, String... words) {
        for (String word : words) {
            if (text.startsWith(word, at)) {
                return at + word.length();
            }
        }
        return -1;
    }

    static Malformed broken(String detail) {
        return new Malformed(new LineError(Reason.BROKEN_STATEMENT, detail));
    }

    static Malformed badAddress() {
        return new Malformed(new LineError(Reason.BAD_CLIENT_ADDRESS, "the client's address is none"));
    }
}
