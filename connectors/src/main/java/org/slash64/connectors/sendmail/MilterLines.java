package org.slash64.connectors.sendmail;

import org.slash64.connectors.log.SmtpFact;
import org.slash64.connectors.log.SmtpFact.Envelope;
import org.slash64.connectors.log.SmtpFact.Ignored;
import org.slash64.connectors.log.SmtpFact.Ignored.Why;

/** {@code Milter: to=<…>, reject=550 5.7.1 …}: what a milter refused; the session is the process's. */
final class MilterLines {

    private static final String REJECT = ", reject=";

    private MilterLines() {}

    /** @param start behind {@code Milter: } */
    static SmtpFact parse(String queueId, String text, int start) {
        if (text.startsWith("connect: host=", start)) {
            return connection(queueId, text, start);
        }
        int equals = text.indexOf('=', start);
        int reject = text.indexOf(REJECT, start);
        if (reject < 0) {
            return new Ignored(text.endsWith(", discard") ? Why.NOT_REFUSED : Why.NO_EVENT);
        }
        if (text.startsWith("data,", start) || equals == reject + REJECT.length() - 1) {
            return refused(queueId, Refusal.END_OF_MESSAGE, text, reject, Envelope.UNKNOWN);
        }
        int argumentEnd = Text.addressEnd(text, equals + 1);
        int refusal = text.startsWith(REJECT, argumentEnd) ? argumentEnd : text.indexOf(REJECT, argumentEnd);
        if (refusal < 0) {
            return Text.broken("a milter's refusal without its answer");
        }
        String argument = Text.address(text, equals + 1, argumentEnd);
        return switch (text.substring(start, equals)) {
            case "from" -> refused(queueId, "MAIL", text, refusal, new Envelope(argument, null, null, null, null));
            case "to" -> refused(queueId, "RCPT", text, refusal, new Envelope(null, argument, null, null, null));
            case "helo" -> refused(queueId, "HELO", text, refusal, new Envelope(null, null, null, argument, null));
            default -> refused(queueId, "DATA", text, refusal, Envelope.UNKNOWN); // cmd=data
        };
    }

    private static SmtpFact refused(String queueId, String stage, String text, int reject, Envelope envelope) {
        String reply = text.substring(reject + REJECT.length());
        String coded = reply.equals("Command rejected") ? "550 5.7.1 " + reply : reply;
        return Refusal.logged(stage, coded, envelope).in(Relay.unnamed(), queueId);
    }

    /** {@code connect: host=name, addr=192.0.2.1, rejecting commands}. */
    private static SmtpFact connection(String queueId, String text, int start) {
        if (text.endsWith(", rejecting commands")) {
            return Refusal.constant(Refusal.CONNECT, 554, null, "rejected by a milter")
                    .in(Relay.unnamed(), queueId);
        }
        boolean temporary = text.endsWith(", temp failing commands") || text.endsWith(", shutdown");
        return temporary
                ? Refusal.constant(Refusal.CONNECT, 451, "4.3.2", text.substring(text.lastIndexOf(", ", start) + 2))
                        .in(Relay.unnamed(), queueId)
                : new Ignored(Why.NO_EVENT);
    }
}
