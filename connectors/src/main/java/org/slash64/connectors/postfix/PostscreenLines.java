package org.slash64.connectors.postfix;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slash64.connectors.log.LineError;
import org.slash64.connectors.log.LineError.Reason;
import org.slash64.connectors.log.ReplyText;
import org.slash64.connectors.log.SafeText;
import org.slash64.connectors.log.SmtpFact;
import org.slash64.connectors.log.SmtpFact.Claim;
import org.slash64.connectors.log.SmtpFact.Claimed;
import org.slash64.connectors.log.SmtpFact.Connected;
import org.slash64.connectors.log.SmtpFact.ConnectionLost;
import org.slash64.connectors.log.SmtpFact.Disconnected;
import org.slash64.connectors.log.SmtpFact.Envelope;
import org.slash64.connectors.log.SmtpFact.HandedOver;
import org.slash64.connectors.log.SmtpFact.Ignored;
import org.slash64.connectors.log.SmtpFact.Ignored.Why;
import org.slash64.connectors.log.SmtpFact.Loss;
import org.slash64.connectors.log.SmtpFact.Malformed;
import org.slash64.connectors.log.SmtpFact.Method;
import org.slash64.connectors.log.SmtpFact.Rejected;
import org.slash64.connectors.log.SmtpFact.Reply;
import org.slash64.connectors.log.SmtpFact.Session;
import org.slash64.schemas.Address;

/**
 * The lines of postscreen(8), which stands before the SMTP server and serves many clients in one process: a session is
 * known by the client's address and port. A client that passes is handed to smtpd, which logs its connect anew.
 */
final class PostscreenLines {

    private static final String SERVICE = "postscreen";
    private static final String REJECT = "NOQUEUE: reject: ";
    private static final String FROM = " from [";
    private static final String AFTER = " after ";
    private static final String HANDSHAKE = "in tests before SMTP handshake";
    private static final int MAX_STAGE = 32;
    private static final int MAX_ADDRESS = 96;
    private static final int MAX_PORT_DIGITS = 5;
    private static final int TOO_BUSY = 421; // what postscreen answers; it does not log it

    /** Words before {@code [ADDRESS]:PORT} that tell of a session what no event has a place for. */
    private static final String[] OF_NO_EVENT = {
        "BLACKLISTED [", "DENYLISTED [", "WHITELIST VETO [", "ALLOWLIST VETO [", "COMMAND LENGTH LIMIT from [",
        "COMMAND PIPELINING from [", "BARE NEWLINE from [", "NON-SMTP COMMAND from [", "PREGREET ", "cache ",
        "entering STRESS mode", "leaving STRESS mode", "close database ", "TLS_", "reusing "
    };

    private PostscreenLines() {}

    static SmtpFact parse(String message) {
        if (message.startsWith("CONNECT from [")) {
            return in(message, "CONNECT from ".length(), (session, end) -> new Connected(session));
        }
        if (message.startsWith("DISCONNECT [")) {
            return in(
                    message,
                    "DISCONNECT ".length(),
                    (session, end) -> new Disconnected(session, Map.of(), Map.of(), null));
        }
        if (message.startsWith(REJECT)) {
            return rejected(message, REJECT.length());
        }
        if (message.startsWith("warning: ")) {
            return new Ignored(Why.WARNING);
        }
        return passed(message);
    }

    private static SmtpFact passed(String message) {
        for (String words : new String[] {"PASS OLD ", "WHITELISTED ", "ALLOWLISTED "}) {
            if (message.startsWith(words)) {
                return in(message, words.length(), (session, end) -> new HandedOver(session, true));
            }
        }
        String fresh = "PASS NEW ";
        if (message.startsWith(fresh)) {
            return in(message, fresh.length(), (session, end) -> new HandedOver(session, false));
        }
        return tested(message);
    }

