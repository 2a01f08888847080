package org.slash64.connectors.verdict;

/** Queue ids of mail servers as other programs log them: any server's, so by their characters alone. */
public final class QueueId {

    private static final int MIN_ID = 6; // Postfix: five hex digits of microseconds and an inode
    private static final int MIN_WITHOUT_DIGITS = 10;
    private static final int MAX_ID = 64;

    private QueueId() {}

    /** True for what can be a queue id: letters, digits and few marks, and no mere word. */
    public static boolean is(String text) {
        return !text.isEmpty() && length(text) == text.length();
    }

    /** The length of the queue id that a message begins with, before a colon and a blank; 0 where it begins otherwise. */
    public static int leading(String message) {
        int length = length(message);
        return message.startsWith(": ", length) ? length : 0;
    }

    private static int length(String text) {
        int at = 0;
        boolean digit = false;
        while (at < text.length() && at <= MAX_ID && isIdCharacter(text.charAt(at))) {
            char c = text.charAt(at++);
            digit |= c >= '0' && c <= '9';
        }
        return at >= (digit ? MIN_ID : MIN_WITHOUT_DIGITS) && at <= MAX_ID ? at : 0;
    }

    private static boolean isIdCharacter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.';
    }
}
