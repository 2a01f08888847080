package org.slash64.connectors.exim;

import org.slash64.connectors.log.LogLine;
import org.slash64.connectors.log.LogParser;
import org.slash64.connectors.log.SafeText;
import org.slash64.connectors.log.SmtpFact;
import org.slash64.connectors.log.SmtpFact.Ignored;
import org.slash64.connectors.log.SmtpFact.Ignored.Why;
import org.slash64.connectors.log.SmtpFact.Piece;
import org.slash64.connectors.log.SmtpFact.Removed;

/**
 * Reads what Exim 4 writes about receiving mail, to its main log or to syslog, with any log_selector. Exim logs no reply codes
 * but those in an administrator's own words: a refusal has code 550 where it is permanent and 450 where it is temporary,
 * or the code that Exim sends where it refuses by itself.
 */
public final class EximParser implements LogParser {

    static final String NAME = "exim";

    private static final String[] DELIVERIES = {"=> ", "-> ", "** ", "== ", "*> ", ">> "};

    private static final String[] WARNINGS = {
        "no host name found for ",
        "no IP address found for ",
        "host name alias list truncated",
        "host lookup did not complete",
        "Warning: ",
        "list matching forced to fail",
        "ACL \"",
        "ignoring AUTH="
    };

    private static final String[] OTHERS = {
        "Start queue run",
        "End queue run",
        "exim ",
        "cwd=",
        "daemon ",
        "pid ",
        "TLS error on ",
        "TLS session ",
        "TLS client ",
        "SMTP connection identification ",
        "SMTP connection outbound ",
        "DKIM: ",
        "ARC: ",
        "Frozen",
        "frozen ",
        "Unfrozen",
        "unfrozen",
        "Message is frozen",
        "Spool file ",
        "no immediate delivery",
        "removed by ",
        "cancelled by ",
        "[" // addresses that a certificate was checked for
    };

    @Override
    public String source() {
        return NAME;
    }

    /** {@code exim}, {@code exim4}, {@code exim-in}: syslog_processname may be set. */
    @Override
    public boolean writes(String program) {
        if (!program.startsWith(NAME)) {
            return false;
        }
        char next = program.length() == NAME.length() ? '4' : program.charAt(NAME.length());
        return (next >= '0' && next <= '9') || next == '-' || next == '_' || next == '/';
    }

    @Override
    public SmtpFact parse(LogLine line) {
        if (!writes(line.program())) {
            return new Ignored(Why.OTHER_PROGRAM);
        }
        String text = line.message();
        Piece piece = Pieces.parse(text);
        if (piece != null) {
            return piece;
        }
        int at = Prefix.pidEnd(text, Prefix.stampEnd(text));
        int id = QueueId.length(text, at);
        return id == 0 ? statement(null, text, at) : ofMessage(text.substring(at, at + id), text, at + id + 1);
    }

    private static SmtpFact ofMessage(String queueId, String text, int at) {
        int arrival = Text.after(text, at, "<= ");
        if (arrival >= 0) {
            return ArrivalLines.parse(queueId, text, arrival);
        }
        if (Text.after(text, at, DELIVERIES) >= 0) {
            return new Ignored(Why.NOT_RECEPTION);
        }
        if (text.startsWith("Completed", at) || text.startsWith("removed by ", at)) {
            return new Removed(queueId);
        }
        SmtpFact claim = claim(queueId, text, at);
        SmtpFact fact = claim == null ? statement(queueId, text, at) : claim;
        boolean unknown = fact instanceof Ignored ignored && ignored.why() == Why.UNKNOWN_STATEMENT;
        return unknown ? new Ignored(Why.NOT_RECEPTION) : fact; // routers and transports have many words
    }

    private static SmtpFact claim(String queueId, String text, int at) {
        int claim = Text.after(text, at, "DKIM: ");
        if (claim >= 0) {
            return ClaimLines.dkim(queueId, text, claim);
        }
        claim = Text.after(text, at, "DMARC results: ");
        if (claim >= 0) {
            return ClaimLines.dmarc(queueId, text, claim);
        }
        claim = Text.after(text, at, "SA: Action: ");
        return claim < 0 ? null : ClaimLines.spamAssassin(queueId, text, claim);
    }

