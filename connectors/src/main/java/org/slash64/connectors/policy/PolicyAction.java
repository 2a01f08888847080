package org.slash64.connectors.policy;

import java.nio.charset.StandardCharsets;
import org.slash64.connectors.answer.Answer;
import org.slash64.connectors.answer.Policy;

/** What Postfix is told, in the words of access(5). */
public enum PolicyAction {
    /** Nothing; later restrictions decide. */
    DUNNO,
    /** Add a header field. */
    PREPEND,
    /** Refuse for now, unless a later restriction refuses for good. */
    DEFER_IF_PERMIT,
    /** Refuse with 421, upon which Postfix hangs up. */
    TRY_IPV4,
    /** Refuse for good. */
    REJECT;

    /** What Postfix does with this answer. */
    static PolicyAction of(Answer answer) {
        if (answer instanceof Answer.Reject) {
            return REJECT;
        }
        if (answer instanceof Answer.Defer) {
            return DEFER_IF_PERMIT;
        }
        if (answer instanceof Answer.TryIpv4) {
            return TRY_IPV4;
        }
        return answer instanceof Answer.NoOpinion ? DUNNO : PREPEND;
    }

    /** The answer as a reply of the protocol. */
    static byte[] reply(Answer answer) {
        return ("action=" + text(answer) + "\n\n").getBytes(StandardCharsets.US_ASCII);
    }

    private static String text(Answer answer) {
        if (answer instanceof Answer.Reject reject) {
            return reject.reply().line();
        }
        if (answer instanceof Answer.Defer defer) {
            return "DEFER_IF_PERMIT " + defer.reply().enhanced() + " "
                    + defer.reply().text();
        }
        if (answer instanceof Answer.TryIpv4 tryIpv4) {
            return tryIpv4.reply().line();
        }
        if (answer instanceof Answer.Mark mark) {
            return "PREPEND " + mark.field() + ": " + mark.value();
        }
        if (answer instanceof Answer.Quarantine quarantine) {
            return "PREPEND " + Policy.FIELD + ": quarantine; "
                    + quarantine.reply().text();
        }
        return "DUNNO";
    }
}
