package org.slash64.connectors.exim;

import org.slash64.connectors.log.ReplyText;
import org.slash64.connectors.log.SafeText;
import org.slash64.connectors.log.SmtpFact;
import org.slash64.connectors.log.SmtpFact.Envelope;
import org.slash64.connectors.log.SmtpFact.Rejected;
import org.slash64.connectors.log.SmtpFact.Reply;

/**
 * What Exim refused.
 *
 * @param stage the SMTP command, END-OF-MESSAGE, or CONNECT
 * @param code the reply code that stands where the text has none
 * @param from envelope sender or null
 * @param to envelope recipient or null
 * @param helo argument of HELO or null
 * @param text the reason as logged
 */
record Refusal(String stage, int code, String from, String to, String helo, String text) {

    static final String CONNECT = "CONNECT";
    static final String DATA = "DATA";
    static final String END_OF_MESSAGE = "END-OF-MESSAGE";

    /** Exim logs no reply codes, but tells permanent refusals from temporary ones in its words. */
    static final int PERMANENT = 550;

    static final int TEMPORARY = 450;

    private static final int FIRST_NEGATIVE = 400; // RFC 5321 section 4.2.1
    private static final int LAST_NEGATIVE = 599;

    /** A refusal of a command that tells nothing but the stage. */
    static Refusal of(String stage, int code, String text) {
        return new Refusal(stage, code, null, null, null, text);
    }

    SmtpFact by(Client client, String queueId) {
        return by(client, queueId, stage.equals(DATA) || stage.equals(END_OF_MESSAGE));
    }

    SmtpFact by(Client client, String queueId, boolean endsMessage) {
        if (!client.usable()) {
            return client.fault();
        }
        String named = helo == null ? client.helo() : SafeText.of(helo);
        Envelope envelope = new Envelope(safe(from), safe(to), null, named, saslMethod(client.fields()));
        return new Rejected(client.session(), queueId, SafeText.of(stage), reply(), envelope, endsMessage, true);
    }

    /** Logged with the sender, which is told with a recipient and with the content alone. */
    private String saslMethod(Fields fields) {
        boolean told = (stage.equals("RCPT") || stage.equals(END_OF_MESSAGE)) && fields.isAuthenticatedSender();
        return told ? fields.authenticator() : null;
    }

    private static String safe(String value) {
        return value == null ? null : SafeText.of(value);
    }

    private Reply reply() {
        Reply logged = ReplyText.of(text);
        if (logged.code() == 0) {
            return new Reply(code, logged.enhancedStatus(), logged.text());
        }
        boolean negative = logged.code() >= FIRST_NEGATIVE && logged.code() <= LAST_NEGATIVE;
        return negative ? logged : new Reply(code, null, SafeText.of(text));
    }
}
