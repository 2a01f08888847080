package org.slash64.connectors.haraka;

import java.util.Locale;
import org.slash64.connectors.log.ReplyText;
import org.slash64.connectors.log.SafeText;
import org.slash64.connectors.log.SmtpFact;
import org.slash64.connectors.log.SmtpFact.Envelope;
import org.slash64.connectors.log.SmtpFact.Ignored;
import org.slash64.connectors.log.SmtpFact.Ignored.Why;
import org.slash64.connectors.log.SmtpFact.Rejected;
import org.slash64.connectors.log.SmtpFact.Reply;

/**
 * Refusals: Haraka logs the decision, DENY or DENYSOFT, and the text, and replies with a fixed code to each.
 */
final class Denial {

    static final String END_OF_MESSAGE = "END-OF-MESSAGE";
    static final String DENY = "DENY";

    private static final String SOFT = "SOFT";
    private static final int MAX_CODE = 32;

    private Denial() {}

    /** The refusal, or null where the decision is another. */
    static SmtpFact of(Entry entry, String decision, String text, String stage, Envelope envelope) {
        if (decision == null || !decision.startsWith(DENY) || decision.length() > MAX_CODE) {
            return null;
        }
        boolean ends = stage.equals("DATA") || stage.equals(END_OF_MESSAGE);
        Reply reply = reply(text == null ? "" : text, stage, decision.contains(SOFT));
        return new Rejected(entry.inSession(), entry.transaction(), stage, reply, envelope, ends, true);
    }

    private static Reply reply(String text, String stage, boolean soft) {
        Reply logged = ReplyText.of(text);
        return logged.code() > 0 ? logged : new Reply(code(stage, soft), logged.enhancedStatus(), logged.text());
    }

    private static int code(String stage, boolean soft) {
        boolean atConnect = stage.equals("CONNECT");
        return soft ? (atConnect ? 421 : 450) : (atConnect ? 554 : 550);
    }

    /**
     * {@code hook=ehlo plugin=helo.checks function=… params="…" retval=DENY msg="…"}. What hooks decide about senders,
     * recipients and messages is told by lines of their own, too.
     */
    static SmtpFact ofHook(Entry entry) {
        Pairs pairs = new Pairs(entry.text(), 0);
        String hook = pairs.next("hook");
        pairs.next("plugin");
        pairs.next("function");
        String params = pairs.next("params");
        String decision = pairs.next("retval");
        String stage = hook == null ? null : stage(hook);
        if (stage == null) {
            return new Ignored(Why.NO_EVENT);
        }
        SmtpFact denied = of(entry, decision, pairs.next("msg"), stage, envelope(stage, params));
        return denied == null ? new Ignored(Why.NO_EVENT) : denied;
    }

    private static String stage(String hook) {
        return switch (hook) {
            case "connect", "helo", "ehlo", "data" -> hook.toUpperCase(Locale.ROOT);
            case "lookup_rdns", "connect_init" -> "CONNECT";
            case "unrecognized_command" -> "UNKNOWN";
            default -> null;
        };
    }

    private static Envelope envelope(String stage, String params) {
        boolean helo = stage.endsWith("HLO") || stage.endsWith("HELO");
        return helo && params != null && !params.isEmpty()
                ? new Envelope(null, null, null, SafeText.of(params), null)
                : Envelope.UNKNOWN;
    }
}
