package org.slash64.connectors.haraka;

import java.util.Optional;
import org.slash64.connectors.log.LineError;
import org.slash64.connectors.log.LineError.Reason;
import org.slash64.connectors.log.SafeText;
import org.slash64.connectors.log.SmtpFact;
import org.slash64.connectors.log.SmtpFact.Connected;
import org.slash64.connectors.log.SmtpFact.ConnectionLost;
import org.slash64.connectors.log.SmtpFact.Described;
import org.slash64.connectors.log.SmtpFact.Envelope;
import org.slash64.connectors.log.SmtpFact.Ignored;
import org.slash64.connectors.log.SmtpFact.Ignored.Why;
import org.slash64.connectors.log.SmtpFact.Loss;
import org.slash64.connectors.log.SmtpFact.Malformed;
import org.slash64.connectors.log.SmtpFact.Queued;
import org.slash64.connectors.log.SmtpFact.Received;
import org.slash64.connectors.verdict.AngleAddress;
import org.slash64.schemas.Address;

/** The lines of Haraka's core: sessions, and what became of their commands. */
final class CoreLines {

    private static final String CONNECT = "connect ";
    private static final String DISCONNECT = "disconnect ";
    private static final String SENDER = "sender <";
    private static final String RECIPIENT = "recipient <";
    private static final String MESSAGE = "message ";
    private static final String QUEUE = "queue ";
    private static final String HOOK = "hook=";
    private static final String PROXY = "HAProxy";
    private static final String UNKNOWN_STAGE = "UNKNOWN";

    private final Entry entry;
    private final String text;

    private CoreLines(Entry entry) {
        this.entry = entry;
        this.text = entry.text();
    }

    static SmtpFact parse(Entry entry) {
        return new CoreLines(entry).read();
    }

    private SmtpFact read() {
        if (text.startsWith(CONNECT)) {
            return connected(new Pairs(text, CONNECT.length()).next("ip"));
        }
        if (text.startsWith(DISCONNECT)) {
            return Disconnection.parse(entry, DISCONNECT.length());
        }
        if (text.startsWith(HOOK)) {
            return Denial.ofHook(entry);
        }
        if (text.startsWith(PROXY)) {
            return proxied();
        }
        if (entry.transaction() != null) {
            SmtpFact fact = inTransaction();
            return fact == null ? other() : fact;
        }
        return other();
    }

    /** What a plugin decided about a command of a transaction; null where the line is about something else. */
    private SmtpFact inTransaction() {
        if (text.startsWith(SENDER)) {
            return sender();
        }
        if (text.startsWith(RECIPIENT)) {
            return recipient();
        }
        if (text.startsWith(MESSAGE)) {
            return message();
        }
        return text.startsWith(QUEUE) ? queued() : null;
    }

    private SmtpFact connected(String ip) {
        if (ip == null) {
            return broken("a connect without the client");
        }
        Optional<Address> client = Address.parse(ip);
        return client.isEmpty()
                ? new Malformed(new LineError(Reason.BAD_CLIENT_ADDRESS, "the client's address is none"))
                : new Connected(entry.inSession(client.get(), null));
    }

    /** {@code HAProxy proto=TCP6 src_ip=2001:db8::1:4711 dst_ip=…}: who the client is behind a proxy, with its port. */
    private SmtpFact proxied() {
        int start = text.indexOf("src_ip=");
        String source = start < 0 ? null : new Pairs(text, start).next("src_ip");
        int port = source == null ? -1 : source.lastIndexOf(':');
        return port < 0 ? broken("a proxy's client without its address") : connected(source.substring(0, port));
    }

    /** {@code sender <from> code=CONT msg=""}. */
    private SmtpFact sender() {
        String from = address(SENDER.length() - 1);
        if (from == null) {
            return broken("a sender without an end");
        }
        Envelope envelope = new Envelope(from, null, null, null, null);
        SmtpFact denied = denied(pairsBehind(SENDER.length() - 1), "MAIL", envelope);
        return denied == null ? new Queued(entry.inSession(), entry.transaction(), envelope) : denied;
    }

