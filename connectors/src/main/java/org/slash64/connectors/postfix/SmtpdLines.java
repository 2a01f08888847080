package org.slash64.connectors.postfix;

import java.util.List;
import org.slash64.connectors.log.SafeText;
import org.slash64.connectors.log.SmtpFact;
import org.slash64.connectors.log.SmtpFact.AuthFailed;
import org.slash64.connectors.log.SmtpFact.Certificate;
import org.slash64.connectors.log.SmtpFact.Connected;
import org.slash64.connectors.log.SmtpFact.ConnectionLost;
import org.slash64.connectors.log.SmtpFact.Envelope;
import org.slash64.connectors.log.SmtpFact.Helo;
import org.slash64.connectors.log.SmtpFact.Ignored;
import org.slash64.connectors.log.SmtpFact.Ignored.Why;
import org.slash64.connectors.log.SmtpFact.Loss;
import org.slash64.connectors.log.SmtpFact.Queued;
import org.slash64.connectors.log.SmtpFact.Session;
import org.slash64.connectors.log.SmtpFact.Tls;
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
    private static final String PROXY_ACCEPT = "proxy-accept: ";
    private static final String SUBJECT = "subject_CN=";
    private static final String FROM = " from ";
    private static final int MAX_STAGE = 64;
    private static final int MAX_WORD = 64;
    private static final int MAX_NAME = 253; // RFC 1035 section 2.3.4, as text

    /** Rules of access(5) that let the client go on. */
    private static final String[] NOT_REFUSED = {
        "reject_warning: ",
        "warn: ",
        "hold: ",
        "discard: ",
        "redirect: ",
        "filter: ",
        "bcc: ",
        "prepend: ",
        "info: ",
        "permit: ",
        "dunno: ",
        "replace: ",
        "delay: ",
        "milter-discard: ",
        "milter-hold: ",
        "milter-quarantine: "
    };

    /** Words about a session that no event has a place for, and about the server itself. */
    private static final String[] OF_NO_EVENT = {
        "improper command pipelining after ",
        "SSL_accept error from ",
        "bare <LF> received after ",
        "discarding EHLO keywords: ",
        "setting up TLS connection from ",
        "NOQUEUE: client=",
        "table ",
        "initializing the server-side TLS engine",
        "fatal: ",
        "error: ",
        "panic: ",
        "idle timeout",
        "SSL_accept:",
        "Trusted client certificate",
        "mapping DNSBL ",
        "statistics: ",
        "reloading ",
        "restarting ",
        "process ",
        "connect to ",
        "name_mask: ",
        "dict_",
        "< ",
        "> ",
        "xsasl_",
        "auto_clnt_",
        "watchdog_",
        "input attribute ",
        "watched by ",
        "match_",
        "send attr ",
        "private/",
        "rewrite_",
        "event_",
        "inet_addr_",
        "generic_checks",
        "smtpd_",
        "extract_",
        "ctable_",
        "report ",
        "vstream_",
        "vstring_",
        "master_notify",
        "check_",
        "permit_",
        "reject_",
        "maps_",
        "milter_",
        "milter8_",
        "been_here",
        "proxymap stream ",
        "sasl_",
        "SASL "
    };

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
                ? new Connected(client.session(service))
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
        if (message.startsWith(PROXY_ACCEPT, at)) {
            return said(new Session(service, null, null, null), message, at + PROXY_ACCEPT.length());
        }
        for (String rule : NOT_REFUSED) {
            if (message.startsWith(rule, at)) {
                return notRefused(service, message, at + rule.length());
            }
        }
        return other(service, message);
    }

    /** {@code STAGE from CLIENT: TEXT; ATTRIBUTES}: the attributes are worth knowing although nothing is refused. */
    private static SmtpFact notRefused(String service, String message, int start) {
        int from = message.indexOf(FROM, start);
        if (from < 0 || from - start > MAX_STAGE) {
            return new Ignored(Why.NOT_REFUSED);
        }
        ClientToken client = ClientToken.at(message, from + FROM.length());
        return client.usable() ? said(client.session(service), message, client.end()) : client.fault();
    }

    private static SmtpFact said(Session session, String message, int start) {
        Attributes attributes = Attributes.find(message, start, Attributes.Ending.END_OF_LINE);
        return attributes == null ? new Ignored(Why.NOT_REFUSED) : new Helo(session, attributes.envelope());
    }

    private static SmtpFact other(String service, String message) {
        for (String words : OF_NO_EVENT) {
            if (message.startsWith(words)) {
                return new Ignored(Why.NO_EVENT);
            }
        }
        int certificate = message.indexOf(SUBJECT);
        return certificate > 0 ? certificate(service, message, certificate) : new Ignored(Why.UNKNOWN_STATEMENT);
    }

    /** {@code CLIENT: [Trusted: ]subject_CN=NAME, issuer=…, fingerprint=…}; the name is the certificate's to choose. */
    private static SmtpFact certificate(String service, String message, int subject) {
        ClientToken client = ClientToken.at(message, 0);
        boolean own = client.usable() && message.startsWith(": ", client.end()) && subject - client.end() <= MAX_WORD;
        int start = subject + SUBJECT.length();
        int end = message.indexOf(", issuer", start);
        if (!own || end < start) {
            return new Ignored(Why.UNKNOWN_STATEMENT);
        }
        String name = message.substring(start, end);
        boolean isName = !name.isEmpty() && name.length() <= MAX_NAME && name.indexOf(' ') < 0;
        return new Certificate(client.session(service), isName ? List.of(SafeText.of(name)) : List.of());
    }

    /** {@code client=CLIENT, sasl_method=PLAIN, sasl_username=…, orig_client=…}. */
    private static SmtpFact queued(String service, String queueId, String message, int start) {
        ClientToken client = ClientToken.at(message, start);
        if (!client.usable()) {
            return client.fault();
        }
        return new Queued(client.session(service), queueId, authenticated(saslMethod(message, client.end())));
    }

    private static Envelope authenticated(String saslMethod) {
        return saslMethod == null ? Envelope.UNKNOWN : new Envelope(null, null, null, null, saslMethod);
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
        return SafeText.of(message.substring(at + key.length(), end));
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
        return new ConnectionLost(client.session(service), SafeText.of(stage), loss);
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
        String protocol = SafeText.of(message.substring(colon + 2, cipher));
        boolean trusted = message.startsWith("Trusted ") || message.startsWith("Verified ");
        return new TlsStarted(client.session(service), new Tls(protocol, SafeText.of(name), List.of()), trusted);
    }

    /** Of all warnings only a crossed rate limit and a failed authentication are facts: {@code CLIENT: SASL PLAIN authentication failed: …}. */
    private static SmtpFact warning(String service, String message) {
        String sasl = ": SASL ";
        String failed = " authentication failed";
        ClientToken client = ClientToken.at(message, WARNING.length());
        int method = client.end() + sasl.length();
        int fail = message.startsWith(sasl, client.end()) ? message.indexOf(failed, method) : -1;
        if (fail < 0 || fail - method > MAX_WORD) {
            return RateLimitLines.parse(service, message, WARNING.length());
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
        String mechanism = SafeText.of(message.substring(method, methodEnd));
        return new AuthFailed(client.session(service), mechanism, SafeText.of(text));
    }
}
