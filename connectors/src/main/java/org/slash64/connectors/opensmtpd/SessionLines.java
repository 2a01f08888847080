package org.slash64.connectors.opensmtpd;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slash64.connectors.log.LineError;
import org.slash64.connectors.log.LineError.Reason;
import org.slash64.connectors.log.SafeText;
import org.slash64.connectors.log.SmtpFact;
import org.slash64.connectors.log.SmtpFact.AuthFailed;
import org.slash64.connectors.log.SmtpFact.Connected;
import org.slash64.connectors.log.SmtpFact.Described;
import org.slash64.connectors.log.SmtpFact.Disconnected;
import org.slash64.connectors.log.SmtpFact.Ending;
import org.slash64.connectors.log.SmtpFact.Envelope;
import org.slash64.connectors.log.SmtpFact.Helo;
import org.slash64.connectors.log.SmtpFact.Ignored;
import org.slash64.connectors.log.SmtpFact.Ignored.Why;
import org.slash64.connectors.log.SmtpFact.Loss;
import org.slash64.connectors.log.SmtpFact.Malformed;
import org.slash64.connectors.log.SmtpFact.Received;
import org.slash64.connectors.log.SmtpFact.Session;
import org.slash64.connectors.log.SmtpFact.Tls;
import org.slash64.connectors.log.SmtpFact.TlsStarted;
import org.slash64.connectors.opensmtpd.Fields.FieldName;
import org.slash64.schemas.Address;

/** Lines that begin with the session: {@code SESSION smtp WORD FIELDS} and {@code SESSION smtp event=WORD FIELDS}. */
final class SessionLines {

    private static final String EVENT = "event=";
    private static final String CIPHERS = " ciphers=";
    private static final String COMMAND = "command=\"";
    private static final String COMMAND_END = "\" result=\"";
    private static final String LOCAL = "local";
    private static final Set<String> NO_NAMES = Set.of("", "<unknown>", "unknown");
    private static final int MAX_WORD = 32;
    private static final int MESSAGE_DIGITS = 8; // an envelope's id begins with its message's

    private final Session session;
    private final String text;
    private final Fields fields;

    private SessionLines(Session session, String text, Fields fields) {
        this.session = session;
        this.text = text;
        this.fields = fields;
    }

    /** What the line says from the word, or {@code event=}, on. */
    static SmtpFact parse(String id, String text, int start) {
        int at = start;
        while (text.startsWith(" ", at)) {
            at++;
        }
        at += text.startsWith(EVENT, at) ? EVENT.length() : 0;
        int end = text.indexOf(' ', at);
        if (id.isEmpty() || end < 0 || end - at > MAX_WORD) {
            return new Ignored(Why.UNKNOWN_STATEMENT);
        }
        int fieldsStart = end;
        while (text.startsWith(" ", fieldsStart)) {
            fieldsStart++;
        }
        return of(id, text, Fields.read(text, fieldsStart), text.substring(at, end));
    }

    private static SmtpFact of(String id, String text, Fields fields, String word) {
        String address = fields.get(FieldName.ADDRESS);
        if (LOCAL.equals(address)) {
            return new Ignored(Why.LOCAL_ORIGIN);
        }
        Optional<Address> client = address == null ? Optional.empty() : Address.parse(address);
        if (address != null && client.isEmpty()) {
            return new Malformed(new LineError(Reason.BAD_CLIENT_ADDRESS, "the client's address is none"));
        }
        Session session = SessionId.session(id, client.orElse(null), name(fields.get(FieldName.HOST)));
        return new SessionLines(session, text, fields).read(word);
    }

    private static String name(String host) {
        return host == null || NO_NAMES.contains(host) ? null : SafeText.of(host);
    }

    private SmtpFact read(String word) {
        return switch (word) {
            case "connected" -> connected();
            case "disconnected", "closed" -> disconnected();
            case "tls", "starttls" -> tls();
            case "message" -> message();
            case "envelope" -> envelope();
            case "authentication" -> authentication();
            case "failed-command" -> refused();
            case "bad-input" -> badInput();
            case "cert-check", "client-cert-check", "proxy" -> new Ignored(Why.NO_EVENT);
            default -> new Ignored(Why.UNKNOWN_STATEMENT);
        };
    }

    private SmtpFact connected() {
        return session.client() == null ? broken("a connect without the client") : new Connected(session);
    }

