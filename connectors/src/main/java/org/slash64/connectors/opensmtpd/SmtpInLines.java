package org.slash64.connectors.opensmtpd;

import java.util.Map;
import java.util.Optional;
import org.slash64.connectors.log.LineError;
import org.slash64.connectors.log.LineError.Reason;
import org.slash64.connectors.log.SafeText;
import org.slash64.connectors.log.SmtpFact;
import org.slash64.connectors.log.SmtpFact.AuthFailed;
import org.slash64.connectors.log.SmtpFact.Connected;
import org.slash64.connectors.log.SmtpFact.ConnectionLost;
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
import org.slash64.connectors.log.SmtpFact.TlsStarted;
import org.slash64.connectors.opensmtpd.Fields.FieldName;
import org.slash64.schemas.Address;

/** Lines of OpenSMTPD up to 5.7: {@code smtp-in: STATEMENT session SESSION…}. */
final class SmtpInLines {

    private static final String SESSION = "session ";
    private static final String HOST = " from host ";
    private static final String COMMAND = ": \"";
    private static final String REPLY = "\" => ";
    private static final int MAX_STATEMENT = 512; // a user name stands before the session

    private final Session session;
    private final String text;
    private final int end;

    private SmtpInLines(Session session, String text, int end) {
        this.session = session;
        this.text = text;
        this.end = end;
    }

    /** What the line says from the statement on. */
    static SmtpFact parse(String text, int start) {
        int place = text.indexOf(SESSION, start);
        while (place >= 0 && place - start <= MAX_STATEMENT) {
            int id = place + SESSION.length();
            int end = id + SessionId.length(text, id);
            if (end > id) {
                Session session = SessionId.session(text.substring(id, end), null, null);
                return new SmtpInLines(session, text, end).read(text.substring(start, place));
            }
            place = text.indexOf(SESSION, id); // a user's name may end in the word
        }
        return new Ignored(Why.UNKNOWN_STATEMENT);
    }

    private SmtpFact read(String statement) {
        if (statement.startsWith("Accepted message ")) {
            return message(statement.substring("Accepted message ".length()));
        }
        if (statement.startsWith("Accepted authentication for user ")) {
            return new Helo(session, new Envelope(null, null, null, null, Envelope.UNNAMED_MECHANISM));
        }
        if (statement.startsWith("Authentication failed for user ")) {
            return new AuthFailed(session, Envelope.UNNAMED_MECHANISM, "failed");
        }
        if (statement.startsWith("Authentication temporarily failed ")) {
            return new Ignored(Why.AUTH_UNAVAILABLE);
        }
        return switch (statement) {
            case "New " -> connected();
            case "Failed command on " -> refused();
            case "Bad input on " -> Refusal.ofBadInput(session, rest());
            case "Started TLS on " -> new TlsStarted(session, SessionLines.tls(rest()));
            case "Closing " -> ended(null);
            case "Disconnecting " -> ended(text.endsWith("timed out") ? Loss.TIMEOUT : Loss.LOST);
            case "Received disconnect from ", "IO error on ", "Kicking " -> ended(Loss.LOST);
            case "Ending " -> new ConnectionLost(session, "RCPT", Loss.TOO_MANY_ERRORS);
            default -> new Ignored(known(statement) ? Why.NO_EVENT : Why.UNKNOWN_STATEMENT);
        };
    }

    private static boolean known(String statement) {
        return statement.startsWith("Client certificate verification ") || statement.isEmpty();
    }

    private String rest() {
        return text.startsWith(": ", end) ? text.substring(end + 2) : "";
    }

    /** {@code from host NAME [ADDRESS]}; a message of the host's own has {@code local} for an address. */
    private SmtpFact connected() {
        int open = text.startsWith(HOST, end) ? text.indexOf(" [", end + HOST.length()) : -1;
        if (open < 0 || !text.endsWith("]")) {
            return new Malformed(new LineError(Reason.BROKEN_STATEMENT, "a connect without the client"));
        }
        String address = text.substring(open + 2, Math.max(open + 2, text.length() - 1));
        if (address.equals("local")) {
            return new Ignored(Why.LOCAL_ORIGIN);
        }
        Optional<Address> client = Address.parse(address);
        String name = text.substring(end + HOST.length(), open);
        return client.isEmpty()
                ? new Malformed(new LineError(Reason.BAD_CLIENT_ADDRESS, "the client's address is none"))
                : new Connected(
                        SessionId.session(session.id(), client.get(), name.startsWith("<") ? null : SafeText.of(name)));
    }

    /** {@code MESSAGE on }, and then {@code from=<…>, to=<…>, size=…, ndest=…, proto=…}; a line for each recipient. */
    private SmtpFact message(String idAndOn) {
        int length = SessionId.length(idAndOn, 0);
        if (length == 0) {
            return new Malformed(new LineError(Reason.BROKEN_STATEMENT, "a message without its id"));
        }
        Fields fields = Fields.read(text, Math.min(end + 2, text.length()));
        Envelope envelope = new Envelope(
                safe(fields.get(FieldName.FROM)),
                safe(fields.get(FieldName.TO)),
                safe(fields.get(FieldName.PROTO)),
                null,
                null);
        return new Received(
                session, idAndOn.substring(0, length), envelope, null, fields.number(FieldName.SIZE), null, null);
    }

    private static String safe(String value) {
        return value == null ? null : SafeText.of(value);
    }

    /** The reply comes last, so the last arrow is the server's. */
    private SmtpFact refused() {
        int arrow = text.lastIndexOf(REPLY);
        int command = end + COMMAND.length();
        return text.startsWith(COMMAND, end) && arrow >= command
                ? Refusal.of(session, text.substring(command, arrow), text.substring(arrow + REPLY.length()))
                : new Malformed(new LineError(Reason.BROKEN_STATEMENT, "a refused command without its reply"));
    }

    private Disconnected ended(Loss loss) {
        return new Disconnected(session, Map.of(), Map.of(), new Ending(loss, null, null, false));
    }
}
