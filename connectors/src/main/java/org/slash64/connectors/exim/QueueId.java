package org.slash64.connectors.exim;

/**
 * Exim's ids of messages: {@code 1rPxyz-0006JK-G9}, time, process and fraction of a second in base 62; since 4.97 with
 * eleven and four characters in the last two parts.
 */
final class QueueId {

    private static final int[] SHORT = {6, 6, 2};
    private static final int[] LONG = {6, 11, 4};

    private QueueId() {}

    /** The length of the id that stands here, with a blank or the end behind it; 0 where there is none. */
    static int length(String text, int at) {
        int length = length(text, at, SHORT);
        return length > 0 ? length : length(text, at, LONG);
    }

    private static int length(String text, int start, int[] parts) {
        int at = start;
        for (int i = 0; i < parts.length; i++) {
            if (i > 0 && !text.startsWith("-", at++)) {
                return 0;
            }
            for (int end = at + parts[i]; at < end; at++) {
                if (at >= text.length() || !isBase62(text.charAt(at))) {
                    return 0;
                }
            }
        }
        return at == text.length() || text.charAt(at) == ' ' ? at - start : 0;
    }

    private static boolean isBase62(char c) {
        return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
    }
}
