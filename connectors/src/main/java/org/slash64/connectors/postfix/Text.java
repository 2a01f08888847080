package org.slash64.connectors.postfix;

import org.slash64.connectors.log.LineError;
import org.slash64.connectors.log.LineError.Reason;
import org.slash64.connectors.log.SmtpFact.Malformed;

/** What the lines of all Postfix daemons share. */
final class Text {

    /** Short queue ids are five hex digits of microseconds and the inode; long ones are longer. */
    private static final int MIN_SHORT_ID = 6;

    private static final int MIN_LONG_ID = 10;
    private static final int MAX_ID = 64;

    private Text() {}

    /**
     * The length of the queue id that the message starts with, or 0. A short id is upper-case hex, a long one
     * (enable_long_queue_ids) letters and digits; NOQUEUE is none.
     */
    static int queueIdLength(String message) {
        int colon = 0;
        boolean hex = true;
        while (colon < message.length() && colon <= MAX_ID && isLetterOrDigit(message.charAt(colon))) {
            char c = message.charAt(colon++);
            hex &= c <= 'F';
        }
        boolean longEnough = colon >= (hex ? MIN_SHORT_ID : MIN_LONG_ID) && colon <= MAX_ID;
        return longEnough && message.startsWith(": ", colon) ? colon : 0;
    }

    private static boolean isLetterOrDigit(char c) {
        return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
    }

    static Malformed broken(String detail) {
        return new Malformed(new LineError(Reason.BROKEN_STATEMENT, detail));
    }
}
