package org.slash64.connectors.postfix;

import org.slash64.connectors.log.SafeText;
import org.slash64.connectors.log.SmtpFact;
import org.slash64.connectors.log.SmtpFact.Ignored;
import org.slash64.connectors.log.SmtpFact.Ignored.Why;
import org.slash64.connectors.log.SmtpFact.MessageId;

/** The lines of cleanup(8), which takes a message into the queue and may refuse it for its content. */
final class CleanupLines {

    private static final String MESSAGE_ID = "message-id=";
    private static final String REJECT = "reject: ";
    private static final String MILTER = "milter-";
    private static final String MILTER_REJECT = "milter-reject: ";

    private CleanupLines() {}

    static SmtpFact parse(String service, String message) {
        int id = Text.queueIdLength(message);
        if (id == 0) {
            return new Ignored(message.startsWith("warning: ") ? Why.WARNING : Why.NO_EVENT);
        }
        String queueId = message.substring(0, id);
        int at = id + 2;
        if (message.startsWith(MESSAGE_ID, at)) {
            return new MessageId(queueId, SafeText.of(unbracketed(message.substring(at + MESSAGE_ID.length()))));
        }
        if (message.startsWith(MILTER_REJECT, at)) {
            return RejectLines.command(service, queueId, message, at + MILTER_REJECT.length(), false);
        }
        if (message.startsWith(REJECT, at)) {
            return rejected(service, queueId, message, at + REJECT.length());
        }
        SmtpFact refused = milterHeaderReject(service, queueId, message, at);
        return refused instanceof Ignored ? HeaderLines.parse(queueId, message, at, refused) : refused;
    }

    private static String unbracketed(String id) {
        return id.startsWith("<") && id.endsWith(">") ? id.substring(1, id.length() - 1) : id;
    }

    private static SmtpFact rejected(String service, String queueId, String message, int at) {
        return message.startsWith(RejectLines.END_OF_MESSAGE, at)
                ? RejectLines.command(service, queueId, message, at, false)
                : RejectLines.content(service, queueId, message, at);
    }

    /** {@code milter-header-reject: } and its kin come from milter_header_checks. */
    private static SmtpFact milterHeaderReject(String service, String queueId, String message, int at) {
        int colon = message.indexOf(": ", at);
        boolean reject = message.startsWith(MILTER, at) && colon > 0 && message.startsWith("-reject", colon - 7);
        return reject
                ? RejectLines.content(service, queueId, message, colon + 2)
                : new Ignored(colon > 0 ? Why.NOT_REFUSED : Why.NO_EVENT);
    }
}
