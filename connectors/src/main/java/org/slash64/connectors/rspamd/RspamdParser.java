package org.slash64.connectors.rspamd;

import org.slash64.connectors.log.LogLine;
import org.slash64.connectors.log.LogParser;
import org.slash64.connectors.log.SmtpFact;
import org.slash64.connectors.log.SmtpFact.Ignored;
import org.slash64.connectors.log.SmtpFact.Ignored.Why;

/**
 * Reads what rspamd 1.9 to 3.x logs about the messages it was asked about: the line of {@code rspamd_task_write_log}. Its
 * verdicts belong to the mail server's queue id, or where it was told none to the Message-ID.
 */
public final class RspamdParser implements LogParser {

    static final String NAME = "rspamd";

    private static final String WRITE_LOG = "rspamd_task_write_log";
    private static final int MAX_WORD = 128;

    @Override
    public String source() {
        return NAME;
    }

    @Override
    public boolean writes(String program) {
        return program.equals(NAME);
    }

    @Override
    public SmtpFact parse(LogLine line) {
        if (!writes(line.program())) {
            return new Ignored(Why.OTHER_PROGRAM);
        }
        String message = line.message();
        int module = afterTag(message);
        int function = module < 0 ? -1 : afterWord(message, module, "; ");
        int body = function < 0 ? -1 : afterWord(message, function, ": ");
        if (body < 0) {
            return new Ignored(module < 0 ? Why.UNKNOWN_STATEMENT : Why.NO_EVENT);
        }
        boolean verdict = message.startsWith(WRITE_LOG, function) && body == function + WRITE_LOG.length() + 2;
        return verdict ? TaskLog.parse(message, body) : new Ignored(other(message, module));
    }

    /** The modules that handle messages are those of its workers; the rest is about rspamd itself. */
    private static Why other(String message, int module) {
        boolean task = message.startsWith("task;", module)
                || message.startsWith("proxy;", module)
                || message.startsWith("csession;", module)
                || message.startsWith("milter;", module);
        return task ? Why.NO_EVENT : Why.NOT_RECEPTION;
    }

    /** Behind {@code (worker) <tag>; }; the worker is logged to the journal and to files alone. */
    private static int afterTag(String message) {
        int at = 0;
        if (message.startsWith("(")) {
            at = afterWord(message, 1, ") ");
        }
        return at >= 0 && message.startsWith("<", at) ? afterWord(message, at + 1, ">; ") : -1;
    }

    private static int afterWord(String message, int start, String end) {
        int found = message.indexOf(end, start);
        return found < 0 || found - start > MAX_WORD ? -1 : found + end.length();
    }
}
