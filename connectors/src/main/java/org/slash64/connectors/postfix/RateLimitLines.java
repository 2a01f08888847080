package org.slash64.connectors.postfix;

import org.slash64.connectors.log.SafeText;
import org.slash64.connectors.log.SmtpFact;
import org.slash64.connectors.log.SmtpFact.Envelope;
import org.slash64.connectors.log.SmtpFact.Ignored;
import org.slash64.connectors.log.SmtpFact.Ignored.Why;
import org.slash64.connectors.log.SmtpFact.Rejected;
import org.slash64.connectors.log.SmtpFact.Reply;

/**
 * Limits that anvil(8) keeps and smtpd(8) tells: {@code Connection rate limit exceeded: 51 from CLIENT for service smtp}. The
 * reply is not logged; it is the one that smtpd gives then.
 */
final class RateLimitLines {

    private static final String EXCEEDED = " limit exceeded: ";
    private static final String FROM = " from ";
    private static final int MAX_WORDS = 64;
    private static final int MAX_NUMBER = 24;

    /** A limit, the command that crosses it, and the reply of smtpd 3.7. */
    private record Limit(String words, String stage, int code, String status) {}

    private static final Limit[] LIMITS = {
        new Limit("Connection concurrency", "CONNECT", 421, "4.7.0"),
        new Limit("Connection rate", "CONNECT", 421, "4.7.0"),
        new Limit("Message delivery request rate", "MAIL", 450, "4.7.1"),
        new Limit("Recipient address rate", "RCPT", 450, "4.7.1"),
        new Limit("New TLS session rate", "STARTTLS", 454, "4.7.0"),
        new Limit("AUTH request rate", "AUTH", 450, "4.7.1")
    };

    private RateLimitLines() {}

    /** @param at behind {@code warning: } */
    static SmtpFact parse(String service, String message, int at) {
        int words = message.indexOf(EXCEEDED, at);
        int from = words < 0 ? -1 : message.indexOf(FROM, words);
        if (words - at > MAX_WORDS || from < 0 || from - words > EXCEEDED.length() + MAX_NUMBER) {
            return new Ignored(Why.WARNING);
        }
        for (Limit limit : LIMITS) {
            if (message.startsWith(limit.words(), at) && at + limit.words().length() == words) {
                return refused(service, message, at, from + FROM.length(), limit);
            }
        }
        return new Ignored(Why.WARNING);
    }

    private static SmtpFact refused(String service, String message, int at, int start, Limit limit) {
        ClientToken client = ClientToken.at(message, start);
        if (!client.usable()) {
            return client.fault();
        }
        Reply reply = new Reply(limit.code(), limit.status(), SafeText.of(message.substring(at)));
        return new Rejected(client.session(service), null, limit.stage(), reply, Envelope.UNKNOWN, false, true);
    }
}
