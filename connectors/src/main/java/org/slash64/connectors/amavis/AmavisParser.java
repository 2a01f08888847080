package org.slash64.connectors.amavis;

import java.util.Set;
import org.slash64.connectors.log.LogLine;
import org.slash64.connectors.log.LogParser;
import org.slash64.connectors.log.SmtpFact;
import org.slash64.connectors.log.SmtpFact.Ignored;
import org.slash64.connectors.log.SmtpFact.Ignored.Why;

/**
 * Reads what amavisd-new 2.x logs about messages, in its short and its verbose template: {@code (id) Passed CLEAN …} and
 * {@code (id) Blocked SPAM …}. Its verdicts belong to the queue id, or where it was told none to the Message-ID.
 */
public final class AmavisParser implements LogParser {

    private static final String NAME = "amavis";
    private static final Set<String> PROGRAMS = Set.of(NAME, "amavisd", "amavisd-new");
    private static final int MAX_TASK = 64;

    @Override
    public String source() {
        return NAME;
    }

    @Override
    public boolean writes(String program) {
        return PROGRAMS.contains(program);
    }

    @Override
    public SmtpFact parse(LogLine line) {
        if (!writes(line.program())) {
            return new Ignored(Why.OTHER_PROGRAM);
        }
        String message = line.message();
        int at = afterTask(message);
        if (at == 0) {
            return new Ignored(Why.NOT_RECEPTION);
        }
        for (String outcome : new String[] {"Passed ", "Blocked "}) {
            if (message.startsWith(outcome, at)) {
                return MessageReport.parse(message, at + outcome.length());
            }
        }
        return new Ignored(message.startsWith("(!", at) ? Why.WARNING : Why.NO_EVENT);
    }

    /** Behind {@code (12345-06-2) }, which every line about a message begins with; 0 for other lines. */
    private static int afterTask(String message) {
        int close = message.startsWith("(") ? message.indexOf(") ") : -1;
        if (close < 2 || close > MAX_TASK) {
            return 0;
        }
        for (int i = 1; i < close; i++) {
            char c = message.charAt(i);
            if (!(c >= '0' && c <= '9') && c != '-') {
                return 0;
            }
        }
        return close + 2;
    }
}
