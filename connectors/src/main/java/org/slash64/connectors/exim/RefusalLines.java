package org.slash64.connectors.exim;

import java.util.Locale;
import java.util.Set;
import org.slash64.connectors.log.SmtpFact;
import org.slash64.connectors.log.SmtpFact.Ignored;
import org.slash64.connectors.log.SmtpFact.Ignored.Why;

/** Refusals that Exim makes by itself, before any access control list: of connections, of commands that break the protocol. */
final class RefusalLines {

    private static final String SYNTAX = "SMTP syntax error in \"";
    private static final String PROTOCOL = "SMTP protocol error in \"";
    private static final String SYNCHRONIZATION = "SMTP protocol synchronization error (";
    private static final String HOST = "\" H=";
    private static final int MAX_CANDIDATES = 16;
    private static final int MAX_COMMAND = 16;
    private static final Set<String> COMMANDS = Set.of(
            "HELO",
            "EHLO",
            "STARTTLS",
            "AUTH",
            "MAIL",
            "RCPT",
            "DATA",
            "BDAT",
            "RSET",
            "NOOP",
            "QUIT",
            "VRFY",
            "EXPN",
            "ETRN",
            "HELP",
            "XCLIENT",
            "ATRN");

    private RefusalLines() {}

    /** {@code rejected MAIL from CLIENT: reason} and its kin; {@code at} is behind the first word. */
    static SmtpFact rejected(String queueId, String text, int at, int code) {
        int size = Text.after(text, at, "MAIL FROM:<");
        if (size >= 0) {
            return tooBig(queueId, text, size);
        }
        int sender = Text.after(text, at, "from <");
        if (sender >= 0) {
            return content(queueId, text, sender);
        }
        int from = text.indexOf(" from ", at);
        int host = text.indexOf(" H=", at);
        boolean quoted = text.startsWith("\"", at);
        String stage = command(text, quoted ? at + 1 : at);
        if (from >= 0 && (quoted || from <= at + MAX_COMMAND)) {
            Client client = Client.at(text, from + " from ".length(), ": ", " ", "");
            return refusal(text, client, stage, code).by(client, queueId);
        }
        if (host < 0) {
            return new Ignored(Why.UNKNOWN_STATEMENT);
        }
        Client client = Client.at(text, host + " H=".length(), ": ");
        return refusal(text, client, stage, code).by(client, queueId);
    }

    /** The codes are those that smtp_setup_msg() sends. */
    private static Refusal refusal(String text, Client client, String stage, int code) {
        String reason = text.startsWith(": ", client.end()) ? text.substring(client.end() + 2) : "";
        if (reason.startsWith("syntactically invalid argument(s)")) {
            return Refusal.of(stage, 501, reason);
        }
        if (reason.startsWith("no HELO/EHLO given")) {
            return Refusal.of(stage, 503, reason);
        }
        return Refusal.of(stage, reason.startsWith("too many messages in one connection") ? 421 : code, reason);
    }

    /** {@code SENDER> H=…: message too big: …}, refused by what the client announced. */
    private static SmtpFact tooBig(String queueId, String text, int start) {
        int close = Text.closing(text, start);
        if (close < 0 || !text.startsWith(" H=", close + 1)) {
            return new Ignored(Why.LOCAL_ORIGIN);
        }
        Client client = Client.at(text, close + 1 + " H=".length(), ": ");
        String from = text.substring(start, close);
        return new Refusal("MAIL", 552, from, null, null, reason(text, client)).by(client, queueId);
    }

    /** {@code SENDER> H=…: message too big: …}, refused while the content was read. */
    private static SmtpFact content(String queueId, String text, int start) {
        int close = Text.closing(text, start);
        if (close < 0 || !text.startsWith(" H=", close + 1)) {
            return new Ignored(Why.LOCAL_ORIGIN);
        }
        Client client = Client.at(text, close + 1 + " H=".length(), ": ");
        String reason = reason(text, client);
        int code = reason.startsWith("message too big") ? 552 : Refusal.PERMANENT;
        return new Refusal(Refusal.END_OF_MESSAGE, code, text.substring(start, close), null, null, reason)
                .by(client, queueId);
    }

    private static String reason(String text, Client client) {
        return text.startsWith(": ", client.end()) ? text.substring(client.end() + 2) : "";
    }

    private static String command(String text, int start) {
        int end = start;
        while (end < text.length() && end - start < MAX_COMMAND && isLetter(text.charAt(end))) {
            end++;
        }
        String command = text.substring(start, end).toUpperCase(Locale.ROOT);
        return COMMANDS.contains(command) ? command : "UNKNOWN";
    }

    private static boolean isLetter(char c) {
        return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
    }

    /** {@code SMTP … error …}; null where it is another statement. */
    static SmtpFact error(String queueId, String text, int at) {
        if (text.startsWith(SYNTAX, at)) {
            return inCommand(queueId, text, at + SYNTAX.length(), 501, true);
        }
        if (text.startsWith(PROTOCOL, at)) {
            return inCommand(queueId, text, at + PROTOCOL.length(), 503, false);
        }
        return text.startsWith(SYNCHRONIZATION, at) ? outOfTurn(queueId, text, at + SYNCHRONIZATION.length()) : null;
    }

