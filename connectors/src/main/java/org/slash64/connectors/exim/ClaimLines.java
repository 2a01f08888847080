package org.slash64.connectors.exim;

import java.util.List;
import org.slash64.connectors.log.SafeText;
import org.slash64.connectors.log.SmtpFact;
import org.slash64.connectors.log.SmtpFact.Claim;
import org.slash64.connectors.log.SmtpFact.Claimed;
import org.slash64.connectors.log.SmtpFact.Ignored;
import org.slash64.connectors.log.SmtpFact.Ignored.Why;
import org.slash64.connectors.log.SmtpFact.Method;

/** What Exim, and the filter SA-Exim inside it, found out about a message. */
final class ClaimLines {

    private static final String UNAVAILABLE = "[invalid - public key record (currently?) unavailable";
    private static final int MAX_NUMBER = 12;

    private ClaimLines() {}

    /**
     * {@code d=example.com s=sel c=relaxed/relaxed a=rsa-sha256 b=2048 [verification succeeded]}. The signer wrote all but
     * the bracket at the end.
     */
    static SmtpFact dkim(String queueId, String text, int at) {
        int open = text.lastIndexOf(" [");
        if (!text.startsWith("d=", at) || open < at || !text.endsWith("]")) {
            return new Ignored(text.startsWith("signing", at) ? Why.NOT_RECEPTION : Why.WARNING);
        }
        String domain = text.substring(at + 2, Text.wordEnd(text, at));
        int selector = at + 2 + domain.length();
        String selectorName = text.startsWith(" s=", selector)
                ? text.substring(selector + 3, Text.wordEnd(text, selector + 3))
                : null;
        return claimed(queueId, new Claim(Method.DKIM, result(text, open + 1), safe(domain), safe(selectorName), null));
    }

    /** RFC 8601 section 2.7.1. */
    private static String result(String text, int open) {
        if (text.startsWith("[verification succeeded", open)) {
            return "pass";
        }
        if (text.startsWith("[verification failed", open)) {
            return "fail";
        }
        if (text.startsWith(UNAVAILABLE, open)) {
            return "temperror";
        }
        return text.startsWith("[invalid", open) ? "permerror" : "neutral";
    }

    /** {@code spf_domain=… dmarc_domain=… spf_align=yes dkim_align=no enforcement='Accept'}. */
    static SmtpFact dmarc(String queueId, String text, int at) {
        String domain = value(text, at, " dmarc_domain=");
        String enforcement = text.substring(Math.max(at, text.lastIndexOf(" enforcement='")));
        if (domain == null || !enforcement.startsWith(" enforcement='")) {
            return new Ignored(Why.UNKNOWN_STATEMENT);
        }
        boolean aligned = "yes".equals(value(text, at, " spf_align=")) || "yes".equals(value(text, at, " dkim_align="));
        boolean none = enforcement.startsWith(" enforcement='No DMARC record");
        String result = none ? "none" : aligned ? "pass" : "fail";
        return claimed(queueId, new Claim(Method.DMARC, result, safe(domain), null, null));
    }

    private static String value(String text, int from, String key) {
        int at = text.indexOf(key, from);
        return at < 0 ? null : text.substring(at + key.length(), Text.wordEnd(text, at + key.length()));
    }

    /** {@code Action: silently tossed message: score=31.0 required=5.0 …}. */
    static SmtpFact spamAssassin(String queueId, String text, int at) {
        int score = text.indexOf(": score=", at);
        if (score < 0) {
            return new Ignored(Why.NO_EVENT);
        }
        String action = text.substring(at, score);
        boolean ham = action.contains("isn't spam") || action.contains("not spam");
        Double points = number(text, score + ": score=".length());
        return claimed(queueId, new Claim(Method.SPAM, ham ? "ham" : "spam", null, null, points));
    }

    private static Double number(String text, int start) {
        int from = text.startsWith("-", start) ? start + 1 : start;
        int whole = Text.digitsEnd(text, from);
        int end = text.startsWith(".", whole) ? Text.digitsEnd(text, whole + 1) : whole;
        return whole == from || end - start > MAX_NUMBER ? null : Double.valueOf(text.substring(start, end));
    }

    private static String safe(String value) {
        return value == null || value.isEmpty() ? null : SafeText.of(value);
    }

    private static SmtpFact claimed(String queueId, Claim claim) {
        return new Claimed(queueId, null, null, List.of(claim));
    }
}