    private static SmtpFact statement(String queueId, String text, int start) {
        int at = text.startsWith(" DS", start) ? start + " DS".length() : start;
        if (at >= text.length()) {
            return new Ignored(Why.NO_EVENT);
        }
        return switch (text.charAt(at)) {
            case 'H' -> host(queueId, text, at);
            case 'U' -> new Ignored(text.startsWith("U=", at) ? Why.LOCAL_ORIGIN : known(text, at));
            case 'F' -> sender(queueId, text, at);
            case 'S' -> smtp(queueId, text, at);
            default -> refusal(queueId, text, at);
        };
    }

    private static SmtpFact host(String queueId, String text, int at) {
        return text.startsWith("H=", at)
                ? HostLines.parse(queueId, text, at + 2, null)
                : orElse(AuthLines.parse(text, at), text, at);
    }

    /** {@code F=<sender> H=…} in the refusals of local_scan(), with or without the brackets. */
    private static SmtpFact sender(String queueId, String text, int at) {
        if (!text.startsWith("F=", at)) {
            return orElse(AuthLines.parse(text, at), text, at);
        }
        boolean open = text.startsWith("<", at + 2);
        int start = open ? at + 3 : at + 2;
        int end = open ? Text.closing(text, start) : Text.addressEnd(text, start);
        int host = end < 0 ? -1 : Text.after(text, open ? end + 1 : end, " H=");
        return host < 0
                ? new Ignored(Why.LOCAL_ORIGIN)
                : HostLines.parse(queueId, text, host, SafeText.of(text.substring(start, end)));
    }

    private static SmtpFact smtp(String queueId, String text, int at) {
        int after = Text.after(text, at, "SMTP ");
        SmtpFact fact = after < 0 ? AuthLines.parse(text, at) : ConnectionLines.smtp(text, after);
        return fact == null ? orElse(RefusalLines.error(queueId, text, at), text, at) : fact;
    }

    private static SmtpFact refusal(String queueId, String text, int at) {
        int after = Text.after(text, at, "rejected ");
        if (after >= 0) {
            return RefusalLines.rejected(queueId, text, after, Refusal.PERMANENT);
        }
        after = Text.after(text, at, "temporarily rejected ");
        if (after >= 0) {
            return RefusalLines.rejected(queueId, text, after, Refusal.TEMPORARY);
        }
        after = Text.after(text, at, "unqualified ");
        if (after >= 0) {
            return RefusalLines.unqualified(queueId, text, after);
        }
        after = Text.after(text, at, "too many recipients: ");
        return after < 0 ? connection(text, at) : RefusalLines.tooManyRecipients(queueId, text, after);
    }

    private static SmtpFact connection(String text, int at) {
        int after = Text.after(text, at, "Connection from ");
        if (after >= 0) {
            return RefusalLines.connection(text, after, 421); // as handle_smtp_call() answers
        }
        after = Text.after(text, at, "refused connection from ");
        if (after >= 0) {
            return RefusalLines.connection(text, after, 554); // as smtp_start_session() answers
        }
        after = Text.after(text, at, "unexpected disconnection while reading SMTP command from ");
        if (after >= 0) {
            return ConnectionLines.disconnection(text, after);
        }
        after = Text.after(text, at, "no MAIL in ");
        return after < 0 ? orElse(AuthLines.parse(text, at), text, at) : ConnectionLines.withoutMail(text, after);
    }

    private static SmtpFact orElse(SmtpFact fact, String text, int at) {
        return fact == null ? new Ignored(known(text, at)) : fact;
    }

    private static Why known(String text, int at) {
        if (Text.after(text, at, WARNINGS) >= 0) {
            return Why.WARNING;
        }
        return Text.after(text, at, OTHERS) >= 0 ? Why.NO_EVENT : Why.UNKNOWN_STATEMENT;
    }
}
