package org.slash64.connectors.rspamd;

import java.util.List;
import org.slash64.connectors.log.LineError;
import org.slash64.connectors.log.LineError.Reason;
import org.slash64.connectors.log.SafeText;
import org.slash64.connectors.log.SmtpFact;
import org.slash64.connectors.log.SmtpFact.Claim;
import org.slash64.connectors.log.SmtpFact.Claimed;
import org.slash64.connectors.log.SmtpFact.Ignored;
import org.slash64.connectors.log.SmtpFact.Ignored.Why;
import org.slash64.connectors.log.SmtpFact.Malformed;
import org.slash64.connectors.verdict.Claims;
import org.slash64.connectors.verdict.QueueId;
import org.slash64.connectors.verdict.Score;

/**
 * The line that rspamd writes about each message, in its default log_format: {@code id: <…>, qid: <…>, ip: …, from: <…>,
 * (default: F (no action): [0.40/15.00] [SYMBOL(1.00){option;},…]), len: …}. The message id and other parts are the
 * sender's to choose and may look like the rest, so where a part is there twice the line is not believed.
 */
final class TaskLog {

    private static final String MESSAGE_ID = "id: <";
    private static final String QUEUE_ID = ", qid: <";
    private static final String VERDICT = "(default: ";
    private static final String UNDEFINED = "undef";
    private static final char SKIPPED = 'S';
    private static final int MAX_NUMBERS = 32;

    private TaskLog() {}

    static SmtpFact parse(String text, int start) {
        int verdict = text.indexOf(VERDICT, start);
        int queueId = text.indexOf(QUEUE_ID, start);
        if (isTwice(text, VERDICT, verdict) || isTwice(text, QUEUE_ID, queueId) || isBefore(verdict, queueId)) {
            return new Malformed(
                    new LineError(Reason.BROKEN_STATEMENT, "a part of the line is there twice or not in its place"));
        }
        String id = queueId < 0 ? null : bracketed(text, queueId + QUEUE_ID.length());
        String messageId = text.startsWith(MESSAGE_ID, start) ? bracketed(text, start + MESSAGE_ID.length()) : null;
        Claims claims = new Claims();
        if (verdict >= 0) {
            verdict(text, verdict + VERDICT.length(), claims);
        }
        return claimed(id != null && QueueId.is(id) ? id : null, messageId, claims.list());
    }

    private static boolean isTwice(String text, String part, int first) {
        return first >= 0 && text.indexOf(part, first + 1) >= 0;
    }

    private static boolean isBefore(int verdict, int queueId) {
        return verdict >= 0 && verdict < queueId;
    }

    private static SmtpFact claimed(String queueId, String messageId, List<Claim> claims) {
        boolean named = queueId != null || messageId != null;
        return named && !claims.isEmpty() ? new Claimed(queueId, null, messageId, claims) : new Ignored(Why.NO_EVENT);
    }

    private static String bracketed(String text, int start) {
        int end = text.indexOf(">,", start);
        String value = end < 0 ? "" : text.substring(start, end);
        return value.isEmpty() || value.equals(UNDEFINED) ? null : SafeText.of(value);
    }

    /** {@code F (no action): [0.40/15.00] [SYMBOLS]}. */
    private static void verdict(String text, int start, Claims claims) {
        int action = start + 3;
        int actionEnd = text.indexOf("): [", start);
        int slash = text.indexOf('/', Math.max(actionEnd, start));
        int close = text.indexOf(']', Math.max(slash, start));
        if (actionEnd < action || slash < actionEnd || close < slash || close - actionEnd > MAX_NUMBERS) {
            return;
        }
        Double score = Score.parse(text.substring(actionEnd + 4, slash).strip());
        Double required = Score.parse(text.substring(slash + 1, close).strip());
        if (text.charAt(start) != SKIPPED) {
            claims.add(Score.claim(isSpam(text.substring(action, actionEnd), score, required), score));
        }
        if (text.startsWith(" [", close + 1)) {
            SymbolList.read(text, close + 3, claims);
        }
    }

    static boolean isSpam(String action, Double score, Double required) {
        return switch (action) {
            case "reject", "add header", "rewrite subject", "quarantine" -> true;
            default -> score != null && required != null && score >= required;
        };
    }
}
