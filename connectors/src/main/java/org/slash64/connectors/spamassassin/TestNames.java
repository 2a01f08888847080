package org.slash64.connectors.spamassassin;

import java.util.Map;
import org.slash64.connectors.log.SmtpFact.Method;
import org.slash64.connectors.verdict.Claims;
import org.slash64.connectors.verdict.Meaning;

/**
 * The tests of SpamAssassin 3.x and 4.x that say what an event has a place for. Those about the HELO name, and those of DNS
 * lists that look at every hop and not at the client alone, are not among them.
 */
public final class TestNames {

    private static final int MAX_TESTS = 1_000;
    private static final String ZEN = "zen.spamhaus.org";
    private static final String SENDERSCORE = "bl.score.senderscore.com";
    private static final String MAILSPIKE = "bl.mailspike.net";

    private static final Map<String, Meaning> MEANINGS = Map.ofEntries(
            Map.entry("SPF_PASS", Meaning.of(Method.SPF, "pass")),
            Map.entry("SPF_FAIL", Meaning.of(Method.SPF, "fail")),
            Map.entry("SPF_SOFTFAIL", Meaning.of(Method.SPF, "softfail")),
            Map.entry("SPF_NEUTRAL", Meaning.of(Method.SPF, "neutral")),
            Map.entry("SPF_NONE", Meaning.of(Method.SPF, "none")),
            Map.entry("T_SPF_PERMERROR", Meaning.of(Method.SPF, "permerror")),
            Map.entry("T_SPF_TEMPERROR", Meaning.of(Method.SPF, "temperror")),
            Map.entry("DKIM_VALID", Meaning.of(Method.DKIM, "pass")),
            Map.entry("DKIM_INVALID", Meaning.of(Method.DKIM, "fail")),
            Map.entry("DMARC_PASS", Meaning.of(Method.DMARC, "pass")),
            Map.entry("DMARC_REJECT", Meaning.of(Method.DMARC, "fail")),
            Map.entry("DMARC_QUAR", Meaning.of(Method.DMARC, "fail")),
            Map.entry("DMARC_NONE", Meaning.of(Method.DMARC, "fail")), // failed, and the policy is none
            Map.entry("DMARC_MISSING", Meaning.of(Method.DMARC, "none")),
            Map.entry("ARC_VALID", Meaning.of(Method.ARC, "pass")),
            Map.entry("ARC_INVALID", Meaning.of(Method.ARC, "fail")),
            Map.entry("RCVD_IN_XBL", Meaning.listed(ZEN)),
            Map.entry("RCVD_IN_PBL", Meaning.listed(ZEN)),
            Map.entry("RCVD_IN_PSBL", Meaning.listed("psbl.surriel.com")),
            Map.entry("RCVD_IN_VALIDITY_RPBL", Meaning.listed(SENDERSCORE)),
            Map.entry("RCVD_IN_RP_RNBL", Meaning.listed(SENDERSCORE)),
            Map.entry("RCVD_IN_MSPIKE_BL", Meaning.listed(MAILSPIKE)),
            Map.entry("RCVD_IN_MSPIKE_L2", Meaning.listed(MAILSPIKE)),
            Map.entry("RCVD_IN_MSPIKE_L3", Meaning.listed(MAILSPIKE)),
            Map.entry("RCVD_IN_MSPIKE_L4", Meaning.listed(MAILSPIKE)),
            Map.entry("RCVD_IN_MSPIKE_L5", Meaning.listed(MAILSPIKE)),
            Map.entry("RCVD_IN_MSPIKE_ZBI", Meaning.listed(MAILSPIKE)));

    private TestNames() {}

    /** Adds what the names between two places say; they are apart by anything that no name has, and may have scores. */
    public static void read(String text, int start, int end, Claims claims) {
        int at = start;
        for (int i = 0; i < MAX_TESTS && at < end; i++) {
            int nameEnd = at;
            while (nameEnd < end && isNameCharacter(text.charAt(nameEnd))) {
                nameEnd++;
            }
            Meaning meaning = MEANINGS.get(text.substring(at, nameEnd));
            if (meaning != null) {
                claims.add(meaning.claim());
            }
            at = nameStart(text, nameEnd, end);
        }
    }

    private static int nameStart(String text, int from, int end) {
        int at = from;
        while (at < end && !(text.charAt(at) >= 'A' && text.charAt(at) <= 'Z')) {
            at++;
        }
        return at;
    }

    private static boolean isNameCharacter(char c) {
        return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
    }
}
