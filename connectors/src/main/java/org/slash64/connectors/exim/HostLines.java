package org.slash64.connectors.exim;

import org.slash64.connectors.log.SmtpFact;
import org.slash64.connectors.log.SmtpFact.Ignored;
import org.slash64.connectors.log.SmtpFact.Ignored.Why;

/**
 * {@code H=client … F=<sender> [temporarily ]rejected WHAT: reason}: what an access control list refused, and what else
 * begins with a host.
 */
final class HostLines {

    private static final String REJECTED = " rejected ";
    private static final String TEMPORARILY_REJECTED = " temporarily rejected ";
    private static final String DROPPED = " dropped by ";
    private static final String VERIFY = " sender verify ";
    private static final String WARNING = " Warning:";
    private static final String INCOMPLETE = " incomplete transaction";
    private static final String[] STATEMENTS = {
        REJECTED,
        TEMPORARILY_REJECTED,
        DROPPED,
        VERIFY,
        WARNING,
        INCOMPLETE,
        ": ",
        " SMTP error",
        " Connection ",
        " TLS "
    };
    private static final int MAX_COMMAND = 16;
    private static final int MAX_PLACE = 100; // Exim cuts there in smtp_handle_acl_fail()

    private HostLines() {}

    /** From the host on; what stood before it names a sender, or null. */
    static SmtpFact parse(String queueId, String text, int host, String sender) {
        Client client = Client.at(text, host, STATEMENTS);
        int at = client.usable() ? statement(text, client.end()) : -1;
        if (at < 0) {
            return otherwise(queueId, text, client);
        }
        String from = sender == null ? client.fields().get(Field.SENDER) : sender;
        if (text.startsWith(TEMPORARILY_REJECTED, at)) {
            return rejected(queueId, text, client, at + TEMPORARILY_REJECTED.length(), Refusal.TEMPORARY, from);
        }
        if (text.startsWith(REJECTED, at)) {
            return rejected(queueId, text, client, at + REJECTED.length(), Refusal.PERMANENT, from);
        }
        return Refusal.of(Refusal.CONNECT, Refusal.PERMANENT, reason(text, at)).by(client, queueId); // dropped
    }

    /** Where the refusal stands: behind the fields, else behind what is not known to be a field; -1 without one. */
    private static int statement(String text, int end) {
        if (Text.after(text, end, REJECTED, TEMPORARILY_REJECTED, DROPPED) >= 0) {
            return end;
        }
        if (Text.after(text, end, STATEMENTS) >= 0) {
            return -1;
        }
        int permanent = text.indexOf(REJECTED, end);
        String temporarily = TEMPORARILY_REJECTED.substring(0, TEMPORARILY_REJECTED.length() - REJECTED.length());
        boolean temporary = permanent >= end + temporarily.length()
                && text.startsWith(temporarily, permanent - temporarily.length());
        return temporary ? permanent - temporarily.length() : permanent;
    }

    private static SmtpFact otherwise(String queueId, String text, Client client) {
        if (text.startsWith(WARNING, client.end())) {
            return new Ignored(Why.WARNING);
        }
        if (Text.after(text, client.end(), VERIFY, INCOMPLETE) >= 0) {
            return new Ignored(Why.NO_EVENT); // a refusal follows; a transaction that the client gave up
        }
        if (!client.usable() && text.contains(REJECTED)) {
            return client.fault();
        }
        return new Ignored(queueId == null ? Why.UNKNOWN_STATEMENT : Why.NOT_RECEPTION); // a host that mail goes to
    }

    private static SmtpFact rejected(String queueId, String text, Client client, int at, int code, String from) {
        int place = Text.after(text, at, "RCPT ");
        if (place >= 0) {
            String to = address(text, place);
            return new Refusal("RCPT", code, from, to, null, reason(text, placeEnd(text, place))).by(client, queueId);
        }
        place = Text.after(text, at, "MAIL ");
        if (place >= 0) {
            String sender = address(text, place);
            return new Refusal("MAIL", code, sender, null, null, reason(text, placeEnd(text, place)))
                    .by(client, queueId);
        }
        place = Text.after(text, at, "EHLO or HELO ");
        if (place >= 0) {
            String helo = text.substring(place, placeEnd(text, place));
            return new Refusal("HELO", code, null, null, helo, reason(text, place)).by(client, queueId);
        }
        String stage = stage(text, at);
        return new Refusal(stage, code, from, null, null, reason(text, at))
                .by(client, queueId, endsMessage(text, at, stage));
    }

    private static String stage(String text, int at) {
        if (Text.after(text, at, "after DATA", "during MIME", "by local_scan", "DKIM") >= 0) {
            return Refusal.END_OF_MESSAGE;
        }
        if (text.startsWith("connection ", at)) {
            return Refusal.CONNECT;
        }
        int end = at;
        while (end < text.length() && end - at < MAX_COMMAND && text.charAt(end) >= 'A' && text.charAt(end) <= 'Z') {
            end++;
        }
        return text.substring(at, end);
    }

    /** A reply to the data for one of several recipients ends nothing. */
    private static boolean endsMessage(String text, int at, String stage) {
        boolean content = stage.equals(Refusal.DATA) || stage.equals(Refusal.END_OF_MESSAGE);
        return content && !text.startsWith("after DATA PRDR", at);
    }

    /** The address of a command, which may be cut and may have parameters behind it. */
    private static String address(String text, int place) {
        int end = placeEnd(text, place);
        if (!text.startsWith("<", place)) {
            return text.substring(place, Math.min(end, Text.addressEnd(text, place)));
        }
        int close = Text.closing(text, place + 1);
        return text.substring(place + 1, close >= 0 && close <= end ? close : end);
    }

    /** What the client wrote ends at a colon and a blank; within the brackets of an address there may be others. */
    private static int placeEnd(String text, int place) {
        int close = text.startsWith("<", place) ? Text.closing(text, place + 1) : -1;
        boolean whole = close >= 0 && close - place <= MAX_PLACE;
        int colon = text.indexOf(": ", whole ? close : place);
        return colon < 0 ? text.length() : colon;
    }

    private static String reason(String text, int from) {
        int colon = text.indexOf(": ", from);
        return colon < 0 ? "" : text.substring(colon + 2);
    }
}
