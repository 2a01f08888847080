package org.slash64.connectors.postfix;

import org.slash64.connectors.log.ReplyText;
import org.slash64.connectors.log.SafeText;
import org.slash64.connectors.log.SmtpFact;
import org.slash64.connectors.log.SmtpFact.Envelope;
import org.slash64.connectors.log.SmtpFact.Ignored;
import org.slash64.connectors.log.SmtpFact.Ignored.Why;
import org.slash64.connectors.log.SmtpFact.Rejected;
import org.slash64.connectors.log.SmtpFact.Reply;
import org.slash64.connectors.log.SmtpFact.Session;

/** The statements {@code reject:}, {@code milter-reject:} and {@code proxy-reject:}, whose subject has been read before. */
final class RejectLines {

    static final String END_OF_MESSAGE = "END-OF-MESSAGE";

    private static final String FROM = " from ";
    private static final int MAX_STAGE = 32;
    private static final int MAX_CANDIDATES = 32; // cleanup logs 200 bytes of the content

    private RejectLines() {}

    /** {@code STAGE from CLIENT: CODE STATUS TEXT; ATTRIBUTES}. */
    static SmtpFact command(String service, String queueId, String text, int start, boolean bySession) {
        int from = text.indexOf(FROM, start);
        if (from < 0 || from - start > MAX_STAGE || from == start) {
            return Text.broken("a refusal without its stage");
        }
        String stage = text.substring(start, from);
        if (text.startsWith("local:", from + FROM.length())) {
            return new Ignored(Why.LOCAL_ORIGIN);
        }
        ClientToken client = ClientToken.at(text, from + FROM.length());
        if (!client.usable()) {
            return client.fault();
        }
        if (!text.startsWith(": ", client.end())) {
            return Text.broken("a refusal without its reply");
        }
        return rejected(service, queueId, stage, client, text, client.end() + 2, bySession);
    }

    /** {@code STAGE: CODE STATUS TEXT; ATTRIBUTES}: what a before-queue filter refused; the client is the session's. */
    static SmtpFact byProxy(String service, String queueId, String text, int start) {
        int colon = text.indexOf(": ", start);
        if (colon < 0 || colon - start > MAX_STAGE || colon == start) {
            return Text.broken("a filter's refusal without its stage");
        }
        ClientToken session = new ClientToken(null, null, null, colon);
        return rejected(service, queueId, text.substring(start, colon), session, text, colon + 2, true);
    }

    private static Rejected rejected(
            String service,
            String queueId,
            String stage,
            ClientToken client,
            String text,
            int start,
            boolean bySession) {
        Attributes attributes = Attributes.find(text, start, Attributes.Ending.END_OF_LINE);
        int end = attributes == null ? text.length() : attributes.start;
        Envelope envelope = attributes == null ? Envelope.UNKNOWN : attributes.envelope();
        Reply reply = ReplyText.of(text.substring(start, end));
        return of(client.session(service), queueId, stage, reply, envelope, bySession);
    }

    private static Rejected of(
            Session session, String queueId, String stage, Reply reply, Envelope envelope, boolean bySession) {
        boolean ends = !bySession || stage.equals("DATA") || stage.equals("BDAT") || stage.equals(END_OF_MESSAGE);
        return new Rejected(session, queueId, SafeText.of(stage), reply, envelope, ends, bySession);
    }

    /**
     * {@code CLASS CONTENT from CLIENT; ATTRIBUTES: TEXT}: a header or a body line refused by cleanup, which happens
     * before the reply to the end of the message. The content is the client's, so the last place is taken at which a
     * client and a list can be read.
     */
    static SmtpFact content(String service, String queueId, String text, int start) {
        int from = text.lastIndexOf(FROM);
        for (int tried = 0; from >= start && tried < MAX_CANDIDATES; tried++, from = text.lastIndexOf(FROM, from - 1)) {
            int at = from + FROM.length();
            if (text.startsWith("local;", at)) {
                return new Ignored(Why.LOCAL_ORIGIN);
            }
            ClientToken client = ClientToken.at(text, at);
            boolean list = client.end() > at && text.startsWith(";", client.end());
            Attributes attributes = list ? Attributes.at(text, client.end(), Attributes.Ending.TEXT) : null;
            if (attributes != null) {
                return contentOf(service, queueId, text, client, attributes);
            }
        }
        return Text.broken("a refused content without its client");
    }

    private static SmtpFact contentOf(
            String service, String queueId, String text, ClientToken client, Attributes attributes) {
        if (!client.usable()) {
            return client.fault();
        }
        int replyStart = Math.min(attributes.end + 2, text.length());
        Reply reply = ReplyText.of(text.substring(replyStart));
        return of(client.session(service), queueId, END_OF_MESSAGE, reply, attributes.envelope(), false);
    }
}