    private SmtpFact disconnected() {
        String reason = fields.get(FieldName.REASON);
        if (reason == null) {
            return broken("an end without a reason");
        }
        Loss loss = reason.equals("quit") ? null : reason.equals("timeout") ? Loss.TIMEOUT : Loss.LOST;
        return new Disconnected(session, Map.of(), Map.of(), new Ending(loss, null, null, false));
    }

    private SmtpFact tls() {
        int ciphers = text.indexOf(CIPHERS);
        int start = ciphers + CIPHERS.length();
        return ciphers < 0
                ? broken("a TLS session without its protocol")
                : new TlsStarted(session, tls(text.substring(text.startsWith("\"", start) ? start + 1 : start)));
    }

    /** {@code TLSv1.3:TLS_AES_256_GCM_SHA384:256}, or {@code version=TLSv1.2, cipher=NAME, bits=256}. */
    static Tls tls(String ciphers) {
        String protocol = between(ciphers, "version=");
        if (protocol != null) {
            return new Tls(protocol, between(ciphers, "cipher="), List.of());
        }
        int colon = ciphers.indexOf(':');
        int end = colon < 0 ? -1 : ciphers.indexOf(':', colon + 1);
        return end < 0
                ? new Tls(null, SafeText.of(ciphers), List.of())
                : new Tls(
                        SafeText.of(ciphers.substring(0, colon)),
                        SafeText.of(ciphers.substring(colon + 1, end)),
                        List.of());
    }

    private static String between(String text, String key) {
        int start = text.indexOf(key);
        int comma = text.indexOf(',', Math.max(start, 0));
        int end = comma < 0 ? text.length() : comma;
        return start < 0 ? null : SafeText.of(text.substring(start + key.length(), end));
    }

    /** In 5.9 and 6.0 a line for each recipient, with the addresses; since then one for the message, without them. */
    private SmtpFact message() {
        String id = fields.get(FieldName.MSGID);
        if (id == null || SessionId.length(id, 0) != id.length()) {
            return broken("a message without its id");
        }
        Long recipients = fields.number(FieldName.NRCPT);
        return new Received(
                session,
                id,
                addresses(),
                null,
                fields.number(FieldName.SIZE),
                recipients == null || recipients > Integer.MAX_VALUE ? null : Integer.valueOf(recipients.intValue()),
                null);
    }

    private SmtpFact envelope() {
        String id = fields.get(FieldName.EVPID);
        boolean known = id != null && id.length() == 2 * MESSAGE_DIGITS && SessionId.length(id, 0) > 0;
        return known
                ? new Described(session, id.substring(0, MESSAGE_DIGITS), addresses(), null, null, null)
                : broken("an envelope without its id");
    }

    private Envelope addresses() {
        return new Envelope(safe(FieldName.FROM), safe(FieldName.TO), safe(FieldName.PROTO), null, null);
    }

    private String safe(FieldName key) {
        return fields.get(key) == null ? null : SafeText.of(fields.get(key));
    }

    private SmtpFact authentication() {
        String result = fields.get(FieldName.RESULT);
        if (fields.get(FieldName.USER) == null || result == null) {
            return broken("an authentication without a result");
        }
        return switch (result) {
            case "ok" -> new Helo(session, new Envelope(null, null, null, null, Envelope.UNNAMED_MECHANISM));
            case "permfail" -> new AuthFailed(session, Envelope.UNNAMED_MECHANISM, result);
            default -> new Ignored(Why.AUTH_UNAVAILABLE);
        };
    }

    /** The command may hold quotes; the reply comes last, and a client can bring no blank behind a quote into it. */
    private SmtpFact refused() {
        int start = fields.end() + COMMAND.length();
        int end = text.lastIndexOf(COMMAND_END);
        return text.startsWith(COMMAND, fields.end()) && end >= start
                ? Refusal.of(session, text.substring(start, end), unquoted(end + COMMAND_END.length()))
                : broken("a refused command without its reply");
    }

    private SmtpFact badInput() {
        String result = fields.get(FieldName.RESULT);
        return result == null ? broken("a refusal without its reply") : Refusal.ofBadInput(session, result);
    }

    private String unquoted(int start) {
        return text.substring(start, text.endsWith("\"") ? Math.max(start, text.length() - 1) : text.length());
    }

    private static Malformed broken(String detail) {
        return new Malformed(new LineError(Reason.BROKEN_STATEMENT, detail));
    }
}
