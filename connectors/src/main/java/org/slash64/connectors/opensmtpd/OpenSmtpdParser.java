package org.slash64.connectors.opensmtpd;

import org.slash64.connectors.log.LogLine;
import org.slash64.connectors.log.LogParser;
import org.slash64.connectors.log.SmtpFact;
import org.slash64.connectors.log.SmtpFact.Ignored;
import org.slash64.connectors.log.SmtpFact.Ignored.Why;

/**
 * Reads what OpenSMTPD logs about receiving mail, in the three forms it has had: {@code SESSION smtp connected address=…}
 * since 6.4, {@code SESSION smtp event=connected address=…} in 5.9 and 6.0, {@code smtp-in: New session SESSION …} before.
 * One process serves all sessions, so the session's number is its id.
 */
public final class OpenSmtpdParser implements LogParser {

    /** Shown as the service of its sessions: OpenSMTPD names no other. */
    static final String SERVICE = "smtpd";

    private static final String OLD = "smtp-in: ";
    private static final String OLDER_EVENT = "smtp-in session=";
    private static final String SMTP = " smtp ";

    @Override
    public String source() {
        return "opensmtpd";
    }

    @Override
    public boolean writes(String program) {
        return program.equals(SERVICE);
    }

    @Override
    public SmtpFact parse(LogLine line) {
        if (!writes(line.program())) {
            return new Ignored(Why.OTHER_PROGRAM);
        }
        String message = line.message();
        int id = SessionId.length(message, 0);
        if (id > 0) {
            boolean smtp = message.startsWith(SMTP, id);
            return smtp
                    ? SessionLines.parse(message.substring(0, id), message, id + SMTP.length())
                    : new Ignored(outgoing(message, id));
        }
        if (message.startsWith(OLDER_EVENT)) {
            int end = OLDER_EVENT.length() + SessionId.length(message, OLDER_EVENT.length());
            return SessionLines.parse(message.substring(OLDER_EVENT.length(), end), message, end + 1);
        }
        return message.startsWith(OLD) ? SmtpInLines.parse(message, OLD.length()) : new Ignored(other(message));
    }

    private static Why outgoing(String message, int at) {
        boolean delivery = message.startsWith(" mta ", at) || message.startsWith(" mda ", at);
        return delivery || message.startsWith(" filters ", at) ? Why.NOT_RECEPTION : Why.UNKNOWN_STATEMENT;
    }

    private static Why other(String message) {
        boolean warning = message.startsWith("warn: ")
                || message.startsWith("fatal")
                || message.startsWith("smtp_session_imsg: ")
                || message.startsWith("getnameinfo: ")
                || message.startsWith("getaddrinfo: ")
                || message.startsWith("failed to push dataline");
        if (warning) {
            return Why.WARNING;
        }
        boolean known = message.startsWith("smtp-out: ")
                || message.startsWith("info: ")
                || message.startsWith("debug: ")
                || message.startsWith("delivery: ")
                || message.startsWith("relay: ")
                || message.startsWith("queue: ")
                || message.startsWith("scheduler: ")
                || message.startsWith("mta: ")
                || message.startsWith("mda: ")
                || message.startsWith("bounce: ")
                || message.startsWith("table")
                || message.startsWith("OpenSMTPD ")
                || message.startsWith("proxy ")
                || message.equals("Exiting")
                || message.contains(" exiting")
                || message.contains(", delay=");
        return known ? Why.NOT_RECEPTION : Why.UNKNOWN_STATEMENT;
    }
}
