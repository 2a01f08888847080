package org.slash64.connectors.postfix;

import org.slash64.connectors.log.SmtpFact;
import org.slash64.connectors.log.SmtpFact.AuthFailed;
import org.slash64.connectors.log.SmtpFact.Connected;
import org.slash64.connectors.log.SmtpFact.ConnectionLost;
import org.slash64.connectors.log.SmtpFact.Ignored;
import org.slash64.connectors.log.SmtpFact.Ignored.Why;
import org.slash64.connectors.log.SmtpFact.Loss;
import org.slash64.connectors.log.SmtpFact.Queued;
import org.slash64.connectors.log.SmtpFact.TlsStarted;

/** The lines of the SMTP server, smtpd(8). */
final class SmtpdLines {

    private static final String CONNECT = "connect from ";
    private static final String DISCONNECT = "disconnect from ";
    private static final String LOST = "lost connection after ";
    private static final String TIMEOUT = "timeout after ";
    private static final String ERRORS = "too many errors after ";
    private static final String WARNING = "warning: ";
    private static final String TLS = " TLS connection established from ";
    private static final String CLIENT = "client=";
    private static final String NOQUEUE = "NOQUEUE: ";
    private static final String PROXY_REJECT = "proxy-reject: ";
    private static final String FROM = " from ";
    private static final int MAX_STAGE = 64;
    private static final int MAX_WORD = 64;

    private SmtpdLines() {}

    static SmtpFact parse(String service, String message) {
        if (message.startsWith(CONNECT)) {
            return connected(service, message);
        }
        if (message.startsWith(DISCONNECT)) {
            return DisconnectLines.parse(service, message, DISCONNECT.length());
        }
        if (message.startsWith(WARNING)) {
            return warning(service, message);
        }
        if (message.startsWith(NOQUEUE)) {
            return statement(service, null, message, NOQUEUE.length());
        }
        int id = Text.queueIdLength(message);
        return id > 0 ? statement(service, message.substring(0, id), message, id + 2) : unqueued(service, message);
    }

    private static SmtpFact unqueued(String service, String message) {
        int tls = message.indexOf(TLS);
        return tls > 0 && tls <= MAX_WORD
                ? tlsStarted(service, message, tls + TLS.length())
                : statement(service, null, message, 0);
    }

    private static SmtpFact connected(String service, String message) {
        ClientToken client = ClientToken.at(message, CONNECT.length());
        if (!client.usable()) {
            return client.fault();
        }
        return client.end() == message.length()
                ? new Connected(service, client.address(), client.name())
                : Text.broken("something follows the client that connected");
    }

    /** What follows a queue id, NOQUEUE, or nothing. */
    private static SmtpFact statement(String service, String queueId, String message, int at) {
        if (queueId != null && message.startsWith(CLIENT, at)) {
            return queued(service, queueId, message, at + CLIENT.length());
        }
        if (message.startsWith(LOST, at)) {
            return lost(service, message, at + LOST.length(), Loss.LOST);
        }
        if (message.startsWith(TIMEOUT, at)) {
            return lost(service, message, at + TIMEOUT.length(), Loss.TIMEOUT);
        }
        if (message.startsWith(ERRORS, at)) {
            return lost(service, message, at + ERRORS.length(), Loss.TOO_MANY_ERRORS);
        }
        if (message.startsWith(PROXY_REJECT, at)) {
            return RejectLines.byProxy(service, queueId, message, at + PROXY_REJECT.length());
        }
        return action(service, queueId, message, at);
    }

    private static SmtpFact action(String service, String queueId, String message, int at) {
        for (String refusal : new String[] {"reject: ", "milter-reject: "}) {
            if (message.startsWith(refusal, at)) {
                return RejectLines.command(service, queueId, message, at + refusal.length(), true);
            }
        }
        boolean rule = at > 0 && message.indexOf(": ", at) > 0;
        return new Ignored(rule ? Why.NOT_REFUSED : Why.NO_EVENT);
    }

    /** {@code client=CLIENT, sasl_method=PLAIN, sasl_username=…, orig_client=…}. */
    private static SmtpFact queued(String service, String queueId, String message, int start) {
        ClientToken client = ClientToken.at(message, start);
        if (!client.usable()) {
            return client.fault();
        }
        return new Queued(service, queueId, client.address(), client.name(), saslMethod(message, client.end()));
    }

    private static String saslMethod(String message, int at) {
        String key = ", sasl_method=";
        if (!message.startsWith(key, at)) {
            return null;
        }
        int end = at + key.length();
        while (end < message.length() && message.charAt(end) != ',' && message.charAt(end) != ' ') {
            end++;
        }
        return Text.safe(message.substring(at + key.length(), end));
    }

    /** {@code STAGE (7774180 bytes) from CLIENT}; the number of bytes stands after DATA and BDAT alone. */
    private static SmtpFact lost(String service, String message, int start, Loss loss) {
        int from = message.indexOf(FROM, start);
        if (from <= start || from - start > MAX_STAGE) {
            return Text.broken("a lost connection without its stage");
        }
        ClientToken client = ClientToken.at(message, from + FROM.length());
        if (!client.usable()) {
            return client.fault();
        }
        int bytes = message.indexOf(" (", start);
        String stage = message.substring(start, bytes > start && bytes < from ? bytes : from);
        return new ConnectionLost(service, client.address(), client.name(), Text.safe(stage), loss);
    }

    /** {@code CLIENT: TLSv1.3 with cipher NAME (256/256 bits)}; a server name asked for stands before the colon. */
    private static SmtpFact tlsStarted(String service, String message, int start) {
        ClientToken client = ClientToken.at(message, start);
        if (!client.usable()) {
            return client.fault();
        }
        int colon = message.indexOf(": ", client.end());
        String with = " with cipher ";
        int cipher = colon < 0 ? -1 : message.indexOf(with, colon);
        if (cipher < 0 || cipher - colon > MAX_WORD) {
            return Text.broken("a TLS session without its protocol");
        }
        int cipherStart = cipher + with.length();
        int end = message.indexOf(' ', cipherStart);
        String name = message.substring(cipherStart, end < 0 ? message.length() : end);
        return new TlsStarted(
                service,
                client.address(),
                client.name(),
                Text.safe(message.substring(colon + 2, cipher)),
                Text.safe(name));
    }

    /** Of all warnings only a failed authentication is a fact: {@code CLIENT: SASL PLAIN authentication failed: …}. */
    private static SmtpFact warning(String service, String message) {
        String sasl = ": SASL ";
        String failed = " authentication failed";
        ClientToken client = ClientToken.at(message, WARNING.length());
        int method = client.end() + sasl.length();
        int fail = message.startsWith(sasl, client.end()) ? message.indexOf(failed, method) : -1;
        if (fail < 0 || fail - method > MAX_WORD) {
            return new Ignored(Why.WARNING);
        }
        return client.usable()
                ? authFailed(service, client, message, method, fail, fail + failed.length())
                : client.fault();
    }

    private static SmtpFact authFailed(
            String service, ClientToken client, String message, int method, int methodEnd, int end) {
        String text = message.startsWith(": ", end) ? message.substring(end + 2) : "";
        if (text.startsWith("Connection lost to authentication server")) {
            return new Ignored(Why.AUTH_UNAVAILABLE);
        }
        String mechanism = Text.safe(message.substring(method, methodEnd));
        return new AuthFailed(service, client.address(), client.name(), mechanism, Text.safe(text));
    }
}
