package org.slash64.connectors.sendmail;

import org.slash64.connectors.log.SafeText;
import org.slash64.connectors.log.SmtpFact;
import org.slash64.connectors.log.SmtpFact.Envelope;
import org.slash64.connectors.log.SmtpFact.Helo;
import org.slash64.connectors.log.SmtpFact.Received;

/**
 * {@code from=<…>, size=2048, class=0, nrcpts=1, msgid=<…>, proto=ESMTP, daemon=MTA, relay=name [address]}. Sendmail logs it for
 * each transaction, also where the client gives up or is refused: then nothing was received, and the size is 0.
 */
final class SenderLines {

    private static final int MAX_SENDER = 200; // Sendmail cuts there in logsender()
    private static final String SIZE = ", size=";
    private static final String CLASS = ", class=";
    private static final String RECIPIENTS = ", nrcpts=";
    private static final String MESSAGE_ID = ", msgid=";
    private static final String PROTOCOL = ", proto=";
    private static final String RELAY = ", relay=";
    private static final String AUTHENTICATED = ", auth=";

    private final String text;
    private final int senderEnd;

    private SenderLines(String text, int senderEnd) {
        this.text = text;
        this.senderEnd = senderEnd;
    }

    /** @param start behind {@code from=} */
    static SmtpFact parse(String queueId, String text, int start) {
        int end = text.startsWith("<", start) ? Math.min(Text.addressEnd(text, start), start + MAX_SENDER) : start;
        int size = text.indexOf(SIZE, end);
        int sizeEnd = size < 0 ? -1 : Text.digitsEnd(text, size + SIZE.length());
        int count = size < 0 ? -1 : text.indexOf(RECIPIENTS, sizeEnd);
        if (count < 0 || !text.startsWith(CLASS, sizeEnd)) {
            return Text.broken("a sender without size and number of recipients");
        }
        Relay relay = Relay.last(text, RELAY);
        if (!relay.usable()) {
            return relay.fault();
        }
        int senderEnd = text.startsWith("<", start) ? end : size;
        String from = Text.address(text, start, Math.min(senderEnd, size));
        long bytes = Text.number(text, size + SIZE.length(), sizeEnd);
        int countStart = count + RECIPIENTS.length();
        long recipients = Text.number(text, countStart, Text.digitsEnd(text, countStart));
        return new SenderLines(text, countStart).fact(queueId, relay, from, bytes, recipients);
    }

    private SmtpFact fact(String queueId, Relay relay, String from, long bytes, long recipients) {
        Envelope envelope = new Envelope(from, null, protocol(), null, saslMethod());
        if (bytes <= 0 || recipients <= 0) {
            return new Helo(relay.session(), envelope);
        }
        int count = (int) Math.min(recipients, Integer.MAX_VALUE);
        return new Received(relay.session(), queueId, envelope, messageId(), bytes, count, null);
    }

    /** Sendmail's own words come behind the client's, so the last ones count. */
    private String last(String key) {
        int at = text.lastIndexOf(key);
        return at < senderEnd ? null : Text.value(text, at, key);
    }

    private String protocol() {
        String logged = last(PROTOCOL);
        if (logged == null) {
            return null;
        }
        return logged.startsWith("ESMTP") ? "ESMTP" : logged.startsWith("SMTP") ? "SMTP" : null;
    }

    /** {@code ESMTPA} and {@code ESMTPSA} tell an authentication (RFC 3848), some releases its mechanism too. */
    private String saslMethod() {
        String logged = last(PROTOCOL);
        boolean authenticated = logged != null && (logged.equals("ESMTPA") || logged.equals("ESMTPSA"));
        String method = last(AUTHENTICATED);
        boolean named = method != null && !method.isEmpty() && !method.equals("NONE");
        return named ? method : authenticated ? Envelope.UNNAMED_MECHANISM : null;
    }

    /** Cut by Sendmail after 100 characters, then without its closing bracket. */
    private String messageId() {
        if (!text.startsWith(MESSAGE_ID, Text.digitsEnd(text, senderEnd))) {
            return null;
        }
        int start = Text.digitsEnd(text, senderEnd) + MESSAGE_ID.length();
        int protocol = text.lastIndexOf(PROTOCOL);
        int limit = protocol < start ? text.lastIndexOf(RELAY) : protocol;
        int close = text.startsWith("<", start) ? text.indexOf(">, ", start) : -1;
        int end = close >= start && close < limit ? close + 1 : limit;
        return end < start ? null : SafeText.of(Text.address(text, start, end));
    }
}