    /**
     * {@code COMMAND" H=… reason}. The client wrote the command, so the host is what stands behind its last quote; but
     * reasons of syntax errors may repeat a part of the command, and where that makes them look like a host the line is
     * not believed.
     */
    private static SmtpFact inCommand(String queueId, String text, int start, int code, boolean repeats) {
        int host = text.lastIndexOf(HOST);
        if (host < start) {
            return new Ignored(text.contains("\" U=") ? Why.LOCAL_ORIGIN : Why.UNKNOWN_STATEMENT);
        }
        if (repeats && text.indexOf(HOST, start) != host) {
            return Text.broken("a syntax error in a command that imitates a host");
        }
        Client client = Client.at(text, host + HOST.length(), " ", "");
        String reason = text.substring(Math.min(client.end(), text.length())).strip();
        return Refusal.of(command(text, start), code(reason, code), reason).by(client, queueId);
    }

    private static int code(String reason, int otherwise) {
        if (reason.startsWith("unrecognized command")) {
            return 500;
        }
        return reason.endsWith("authentication mechanism not supported") ? 504 : otherwise;
    }

    /** {@code input sent without waiting for greeting): rejected connection from H=… input="…"}, or a command likewise. */
    private static SmtpFact outOfTurn(String queueId, String text, int at) {
        String connection = "): rejected connection from H=";
        String command = "): rejected \"";
        int close = text.indexOf(')', at);
        if (close >= 0 && text.startsWith(connection, close)) {
            Client client = Client.at(text, close + connection.length(), " input=");
            return Refusal.of(Refusal.CONNECT, 554, text.substring(at, close)).by(client, queueId);
        }
        if (close < 0 || !text.startsWith(command, close)) {
            return new Ignored(Why.UNKNOWN_STATEMENT);
        }
        return command(queueId, text, at, close, close + command.length());
    }

    /** {@code COMMAND" H=… next input="…"}, where the client wrote both; the first host with the right words behind it counts. */
    private static SmtpFact command(String queueId, String text, int reason, int reasonEnd, int start) {
        int host = text.indexOf(HOST, start);
        for (int tried = 0; host >= 0 && tried < MAX_CANDIDATES; tried++) {
            Client client = Client.at(text, host + HOST.length(), " next input=\"");
            if (client.usable() && text.startsWith(" next input=\"", client.end())) {
                return Refusal.of(command(text, start), 554, text.substring(reason, reasonEnd))
                        .by(client, queueId);
            }
            host = text.indexOf(HOST, host + 1);
        }
        return Text.broken("a command out of turn without its host");
    }

    /** {@code unqualified sender rejected: <x> H=…}: an address without a domain. */
    static SmtpFact unqualified(String queueId, String text, int at) {
        String rejected = " rejected: <";
        int open = text.indexOf(rejected, at);
        int close = open < 0 || open - at > MAX_COMMAND ? -1 : text.indexOf("> H=", open);
        if (close < 0) {
            return new Ignored(Why.LOCAL_ORIGIN);
        }
        Client client = Client.at(text, close + "> H=".length(), "", " ");
        String address = text.substring(open + rejected.length(), close);
        String reason = "unqualified " + text.substring(at, open);
        return switch (text.substring(at, open)) {
            case "sender" -> new Refusal("MAIL", 501, address, null, null, reason).by(client, queueId);
            case "recipient" -> new Refusal("RCPT", 501, null, address, null, reason).by(client, queueId);
            default -> Refusal.of("VRFY", 501, reason).by(client, queueId);
        };
    }

    /** {@code message rejected: sender=<x> H=…}, or {@code excess temporarily rejected: …}: RFC 5321 section 4.5.3.1.10. */
    static SmtpFact tooManyRecipients(String queueId, String text, int at) {
        int sender = text.indexOf("sender=<", at);
        int close = sender < 0 ? -1 : Text.closing(text, sender + "sender=<".length());
        if (close < 0 || !text.startsWith(" H=", close + 1)) {
            return new Ignored(Why.LOCAL_ORIGIN);
        }
        Client client = Client.at(text, close + 1 + " H=".length(), "", " ");
        String from = text.substring(sender + "sender=<".length(), close);
        int code = text.startsWith("excess temporarily", at) ? 452 : 552;
        return new Refusal("RCPT", code, from, null, null, "too many recipients").by(client, queueId);
    }

    /** {@code Connection from CLIENT refused: too many connections}, {@code refused connection from CLIENT (reason)}. */
    static SmtpFact connection(String text, int client, int code) {
        Client token = Client.at(text, client, " refused: ", " (", "");
        String reason = text.substring(Math.min(token.end(), text.length())).strip();
        return Refusal.of(Refusal.CONNECT, code, reason.replace("refused: ", ""))
                .by(token, null);
    }
}
