package org.slash64.connectors.rspamd;

import java.util.Map;
import org.slash64.connectors.log.SmtpFact.Method;
import org.slash64.connectors.verdict.Meaning;

/**
 * The symbols of rspamd 2.x and 3.x that say what an event has a place for: those of its modules spf, dkim, dmarc and arc,
 * and those of its module rbl that are about the client alone, by the names of the configuration it comes with.
 */
public final class Symbols {

    private static final String ZEN = "zen.spamhaus.org";
    private static final String MAILSPIKE = "rep.mailspike.net";

    private static final Map<String, Meaning> MEANINGS = Map.ofEntries(
            Map.entry("R_SPF_ALLOW", Meaning.of(Method.SPF, "pass")),
            Map.entry("R_SPF_FAIL", Meaning.of(Method.SPF, "fail")),
            Map.entry("R_SPF_SOFTFAIL", Meaning.of(Method.SPF, "softfail")),
            Map.entry("R_SPF_NEUTRAL", Meaning.of(Method.SPF, "neutral")),
            Map.entry("R_SPF_DNSFAIL", Meaning.of(Method.SPF, "temperror")),
            Map.entry("R_SPF_PERMFAIL", Meaning.of(Method.SPF, "permerror")),
            Map.entry("R_SPF_NA", Meaning.of(Method.SPF, "none")),
            Map.entry("R_DKIM_ALLOW", Meaning.of(Method.DKIM, "pass")),
            Map.entry("R_DKIM_REJECT", Meaning.of(Method.DKIM, "fail")),
            Map.entry("R_DKIM_TEMPFAIL", Meaning.of(Method.DKIM, "temperror")),
            Map.entry("R_DKIM_PERMFAIL", Meaning.of(Method.DKIM, "permerror")),
            Map.entry("R_DKIM_NA", Meaning.of(Method.DKIM, "none")),
            Map.entry("DMARC_POLICY_ALLOW", Meaning.of(Method.DMARC, "pass")),
            Map.entry("DMARC_POLICY_ALLOW_WITH_FAILURES", Meaning.of(Method.DMARC, "pass")),
            Map.entry("DMARC_POLICY_REJECT", Meaning.of(Method.DMARC, "fail")),
            Map.entry("DMARC_POLICY_QUARANTINE", Meaning.of(Method.DMARC, "fail")),
            Map.entry("DMARC_POLICY_SOFTFAIL", Meaning.of(Method.DMARC, "fail")),
            Map.entry("DMARC_DNSFAIL", Meaning.of(Method.DMARC, "temperror")),
            Map.entry("DMARC_BAD_POLICY", Meaning.of(Method.DMARC, "permerror")),
            Map.entry("DMARC_NA", Meaning.of(Method.DMARC, "none")),
            Map.entry("ARC_ALLOW", Meaning.of(Method.ARC, "pass")),
            Map.entry("ARC_REJECT", Meaning.of(Method.ARC, "fail")),
            Map.entry("ARC_INVALID", Meaning.of(Method.ARC, "fail")),
            Map.entry("ARC_DNSFAIL", Meaning.of(Method.ARC, "temperror")),
            Map.entry("ARC_NA", Meaning.of(Method.ARC, "none")),
            Map.entry("RBL_SPAMHAUS_SBL", Meaning.listed(ZEN)),
            Map.entry("RBL_SPAMHAUS_CSS", Meaning.listed(ZEN)),
            Map.entry("RBL_SPAMHAUS_XBL", Meaning.listed(ZEN)),
            Map.entry("RBL_SPAMHAUS_XBL_ANY", Meaning.listed(ZEN)),
            Map.entry("RBL_SPAMHAUS_PBL", Meaning.listed(ZEN)),
            Map.entry("RBL_SPAMHAUS_DROP", Meaning.listed(ZEN)),
            Map.entry("RBL_MAILSPIKE_WORST", Meaning.listed(MAILSPIKE)),
            Map.entry("RBL_MAILSPIKE_VERYBAD", Meaning.listed(MAILSPIKE)),
            Map.entry("RBL_MAILSPIKE_BAD", Meaning.listed(MAILSPIKE)),
            Map.entry("RBL_SENDERSCORE", Meaning.listed("bl.score.senderscore.com")),
            Map.entry("RBL_SEM", Meaning.listed("bl.spameatingmonkey.net")),
            Map.entry("RBL_SEM_IPV6", Meaning.listed("bl.ipv6.spameatingmonkey.net")),
            Map.entry("RBL_VIRUSFREE_BOTNET", Meaning.listed("bip.virusfree.cz")),
            Map.entry("RBL_NIXSPAM", Meaning.listed("ix.dnsbl.manitu.net")),
            Map.entry("RBL_BLOCKLISTDE", Meaning.listed("bl.blocklist.de")));

    private Symbols() {}

    /** What a symbol says, or null where it says nothing that an event has a place for. */
    public static Meaning of(String symbol) {
        return MEANINGS.get(symbol);
    }
}
