package org.slash64.connectors.postfix;

import org.slash64.connectors.log.SafeText;
import org.slash64.connectors.log.SmtpFact;
import org.slash64.connectors.log.SmtpFact.Ignored;
import org.slash64.connectors.log.SmtpFact.Ignored.Why;
import org.slash64.connectors.log.SmtpFact.Removed;
import org.slash64.connectors.log.SmtpFact.Sender;

/** The lines of the queue manager, qmgr(8). */
final class QmgrLines {

    private static final String FROM = "from=<";
    private static final String SIZE = ">, size=";
    private static final String RECIPIENTS = ", nrcpt=";
    private static final String REMOVED = "removed";
    private static final int MAX_SIZE_DIGITS = 18;
    private static final int MAX_COUNT_DIGITS = 9;

    private QmgrLines() {}

    static SmtpFact parse(String message) {
        int id = Text.queueIdLength(message);
        return id > 0 && message.startsWith(FROM, id + 2) ? sender(message, id) : removed(message);
    }

    /** {@code QID: removed}, by qmgr when all is delivered, by postsuper when an operator deletes a message. */
    static SmtpFact removed(String message) {
        int id = Text.queueIdLength(message);
        boolean removed =
                id > 0 && message.startsWith(REMOVED, id + 2) && message.length() == id + 2 + REMOVED.length();
        return removed ? new Removed(message.substring(0, id)) : new Ignored(Why.NOT_RECEPTION);
    }

    /** {@code QID: from=<…>, size=5360, nrcpt=1 (queue active)}; the address may hold anything, so the last size counts. */
    private static SmtpFact sender(String message, int id) {
        int start = id + 2 + FROM.length();
        int size = message.lastIndexOf(SIZE);
        if (size < start) {
            return message.contains(">, status=")
                    ? new Ignored(Why.NOT_RECEPTION)
                    : Text.broken("a sender without a size");
        }
        int sizeStart = size + SIZE.length();
        int sizeEnd = digitsEnd(message, sizeStart, MAX_SIZE_DIGITS);
        int countStart = sizeEnd + RECIPIENTS.length();
        int countEnd = digitsEnd(message, countStart, MAX_COUNT_DIGITS);
        if (sizeEnd == sizeStart || !message.startsWith(RECIPIENTS, sizeEnd) || countEnd == countStart) {
            return Text.broken("a sender without size and number of recipients");
        }
        return new Sender(
                message.substring(0, id),
                SafeText.of(message.substring(start, size)),
                Long.parseLong(message, sizeStart, sizeEnd, 10),
                Integer.parseInt(message, countStart, countEnd, 10));
    }

    private static int digitsEnd(String text, int start, int most) {
        int end = start;
        while (end < text.length() && end - start < most && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
            end++;
        }
        return end;
    }
}
