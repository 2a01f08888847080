package org.slash64.connectors.spamassassin;

import org.slash64.connectors.log.LogLine;
import org.slash64.connectors.log.LogParser;
import org.slash64.connectors.log.SafeText;
import org.slash64.connectors.log.SmtpFact;
import org.slash64.connectors.log.SmtpFact.Claimed;
import org.slash64.connectors.log.SmtpFact.Ignored;
import org.slash64.connectors.log.SmtpFact.Ignored.Why;
import org.slash64.connectors.verdict.Claims;
import org.slash64.connectors.verdict.Score;

/**
 * Reads what SpamAssassin's spamd 3.x and 4.x logs about the messages it was asked about: {@code spamd: result: Y 12 -
 * TESTS scantime=1.2,…,mid=<…>,…}. It knows no queue id, so its verdicts belong to the Message-ID.
 */
public final class SpamdParser implements LogParser {

    private static final String NAME = "spamassassin";
    private static final String PROGRAM = "spamd";
    private static final String RESULT = "spamd: result: ";
    private static final String DETAILS = " scantime=";
    private static final String MESSAGE_ID = ",mid=<";
    private static final int MAX_SCORE = 12;

    @Override
    public String source() {
        return NAME;
    }

    @Override
    public boolean writes(String program) {
        return program.equals(PROGRAM);
    }

    @Override
    public SmtpFact parse(LogLine line) {
        if (!writes(line.program())) {
            return new Ignored(Why.OTHER_PROGRAM);
        }
        String message = line.message();
        return message.startsWith(RESULT) ? result(message) : new Ignored(other(message));
    }

    /** {@code Y 12 - A,B scantime=…}; a dot for ham, and the score without its fraction. */
    private static SmtpFact result(String message) {
        int flag = RESULT.length();
        int tests = message.indexOf(" - ", flag);
        int details = tests < 0 ? -1 : message.indexOf(DETAILS, tests + 2);
        String id = messageId(message);
        if (details < 0 || tests - flag > MAX_SCORE || id == null) {
            return new Ignored(Why.NO_EVENT);
        }
        Claims claims = new Claims();
        Double score =
                Score.parse(message.substring(Math.min(flag + 1, tests), tests).strip());
        claims.add(Score.claim(message.charAt(flag) == 'Y', score));
        TestNames.read(message, tests + " - ".length(), details, claims);
        return new Claimed(null, null, id, claims.list());
    }

    /** Commas in the ids are replaced by spamd, so the last place is its own. */
    private static String messageId(String message) {
        int start = message.lastIndexOf(MESSAGE_ID);
        int end = start < 0 ? -1 : message.indexOf(',', start + MESSAGE_ID.length());
        int idEnd = end < 0 ? message.length() : end;
        int idStart = start + MESSAGE_ID.length();
        boolean bracketed = start >= 0 && idEnd - 1 > idStart && message.charAt(idEnd - 1) == '>';
        return bracketed ? SafeText.of(message.substring(idStart, idEnd - 1)) : null;
    }

    private static Why other(String message) {
        if (isAboutMessage(message)) {
            return Why.NO_EVENT;
        }
        boolean own = message.startsWith("spamd: ")
                || message.startsWith("prefork: ")
                || message.startsWith("logger: ")
                || message.startsWith("config: ")
                || message.startsWith("plugin: ")
                || message.startsWith("rules: ")
                || message.startsWith("bayes: ")
                || message.startsWith("dns: ")
                || message.startsWith("util: ");
        return own ? Why.NOT_RECEPTION : Why.UNKNOWN_STATEMENT;
    }

    private static boolean isAboutMessage(String message) {
        return message.startsWith("spamd: processing message ")
                || message.startsWith("spamd: checking message ")
                || message.startsWith("spamd: identified spam ")
                || message.startsWith("spamd: clean message ")
                || message.startsWith("spamd: connection from ")
                || message.startsWith("spamd: got connection over ")
                || message.startsWith("spamd: skipped large message ");
    }
}
