package org.slash64.connectors.sendmail;

import org.slash64.connectors.log.SmtpFact;
import org.slash64.connectors.log.SmtpFact.Envelope;
import org.slash64.connectors.log.SmtpFact.Ignored;
import org.slash64.connectors.log.SmtpFact.Ignored.Why;

/** {@code ruleset=check_rcpt, arg1=<…>, relay=name [address], reject=550 5.7.1 …}: what a rule of sendmail.cf refused. */
final class RulesetLines {

    private static final String ARGUMENT = ", arg1=";
    private static final String RELAY = ", relay=";
    private static final String REJECT = ", reject=";
    private static final int MAX_NAME = 64;
    private static final int MAX_CANDIDATES = 32;

    private RulesetLines() {}

    /** @param start behind {@code ruleset=} */
    static SmtpFact parse(String queueId, String text, int start) {
        int argument = text.indexOf(ARGUMENT, start);
        if (argument < 0 || argument - start > MAX_NAME) {
            return Text.broken("a rule without its argument");
        }
        if (text.indexOf(REJECT, argument) < 0) {
            return new Ignored(Why.NOT_REFUSED); // discarded or quarantined
        }
        String ruleset = text.substring(start, argument);
        if (ruleset.equals("tls_server") || ruleset.equals("tls_rcpt") || ruleset.equals("try_tls")) {
            return new Ignored(Why.NOT_RECEPTION);
        }
        return refused(queueId, text, ruleset, argument + ARGUMENT.length());
    }

    private static SmtpFact refused(String queueId, String text, String ruleset, int argument) {
        boolean address = ruleset.equals("check_rcpt") || ruleset.equals("check_mail");
        int argumentEnd = address ? Text.addressEnd(text, argument) : argument;
        int at = address ? first(text, argumentEnd) : last(text, argumentEnd);
        if (at < 0) {
            return new Ignored(Why.LOCAL_ORIGIN);
        }
        Relay relay = Relay.at(text, at);
        String reply = relay.usable() ? text.substring(relay.end() + REJECT.length()) : "";
        Envelope envelope = envelope(ruleset, Text.address(text, argument, argumentEnd));
        return Refusal.logged(stage(ruleset), reply, envelope).by(relay, queueId);
    }

    private static Envelope envelope(String ruleset, String argument) {
        return switch (ruleset) {
            case "check_rcpt" -> new Envelope(null, argument, null, null, null);
            case "check_mail" -> new Envelope(argument, null, null, null, null);
            default -> Envelope.UNKNOWN;
        };
    }

    private static String stage(String ruleset) {
        return switch (ruleset) {
            case "check_relay", "tls_client" -> Refusal.CONNECT;
            case "check_mail" -> "MAIL";
            case "check_rcpt" -> "RCPT";
            case "check_data" -> "DATA";
            case "check_etrn" -> "ETRN";
            case "check_expn" -> "EXPN";
            case "check_vrfy" -> "VRFY";
            case "trust_auth" -> "AUTH";
            default -> Refusal.END_OF_MESSAGE; // check_eoh, and the rules for header fields, whose names are free
        };
    }

    /** The client behind an address, whose end is known: the first that a refusal follows. */
    private static int first(String text, int from) {
        int at = text.indexOf(RELAY, from);
        for (int tried = 0; at >= 0 && tried < MAX_CANDIDATES; tried++, at = text.indexOf(RELAY, at + 1)) {
            if (isRefused(text, at + RELAY.length())) {
                return at + RELAY.length();
            }
        }
        return -1;
    }

    /** The client behind a header field, which may hold anything: the last that a refusal follows. */
    private static int last(String text, int from) {
        int at = text.lastIndexOf(RELAY);
        for (int tried = 0; at >= from && tried < MAX_CANDIDATES; tried++, at = text.lastIndexOf(RELAY, at - 1)) {
            if (isRefused(text, at + RELAY.length())) {
                return at + RELAY.length();
            }
        }
        return -1;
    }

    private static boolean isRefused(String text, int at) {
        Relay relay = Relay.at(text, at);
        return relay.end() > at && text.startsWith(REJECT, relay.end());
    }
}
