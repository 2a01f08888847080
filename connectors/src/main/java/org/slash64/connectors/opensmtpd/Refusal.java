package org.slash64.connectors.opensmtpd;

import java.util.Locale;
import java.util.Set;
import org.slash64.connectors.log.ReplyText;
import org.slash64.connectors.log.SafeText;
import org.slash64.connectors.log.SmtpFact;
import org.slash64.connectors.log.SmtpFact.Envelope;
import org.slash64.connectors.log.SmtpFact.Ignored;
import org.slash64.connectors.log.SmtpFact.Ignored.Why;
import org.slash64.connectors.log.SmtpFact.Rejected;
import org.slash64.connectors.log.SmtpFact.Reply;
import org.slash64.connectors.log.SmtpFact.Session;

/** A command that was answered with a 4xx or 5xx reply; the command is as the client wrote it. */
final class Refusal {

    private static final String UNKNOWN = "UNKNOWN";
    private static final int AUTHENTICATION_FAILED = 535; // RFC 4954 section 6
    private static final int MAX_VERB = 8;

    private static final Set<String> VERBS = Set.of(
            "HELO", "EHLO", "MAIL", "RCPT", "DATA", "RSET", "NOOP", "QUIT", "HELP", "VRFY", "EXPN", "AUTH", "STARTTLS");

    private Refusal() {}

    /** A refused command; that authentication failed is told by another line too, with the user's name. */
    static SmtpFact of(Session session, String command, String result) {
        String stage = stage(command);
        Reply reply = ReplyText.of(withoutColon(result));
        if (stage.equals("AUTH") && reply.code() == AUTHENTICATION_FAILED) {
            return new Ignored(Why.NO_EVENT);
        }
        return new Rejected(session, null, stage, reply, envelope(stage, command), stage.equals("DATA"), true);
    }

    /** Input that is no command at all. */
    static SmtpFact ofBadInput(Session session, String result) {
        return new Rejected(session, null, UNKNOWN, ReplyText.of(withoutColon(result)), Envelope.UNKNOWN, false, true);
    }

    /** OpenSMTPD writes a colon after the enhanced status code: {@code 421 4.3.0: Temporary Error}. */
    private static String withoutColon(String result) {
        int colon = result.indexOf(": ");
        boolean status = colon > 0 && colon <= "550 5.123.123".length() && result.lastIndexOf(' ', colon) == 3;
        return status ? result.substring(0, colon) + result.substring(colon + 1) : result;
    }

    /** The command's verb, if it is one: others are the client's to invent. */
    private static String stage(String command) {
        int end = 0;
        while (end < command.length() && end <= MAX_VERB && isLetter(command.charAt(end))) {
            end++;
        }
        String verb = command.substring(0, end).toUpperCase(Locale.ROOT);
        return VERBS.contains(verb) ? verb : UNKNOWN;
    }

    private static boolean isLetter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    private static Envelope envelope(String stage, String command) {
        return switch (stage) {
            case "MAIL" -> new Envelope(address(command), null, null, null, null);
            case "RCPT" -> new Envelope(null, address(command), null, null, null);
            case "HELO", "EHLO" -> helo(command);
            default -> Envelope.UNKNOWN;
        };
    }

    private static Envelope helo(String command) {
        String name = command.substring("HELO".length()).strip();
        return name.isEmpty() ? Envelope.UNKNOWN : new Envelope(null, null, null, SafeText.of(name), null);
    }

    private static String address(String command) {
        int open = command.indexOf('<');
        int close = open < 0 ? -1 : command.lastIndexOf('>');
        return close < open || open < 0 ? null : SafeText.of(command.substring(open + 1, close));
    }
}
