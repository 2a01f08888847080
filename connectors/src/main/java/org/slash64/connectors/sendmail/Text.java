package org.slash64.connectors.sendmail;

import org.slash64.connectors.log.LineError;
import org.slash64.connectors.log.LineError.Reason;
import org.slash64.connectors.log.SafeText;
import org.slash64.connectors.log.SmtpFact.Malformed;

/** Small steps through a line that all statements share. */
final class Text {

    private static final int MIN_ID = 8; // three letters and a process id in releases before 8.10, more in later ones
    private static final int MIN_PROCESS = 5; // digits of the process id
    private static final int MAX_ID = 32;
    private static final int MAX_DIGITS = 18;

    private Text() {}

    /** The length of the queue id that the message starts with, or 0: {@code 4AG7abcd012345}, ends in the process id. */
    static int queueIdLength(String message) {
        int end = 0;
        while (end < message.length() && end <= MAX_ID && isLetterOrDigit(message.charAt(end))) {
            end++;
        }
        boolean process = end >= MIN_ID && end <= MAX_ID && digitsEnd(message, end - MIN_PROCESS) >= end;
        return process && end < message.length() && (message.charAt(end) == ':' || message.charAt(end) == '[')
                ? end
                : 0;
    }

    private static boolean isLetterOrDigit(char c) {
        return isDigit(c) || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
    }

    static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    /** Behind the digits that begin here. */
    static int digitsEnd(String text, int start) {
        int end = start;
        while (end < text.length() && isDigit(text.charAt(end))) {
            end++;
        }
        return end;
    }

    /** The number between the places, or -1. */
    static long number(String text, int start, int end) {
        boolean number = end > start && end - start <= MAX_DIGITS && digitsEnd(text, start) >= end;
        return number ? Long.parseLong(text, start, end, 10) : -1;
    }

    /**
     * Behind the address that begins here. Within brackets, quotes and comments in parentheses may hold anything (RFC 5322
     * section 3.2); without brackets it ends at a comma and a blank.
     */
    static int addressEnd(String text, int start) {
        if (!text.startsWith("<", start)) {
            int comma = text.indexOf(", ", start);
            return comma < 0 ? text.length() : comma;
        }
        int comments = 0;
        for (int i = start + 1; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' && comments == 0) {
                int quote = quoteEnd(text, i + 1);
                i = quote < 0 ? i : quote;
            } else if (c == '\\') {
                i++;
            } else if (c == '(') {
                comments++;
            } else if (c == ')' && comments > 0) {
                comments--;
            } else if (c == '>' && comments == 0) {
                return i + 1;
            }
        }
        int close = text.indexOf('>', start); // a quote or a comment that never ends
        return close < 0 ? text.length() : close + 1;
    }

    private static int quoteEnd(String text, int start) {
        for (int i = start; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"') {
                return i;
            }
            i += c == '\\' ? 1 : 0;
        }
        return -1;
    }

    /** Without the brackets, made safe. */
    static String address(String text, int start, int end) {
        boolean open = end > start && text.charAt(start) == '<';
        boolean closed = end > start + 1 && text.charAt(end - 1) == '>';
        return SafeText.of(text.substring(open ? start + 1 : start, open && closed ? end - 1 : end));
    }

    /** What stands between the key and the next of its kind; null where the key does not. */
    static String value(String text, int from, String key) {
        int at = text.indexOf(key, from);
        if (at < 0) {
            return null;
        }
        int start = at + key.length();
        int end = text.indexOf(", ", start);
        return SafeText.of(text.substring(start, end < 0 ? text.length() : end));
    }

    static Malformed broken(String detail) {
        return new Malformed(new LineError(Reason.BROKEN_STATEMENT, detail));
    }
}
