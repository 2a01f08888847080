package org.slash64.connectors.exim;

import org.slash64.connectors.log.SafeText;
import org.slash64.connectors.log.SmtpFact;
import org.slash64.connectors.log.SmtpFact.AuthFailed;
import org.slash64.connectors.log.SmtpFact.Ignored;
import org.slash64.connectors.log.SmtpFact.Ignored.Why;

/** {@code NAME authenticator failed for CLIENT: 535 Incorrect authentication data (set_id=…)}. */
final class AuthLines {

    private static final String FAILED = " authenticator failed for ";

    private AuthLines() {}

    /** Null where the line is another. */
    static SmtpFact parse(String text, int at) {
        int nameEnd = Text.wordEnd(text, at);
        if (nameEnd == at || !text.startsWith(FAILED, nameEnd)) {
            return null;
        }
        Client client = Client.at(text, nameEnd + FAILED.length(), ": ");
        if (!client.usable()) {
            return text.indexOf('[', nameEnd) < 0 ? new Ignored(Why.LOCAL_ORIGIN) : client.fault();
        }
        String reason = text.startsWith(": ", client.end()) ? text.substring(client.end() + 2) : "";
        if (reason.startsWith("4")) {
            return new Ignored(Why.AUTH_UNAVAILABLE); // 435 Unable to authenticate at present, 435 Internal error
        }
        if (reason.startsWith("501 Authentication cancelled")) {
            return new Ignored(Why.NO_EVENT);
        }
        return new AuthFailed(client.session(), SafeText.of(text.substring(at, nameEnd)), SafeText.of(reason));
    }
}
