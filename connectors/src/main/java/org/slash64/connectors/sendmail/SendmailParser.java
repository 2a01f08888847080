package org.slash64.connectors.sendmail;

import org.slash64.connectors.log.LogLine;
import org.slash64.connectors.log.LogParser;
import org.slash64.connectors.log.SmtpFact;
import org.slash64.connectors.log.SmtpFact.Ignored;
import org.slash64.connectors.log.SmtpFact.Ignored.Why;
import org.slash64.connectors.log.SmtpFact.Removed;

/**
 * Reads what Sendmail 8 logs about receiving mail at LogLevel 9, the default, and above. One process serves one client at a
 * time. Connects are logged from LogLevel 10 on, names of certificates from 12 on, HELO from 15 on; only connections
 * without mail have an end. What is refused after the content had come is told behind the line of its sender.
 */
public final class SendmailParser implements LogParser {

    private static final String NAME = "sendmail";
    private static final String NO_ID = "NOQUEUE: ";
    private static final String DAEMON = "sm-";
    private static final String STATE_DAEMON = "sm-notify"; // of NFS

    private static final String[] ELSEWHERE = {
        "to=",
        "STARTTLS=client",
        "AUTH=client",
        "SMTP outgoing",
        "clone ",
        "sender notify: ",
        "postmaster notify: ",
        "return to sender: ",
        "DSN: ",
        "forward ",
        "makeconnection ",
        "delivering ",
        "queued "
    };
    private static final String[] WARNINGS = {
        "SYSERR", "Authentication-Warning: ", "WARNING: ", "ERROR: ", "Losing ", "bogus "
    };
    private static final String[] KNOWN = {
        "Milter",
        "milter=",
        "--- ",
        "starting daemon",
        "started as: ",
        "stopping daemon",
        "restarting ",
        "alias database ",
        "delaying=",
        "grew WorkList",
        "runqueue: ",
        "tls_",
        "unauthorized PIPELINING",
        "STARTTLS",
        "AUTH ",
        "dropenvelope",
        "Truncated MIME",
        "headers too large",
        "control socket",
        "did not ",
        "size=",
        "accepting ",
        "low on space",
        "poststats: ",
        "engine=",
        "error: ",
        "AUTH: ",
        "My unqualified "
    };

    @Override
    public String source() {
        return NAME;
    }

    /** {@code sendmail}, {@code sendmail-in}, {@code sm-mta}, {@code sm-msp-queue}: the option -L names the process. */
    @Override
    public boolean writes(String program) {
        return program.startsWith(DAEMON) ? !program.equals(STATE_DAEMON) : program.startsWith(NAME);
    }

    @Override
    public SmtpFact parse(LogLine line) {
        if (!writes(line.program())) {
            return new Ignored(Why.OTHER_PROGRAM);
        }
        String text = line.message();
        if (text.startsWith(NO_ID)) {
            return statement(null, text, NO_ID.length());
        }
        int id = Text.queueIdLength(text);
        if (id == 0) {
            return statement(null, text, 0);
        }
        int at = statementStart(text, id);
        return at < 0 ? new Ignored(Why.NO_EVENT) : statement(text.substring(0, id), text, at);
    }

    /** {@code ID: } or, of a line that was too long, {@code ID[1]: }; the later parts tell nothing by themselves: -1. */
    private static int statementStart(String text, int id) {
        int at = id;
        if (text.startsWith("[", id)) {
            int digits = Text.digitsEnd(text, id + 1);
            if (!text.startsWith("]: ", digits) || Text.number(text, id + 1, digits) != 1) {
                return -1;
            }
            at = digits + 1;
        }
        return text.startsWith(": ", at) ? at + 2 : -1;
    }

    private static SmtpFact statement(String queueId, String text, int at) {
        int after = after(text, at, "from=");
        if (after >= 0) {
            return SenderLines.parse(queueId, text, after);
        }
        after = after(text, at, "ruleset=");
        if (after >= 0) {
            return RulesetLines.parse(queueId, text, after);
        }
        if (after(text, at, ELSEWHERE) >= 0) {
            return new Ignored(Why.NOT_RECEPTION);
        }
        if (queueId != null && text.startsWith("done; ", at)) {
            return new Removed(queueId);
        }
        SmtpFact security = security(text, at);
        return security == null ? session(queueId, text, at) : security;
    }

    private static SmtpFact security(String text, int at) {
        int after = after(text, at, "STARTTLS=server, ");
        if (after >= 0) {
            return SecurityLines.tls(text, after);
        }
        after = after(text, at, "AUTH=server, ");
        if (after >= 0) {
            return SecurityLines.authenticated(text, after);
        }
        after = after(text, at, "AUTH failure ");
        return after < 0 ? null : SecurityLines.failed(text, after);
    }

    private static SmtpFact session(String queueId, String text, int at) {
        int after = after(text, at, "connect from ");
        if (after >= 0) {
            return SessionLines.connected(text, after);
        }
        after = after(text, at, "lost input channel from ");
        if (after >= 0) {
            return SessionLines.lost(text, after);
        }
        after = after(text, at, "timeout waiting for input from ");
        if (after >= 0) {
            return SessionLines.timeout(text, after);
        }
        after = after(text, at, "collect: ", "SYSERR(root): collect: ", "SYSERR: collect: ");
        if (after >= 0) {
            return SessionLines.collected(text, after);
        }
        after = after(text, at, "<-- ");
        return after < 0 ? refusal(queueId, text, at) : SessionLines.command(text, after);
    }

    private static SmtpFact refusal(String queueId, String text, int at) {
        int after = after(text, at, "Milter: ");
        if (after >= 0) {
            return MilterLines.parse(queueId, text, after);
        }
        after = after(text, at, "rejecting ");
        if (after >= 0) {
            return SessionLines.tooEarly(queueId, text, after);
        }
        after = after(text, at, "tcpwrappers (");
        if (after >= 0) {
            return SessionLines.wrapped(queueId, text, after);
        }
        after = after(text, at, "invalid domain name (");
        if (after >= 0) {
            return SessionLines.badGreeting(queueId, text, after);
        }
        if (queueId != null && text.startsWith("<", at)) {
            return SessionLines.recipient(queueId, text, at);
        }
        SmtpFact fact = SessionLines.ofClient(queueId, text, at);
        return fact == null ? new Ignored(known(text, at)) : fact;
    }

    private static Why known(String text, int at) {
        if (after(text, at, WARNINGS) >= 0) {
            return Why.WARNING;
        }
        return after(text, at, KNOWN) >= 0 ? Why.NO_EVENT : Why.UNKNOWN_STATEMENT;
    }

    /** Behind the first of the words that stands here; -1 where none does. */
    private static int after(String text, int at, String... words) {
        for (String word : words) {
            if (text.startsWith(word, at)) {
                return at + word.length();
            }
        }
        return -1;
    }
}
