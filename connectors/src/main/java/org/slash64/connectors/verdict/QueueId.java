package org.slash64.connectors.verdict;

/** Queue ids of mail servers as other programs log them: any server's, so by their characters alone. */
public final class QueueId {

    private static final int MIN_ID = 6; // Postfix: five hex digits of microseconds and an inode
    private static final int MIN_WITHOUT_DIGITS = 10;
    private static final int MAX_ID = 64;

    private QueueId() {}

    /** True where a text that stands in the place of a queue id can be one: letters, digits and few marks. */
    public static boolean is(String text) {
        return !text.isEmpty() && text.length() <= MAX_ID && end(text) == text.length();
    }

    /**
     * The length of the queue id that a message begins with, before a colon and a blank; 0 where it begins otherwise, or
     * with a mere word.
     */
    public static int leading(String message) {
        int end = end(message);
        boolean id = end <= MAX_ID && end >= (hasDigit(message, end) ? MIN_ID : MIN_WITHOUT_DIGITS);
        return id && message.startsWith(": ", end) ? end : 0;
    }

    private static int end(String text) {
        int at = 0;
        while (at < text.length() && at <= MAX_ID && isIdCharacter(text.charAt(at))) {
            at++;
        }
        return at;
    }

    private static boolean hasDigit(String text, int end) {
        for (int i = 0; i < end; i++) {
            if (text.charAt(i) >= '0' && text.charAt(i) <= '9') {
                return true;
            }
        }
        return false;
    }

    private static boolean isIdCharacter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.';
    }
}
