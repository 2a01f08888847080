package org.slash64.connectors.opendkim;

import java.util.List;
import org.slash64.connectors.log.LogLine;
import org.slash64.connectors.log.LogParser;
import org.slash64.connectors.log.SmtpFact;
import org.slash64.connectors.log.SmtpFact.Claim;
import org.slash64.connectors.log.SmtpFact.Claimed;
import org.slash64.connectors.log.SmtpFact.Ignored;
import org.slash64.connectors.log.SmtpFact.Ignored.Why;
import org.slash64.connectors.log.SmtpFact.Method;
import org.slash64.connectors.verdict.QueueId;

/**
 * Reads what OpenDKIM 2.x logs about verifying signatures. Only with {@code LogResults yes} do its lines name the signature
 * that a result is of.
 */
public final class OpenDkimParser implements LogParser {

    private static final String NAME = "opendkim";
    private static final String RESULTS = "signature=";
    private static final String PASS = "pass";
    private static final String FAIL = "fail";
    private static final String PERMERROR = "permerror";

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
        int id = QueueId.leading(line.message());
        return id == 0
                ? new Ignored(Why.NOT_RECEPTION)
                : ofMessage(line.message().substring(0, id), line.message().substring(id + 2));
    }

    private static SmtpFact ofMessage(String queueId, String text) {
        if (text.startsWith(RESULTS)) {
            return claimed(queueId, SignatureResults.read(text));
        }
        if (text.startsWith("s=")) {
            return claimed(queueId, SslError.read(text));
        }
        String result = result(text);
        return result == null ? new Ignored(silent(text)) : claimed(queueId, List.of(SignatureNames.in(text, result)));
    }

    private static SmtpFact claimed(String queueId, List<Claim> claims) {
        return claims.isEmpty() ? new Ignored(Why.NO_EVENT) : new Claimed(queueId, null, null, claims);
    }

    /** The result that a statement stands for, or null. */
    private static String result(String text) {
        if (text.equals("DKIM verification successful")) {
            return PASS;
        }
        if (text.equals("bad signature data") || text.startsWith("signature verification failed")) {
            return FAIL;
        }
        if (text.equals("no signature data")) {
            return "none";
        }
        if (text.startsWith("key retrieval failed")) {
            return text.endsWith("record not found") ? PERMERROR : "temperror"; // RFC 6376 section 6.1.2
        }
        boolean broken = text.startsWith("key revoked")
                || text.startsWith("syntax error: ")
                || text.startsWith("signature processing failed");
        return broken ? PERMERROR : null;
    }

    /** Statements that judge no signature. */
    private static Why silent(String text) {
        if (text.contains(" field added (s=") || text.startsWith("signature generation error")) {
            return Why.NOT_RECEPTION;
        }
        if (text.contains("() failed") || text.contains("header add failed") || text.startsWith("key data is not")) {
            return Why.WARNING;
        }
        return isKnown(text) ? Why.NO_EVENT : Why.UNKNOWN_STATEMENT;
    }

    private static boolean isKnown(String text) {
        return text.endsWith("] not internal")
                || text.equals("not authenticated")
                || text.startsWith("no sign")
                || text.startsWith("external host ")
                || text.startsWith("ignoring signature")
                || text.startsWith("ignoring ")
                || text.startsWith("message has signatures from ")
                || text.startsWith("no MTA name match ")
                || text.startsWith("no macros match")
                || text.startsWith("can't determine message sender")
                || text.startsWith("can't parse ")
                || text.startsWith("failed to parse ")
                || text.startsWith("domain '")
                || text.startsWith("skipping signing of mail ")
                || text.startsWith("SSL ")
                || text.startsWith("RFC5322 header requirement error")
                || text.startsWith("BodyLengthDB matched ");
    }

    /** The claim about a signature of a domain: shared by the statements that name one. */
    static Claim claim(String result, String domain, String selector) {
        return new Claim(Method.DKIM, result, domain, selector, null);
    }
}
