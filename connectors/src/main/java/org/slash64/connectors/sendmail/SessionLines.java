package org.slash64.connectors.sendmail;

import java.util.Locale;
import java.util.Map;
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
import org.slash64.connectors.log.SmtpFact.Session;

/** Connections, and what clients do in them that is refused without a rule. */
final class SessionLines {

    private static final String IDLE = " did not issue MAIL/EXPN/VRFY/ETRN during connection to ";
    private static final String ATTACK = ": possible SMTP attack: command=";
    private static final String PROXY = ": probable open proxy: command=";
    private static final String REJECTED = " [rejected]";
    private static final int MAX_STAGE = 32;

    private SessionLines() {}

    /** @param start behind {@code connect from } */
    static SmtpFact connected(String text, int start) {
        Relay relay = Relay.at(text, start);
        return relay.usable() ? new Connected(relay.session()) : relay.fault();
    }

    /** {@code CLIENT to MTA after rcpt}. */
    static SmtpFact lost(String text, int start) {
        Relay relay = Relay.at(text, start);
        if (!relay.usable()) {
            return relay.fault();
        }
        int after = text.lastIndexOf(" after ");
        String stage = after < relay.end() ? null : text.substring(after + " after ".length());
        return new ConnectionLost(relay.session(), safeStage(stage), Loss.LOST);
    }

    private static String safeStage(String stage) {
        return stage == null || stage.length() > MAX_STAGE ? null : SafeText.of(stage.toUpperCase(Locale.ROOT));
    }

    /** {@code NAME during server cmd read}: the client's name alone, or its address. */
    static SmtpFact timeout(String text, int start) {
        if (text.indexOf(" during server ", start) < 0) {
            return new Ignored(Why.NOT_RECEPTION);
        }
        Relay relay = Relay.at(text, start);
        Session session = relay.usable() ? relay.session() : Relay.unnamed();
        return new ConnectionLost(session, null, Loss.TIMEOUT);
    }

    /** {@code relay=CLIENT, from=<…>, info=unexpected close}: lost while the content was read. */
    static SmtpFact collected(String text, int start) {
        String relayKey = "relay=";
        if (!text.startsWith(relayKey, start)) {
            return new Ignored(Why.WARNING);
        }
        Relay relay = Relay.at(text, start + relayKey.length());
        Loss loss = text.indexOf(", info=read timeout", relay.end()) < 0 ? Loss.LOST : Loss.TIMEOUT;
        return relay.usable() ? new ConnectionLost(relay.session(), "DATA", loss) : relay.fault();
    }

    /** {@code commands from CLIENT due to pre-greeting traffic after 6 seconds}, {@code DATA from …}. */
    static SmtpFact tooEarly(String queueId, String text, int start) {
        int from = text.indexOf(" from ", start);
        int due = text.indexOf(" due to ", start);
        if (from < 0 || from - start > MAX_STAGE || due < from) {
            return new Ignored(Why.NO_EVENT); // connections, for want of memory or while the load is high
        }
        Relay relay = Relay.at(text, from + " from ".length());
        String stage = text.startsWith("commands", start) ? Refusal.CONNECT : text.substring(start, from);
        return Refusal.constant(stage, 554, null, text.substring(due + 1)).by(relay, queueId);
    }

    /** {@code NAME, ADDRESS) rejection}: the host's tables of tcpwrappers let nobody in from there. */
    static SmtpFact wrapped(String queueId, String text, int start) {
        int comma = text.indexOf(", ", start);
        int close = comma < 0 ? -1 : text.indexOf(')', comma);
        if (close < 0) {
            return Text.broken("a rejection by tcpwrappers without its client");
        }
        Relay relay = Relay.of(text.substring(start, comma), text.substring(comma + 2, close), close);
        return Refusal.constant(Refusal.CONNECT, 550, "5.0.0", "tcpwrappers rejection")
                .by(relay, queueId);
    }

    /** {@code NAME) from CLIENT}: a greeting that is no domain, from LogLevel 10 on. */
    static SmtpFact badGreeting(String queueId, String text, int start) {
        int from = text.lastIndexOf(") from ");
        if (from < start) {
            return new Ignored(Why.NO_EVENT);
        }
        Envelope envelope = new Envelope(null, null, null, SafeText.of(text.substring(start, from)), null);
        return Refusal.logged("HELO", "501 5.0.0 Invalid domain name", envelope)
                .by(Relay.at(text, from + ") from ".length()), queueId);
    }

    /** {@code <-- EHLO name}, from LogLevel 15 on. */
    static SmtpFact command(String text, int start) {
        boolean greeting =
                text.regionMatches(true, start, "EHLO ", 0, 5) || text.regionMatches(true, start, "HELO ", 0, 5);
        if (!greeting) {
            return new Ignored(Why.NO_EVENT);
        }
        String protocol = text.regionMatches(true, start, "E", 0, 1) ? "ESMTP" : "SMTP";
        String name = SafeText.of(text.substring(start + 5).strip());
        return new Helo(Relay.unnamed(), new Envelope(null, null, protocol, name, null));
    }

    /** {@code <…>... User unknown}: a recipient that no rule refused but the lack of a mailbox. */
    static SmtpFact recipient(String queueId, String text, int start) {
        int end = Text.addressEnd(text, start);
        if (!text.startsWith("... ", end)) {
            return new Ignored(Why.UNKNOWN_STATEMENT);
        }
        String reason = text.substring(end + "... ".length());
        boolean unknown = reason.startsWith("User unknown") || reason.startsWith("No such user");
        Envelope envelope = new Envelope(null, Text.address(text, start, end), null, null, null);
        return Refusal.logged("RCPT", unknown ? "550 5.1.1 " + reason : reason, envelope)
                .in(Relay.unnamed(), queueId);
    }

    /** What begins with a client; null where none stands here. */
    static SmtpFact ofClient(String queueId, String text, int start) {
        Relay relay = Relay.at(text, start);
        if (relay.end() == start) {
            return null;
        }
        int end = relay.end();
        if (text.startsWith(IDLE, end)) {
            return relay.usable()
                    ? new Disconnected(relay.session(), Map.of(), Map.of(), new Ending(null, null, null, true))
                    : relay.fault();
        }
        if (text.startsWith(ATTACK, end)) {
            return attack(text, relay, end + ATTACK.length());
        }
        if (text.startsWith(PROXY, end)) {
            return Refusal.constant("UNKNOWN", 0, null, text.substring(end + 2)).by(relay, queueId);
        }
        boolean refused = text.startsWith(": ", end) && text.endsWith(REJECTED);
        return refused ? address(queueId, text, relay) : null;
    }

    /** Many commands of one kind; those of an authentication have failed. */
    private static SmtpFact attack(String text, Relay relay, int command) {
        if (!text.startsWith("AUTH,", command)) {
            return new Ignored(Why.WARNING);
        }
        String reason = SafeText.of(text.substring(relay.end() + 2));
        return relay.usable() ? new AuthFailed(relay.session(), null, reason) : relay.fault();
    }

    /** {@code CLIENT: EXPN root [rejected]}. */
    private static SmtpFact address(String queueId, String text, Relay relay) {
        int start = relay.end() + 2;
        int blank = text.indexOf(' ', start);
        String stage = text.substring(start, blank).toUpperCase(Locale.ROOT);
        return stage.equals("EXPN") || stage.equals("VRFY")
                ? Refusal.constant(stage, 502, "5.7.0", text.substring(start)).by(relay, queueId)
                : new Ignored(Why.UNKNOWN_STATEMENT);
    }
}