    /**
     * {@code recipient <to> code=DENY msg="…" sender="…"}; that one was taken is told by the message's line. CONT says
     * that no plugin took it, which is a refusal; since version 3 that is logged as OK.
     */
    private SmtpFact recipient() {
        String to = address(RECIPIENT.length() - 1);
        if (to == null) {
            return broken("a recipient without an end");
        }
        Envelope envelope = new Envelope(null, to, null, null, null);
        Pairs pairs = pairsBehind(RECIPIENT.length() - 1);
        String code = pairs.next("code");
        String decision = "CONT".equals(code) ? Denial.DENY : code;
        SmtpFact denied = Denial.of(entry, decision, pairs.next("msg"), "RCPT", envelope);
        return denied == null ? new Ignored(Why.NO_EVENT) : denied;
    }

    private String address(int open) {
        int end = AngleAddress.end(text, open);
        return end < 0 ? null : SafeText.of(text.substring(open + 1, end - 1));
    }

    private Pairs pairsBehind(int open) {
        int end = AngleAddress.end(text, open);
        return new Pairs(text, text.startsWith(" ", end) ? end + 1 : end);
    }

    private SmtpFact denied(Pairs pairs, String stage, Envelope envelope) {
        String code = pairs.next("code");
        String reply = pairs.next("msg");
        return Denial.of(entry, code, reply, stage, envelope);
    }

    /** {@code message mid="<…>" size=173692 rcpts=1/0/0 delay=8.925 code=CONT msg=""}. */
    private SmtpFact message() {
        Pairs pairs = new Pairs(text, MESSAGE.length());
        String id = pairs.next("mid");
        Long size = Count.parse(pairs.next("size"));
        Count recipients = Count.of(pairs.next("rcpts"));
        pairs.next("delay");
        if (id == null || size == null) {
            return broken("a message without id and size");
        }
        SmtpFact denied = denied(pairs, Denial.END_OF_MESSAGE, Envelope.UNKNOWN);
        return denied != null
                ? denied
                : new Described(
                        entry.inSession(),
                        entry.transaction(),
                        Envelope.UNKNOWN,
                        messageId(id),
                        size,
                        recipients == null ? null : recipients.accepted());
    }

    private static String messageId(String id) {
        boolean bracketed = id.length() >= 2 && id.startsWith("<") && id.endsWith(">");
        return SafeText.of(bracketed ? id.substring(1, id.length() - 1) : id);
    }

    /** {@code queue code=OK msg="… (UUID.1)"}; CONT is logged where Haraka's own queue is asked next. */
    private SmtpFact queued() {
        Pairs pairs = new Pairs(text, QUEUE.length());
        String code = pairs.next("code");
        if ("OK".equals(code)) {
            return new Received(entry.inSession(), entry.transaction(), Envelope.UNKNOWN, null, null, null, null);
        }
        SmtpFact denied = Denial.of(entry, code, pairs.next("msg"), Denial.END_OF_MESSAGE, Envelope.UNKNOWN);
        return denied == null ? new Ignored(Why.NO_EVENT) : denied;
    }

    private SmtpFact other() {
        if (text.startsWith("client ")) {
            return lost();
        }
        if (text.startsWith("deny(soft?) overridden")) {
            return new Ignored(Why.NOT_REFUSED);
        }
        boolean failure = entry.level().equals("ERROR") || entry.level().equals("CRIT");
        return new Ignored(failure || entry.level().equals("WARN") ? Why.WARNING : silent());
    }

    private SmtpFact lost() {
        if (text.contains(" timed out")) {
            return new ConnectionLost(entry.inSession(), UNKNOWN_STAGE, Loss.TIMEOUT);
        }
        boolean gone = text.contains(" dropped connection")
                || text.contains(" half closed connection")
                || text.contains(" connection error");
        return gone
                ? new ConnectionLost(entry.inSession(), UNKNOWN_STAGE, Loss.LOST)
                : new Ignored(Why.UNKNOWN_STATEMENT);
    }

    private Why silent() {
        boolean known = text.startsWith("data after disconnect ")
                || text.startsWith("dropping ")
                || text.startsWith("timeout")
                || text.startsWith("DATA line length ")
                || text.startsWith("command pipelined ")
                || text.startsWith("Client sent bare line-feed")
                || text.startsWith("Incoming message ")
                || text.startsWith("discarding message")
                || text.startsWith("Error:")
                || text.startsWith("Invalid ");
        return known ? Why.NO_EVENT : Why.UNKNOWN_STATEMENT;
    }

    static Malformed broken(String detail) {
        return new Malformed(new LineError(Reason.BROKEN_STATEMENT, detail));
    }
}
