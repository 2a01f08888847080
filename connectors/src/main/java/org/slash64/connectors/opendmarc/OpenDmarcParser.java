package org.slash64.connectors.opendmarc;

import java.util.List;
import org.slash64.connectors.log.LogLine;
import org.slash64.connectors.log.LogParser;
import org.slash64.connectors.log.SmtpFact;
import org.slash64.connectors.log.SmtpFact.Claim;
import org.slash64.connectors.log.SmtpFact.Claimed;
import org.slash64.connectors.log.SmtpFact.Ignored;
import org.slash64.connectors.log.SmtpFact.Ignored.Why;
import org.slash64.connectors.log.SmtpFact.Method;
import org.slash64.connectors.verdict.DomainText;
import org.slash64.connectors.verdict.QueueId;
import org.slash64.connectors.verdict.ResultWord;

/**
 * Reads what OpenDMARC 1.x logs about messages: {@code QID: example.org pass}, and where it checks SPF itself
 * {@code QID: SPF(mailfrom): example.org pass}. Results of SPF that are about the HELO name alone are left out.
 */
public final class OpenDmarcParser implements LogParser {

    private static final String NAME = "opendmarc";
    private static final String SPF = "SPF(";
    private static final String MAIL_FROM = "SPF(mailfrom): ";

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
        int id = QueueId.leading(message);
        if (id == 0) {
            return new Ignored(isAboutMessage(message) ? Why.NO_EVENT : Why.NOT_RECEPTION);
        }
        String text = message.substring(id + 2);
        boolean mailFrom = text.startsWith(MAIL_FROM);
        Claim claim = mailFrom ? claim(Method.SPF, text.substring(MAIL_FROM.length())) : claim(Method.DMARC, text);
        return claim == null
                ? new Ignored(silent(text))
                : new Claimed(message.substring(0, id), null, null, List.of(claim));
    }

    private static boolean isAboutMessage(String message) {
        return message.startsWith("ignoring connection from ")
                || message.contains(" ignoring Authentication-Results at ")
                || message.startsWith("implicit authentication service");
    }

    /** {@code DOMAIN RESULT}, and nothing else; null where it is something else. */
    private static Claim claim(Method method, String text) {
        int blank = text.indexOf(' ');
        String domain = blank < 0 ? null : DomainText.domain(text.substring(0, blank));
        String result = blank < 0 ? null : ResultWord.of(text.substring(blank + 1));
        return domain == null || result == null ? null : new Claim(method, result, domain, null, null);
    }

    private static Why silent(String text) {
        if (text.contains(" returned status ") || text.contains("() failed") || text.contains("header add failed")) {
            return Why.WARNING;
        }
        boolean known = text.startsWith(SPF)
                || text.startsWith("ignoring ")
                || text.startsWith("RFC5322 requirement error")
                || text.startsWith("multi-valued From ")
                || text.startsWith("unable to parse ")
                || text.startsWith("can't extract SPF ")
                || text.startsWith("ARC pass, ");
        return known ? Why.NO_EVENT : Why.UNKNOWN_STATEMENT;
    }
}
