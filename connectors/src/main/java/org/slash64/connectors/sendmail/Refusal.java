package org.slash64.connectors.sendmail;

import org.slash64.connectors.log.ReplyText;
import org.slash64.connectors.log.SafeText;
import org.slash64.connectors.log.SmtpFact;
import org.slash64.connectors.log.SmtpFact.Envelope;
import org.slash64.connectors.log.SmtpFact.Rejected;
import org.slash64.connectors.log.SmtpFact.Reply;
import org.slash64.connectors.log.SmtpFact.Session;

/**
 * What Sendmail refused.
 *
 * @param stage the SMTP command, END-OF-MESSAGE, or CONNECT
 * @param reply the answer
 * @param envelope what the client had said
 */
record Refusal(String stage, Reply reply, Envelope envelope) {

    static final String CONNECT = "CONNECT";
    static final String END_OF_MESSAGE = "END-OF-MESSAGE";
    private static final String DATA = "DATA";

    /** With the answer as it was logged. */
    static Refusal logged(String stage, String reply, Envelope envelope) {
        return new Refusal(stage, ReplyText.of(reply), envelope);
    }

    /** With the answer that Sendmail gives without logging it. */
    static Refusal constant(String stage, int code, String status, String text) {
        return new Refusal(stage, new Reply(code, status, SafeText.of(text)), Envelope.UNKNOWN);
    }

    SmtpFact by(Relay relay, String queueId) {
        return relay.usable() ? in(relay.session(), queueId) : relay.fault();
    }

    SmtpFact in(Session session, String queueId) {
        boolean ends = stage.equals(DATA) || stage.equals(END_OF_MESSAGE);
        return new Rejected(session, queueId, SafeText.of(stage), reply, envelope, ends, true);
    }
}