    private static SmtpFact tested(String message) {
        int from = message.indexOf(FROM);
        if (message.startsWith("HANGUP after ") && from > 0) {
            return in(
                    message,
                    from + FROM.length() - 1,
                    (session, end) -> new ConnectionLost(
                            session, message.startsWith(HANDSHAKE, end + 1) ? "CONNECT" : null, Loss.LOST));
        }
        if (message.startsWith("COMMAND TIME LIMIT from [")) {
            return in(message, from + FROM.length() - 1, (session, end) -> ended(message, session, end, Loss.TIMEOUT));
        }
        if (message.startsWith("COMMAND COUNT LIMIT from [")) {
            return in(
                    message,
                    from + FROM.length() - 1,
                    (session, end) -> ended(message, session, end, Loss.TOO_MANY_ERRORS));
        }
        return ranked(message);
    }

    private static SmtpFact ended(String message, Session session, int end, Loss loss) {
        String stage = message.startsWith(AFTER, end) ? message.substring(end + AFTER.length()) : null;
        boolean named = stage != null && stage.length() <= MAX_STAGE && !stage.isEmpty();
        return new ConnectionLost(session, named ? SafeText.of(stage) : null, loss);
    }

    /** {@code DNSBL rank 3 for [ADDRESS]:PORT}: the sum of the weights of the lists that name the client. */
    private static SmtpFact ranked(String message) {
        String rank = "DNSBL rank ";
        int client = message.indexOf(" for [");
        if (message.startsWith(rank) && client > rank.length() && client - rank.length() <= MAX_PORT_DIGITS) {
            Double score = number(message.substring(rank.length(), client));
            return score == null
                    ? Text.broken("a rank that is no number")
                    : in(
                            message,
                            client + " for ".length(),
                            (session, end) -> new Claimed(
                                    null,
                                    session,
                                    null,
                                    List.of(new Claim(Method.DNSBL, "listed", null, null, score))));
        }
        for (String words : OF_NO_EVENT) {
            if (message.startsWith(words)) {
                return new Ignored(Why.NO_EVENT);
            }
        }
        return new Ignored(Why.UNKNOWN_STATEMENT);
    }

    private static Double number(String digits) {
        try {
            return Double.valueOf(Integer.parseInt(digits));
        } catch (NumberFormatException e) {
            return null;
        }
    }

    /** {@code STAGE from [ADDRESS]:PORT: CODE STATUS TEXT; ATTRIBUTES}. */
    private static SmtpFact rejected(String message, int start) {
        int from = message.indexOf(FROM, start);
        if (from <= start || from - start > MAX_STAGE) {
            return Text.broken("a refusal without its stage");
        }
        String stage = SafeText.of(message.substring(start, from));
        return in(message, from + FROM.length() - 1, (session, end) -> {
            if (!message.startsWith(": ", end)) {
                return Text.broken("a refusal without its reply");
            }
            Attributes attributes = Attributes.find(message, end, Attributes.Ending.END_OF_LINE);
            int textEnd = attributes == null ? message.length() : attributes.start;
            Envelope envelope = attributes == null ? Envelope.UNKNOWN : attributes.envelope();
            Reply logged = ReplyText.of(message.substring(end + 2, textEnd));
            Reply reply = stage.equals("CONNECT") && logged.code() == 0
                    ? new Reply(TOO_BUSY, logged.enhancedStatus(), logged.text())
                    : logged;
            return new Rejected(session, null, stage, reply, envelope, false, true);
        });
    }

    private interface Reader {
        SmtpFact read(Session session, int end);
    }

    /** {@code [ADDRESS]:PORT} at the given place, and what it is about. */
    private static SmtpFact in(String message, int start, Reader reader) {
        int close = message.indexOf(']', start);
        if (!message.startsWith("[", start) || close < 0 || close - start > MAX_ADDRESS) {
            return Text.broken("no client where [address]:port is expected");
        }
        Optional<Address> client = Address.parse(message.substring(start + 1, close));
        if (client.isEmpty()) {
            return new Malformed(new LineError(Reason.BAD_CLIENT_ADDRESS, "the client's address is none"));
        }
        int end = close + 1;
        if (message.startsWith(":", end)) {
            end++;
            while (end < message.length() && end - close <= MAX_PORT_DIGITS + 1 && isDigit(message.charAt(end))) {
                end++;
            }
        }
        String id = client.get() + message.substring(close + 1, end);
        return reader.read(new Session(SERVICE, id, client.get(), null), end);
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
