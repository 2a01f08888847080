package org.slash64.enrichers.domain;

import static org.slash64.enrichers.domain.ListingKind.ABUSED;
import static org.slash64.enrichers.domain.ListingKind.BAD;
import static org.slash64.enrichers.domain.ListingKind.POLICY;

import java.util.Map;
import org.slash64.enrichers.domain.DnsBlocklist.Subject;
import org.xbill.DNS.Name;

/**
 * Lists whose answers are known. None is asked unless it is configured: their operators limit who may ask, and answer
 * with an error where the resolver asks through a public one.
 */
public enum BlocklistPreset {
    /** Spamhaus ZEN: addresses. Its PBL is policy: end users' networks from which no mail should come directly. */
    SPAMHAUS_ZEN("spamhaus-zen", "zen.spamhaus.org.", Subject.ADDRESS),
    /** Spamhaus DBL: names. */
    SPAMHAUS_DBL("spamhaus-dbl", "dbl.spamhaus.org.", Subject.NAME),
    /** SURBL's combined list: organisational domains, a bit for each of its lists. */
    SURBL("surbl", "multi.surbl.org.", Subject.ORGANISATIONAL_DOMAIN);

    private final String text;
    private final String publicZone;
    private final Subject subject;

    BlocklistPreset(String text, String publicZone, Subject subject) {
        this.text = text;
        this.publicZone = publicZone;
        this.subject = subject;
    }

    /** What configuration and results call it. */
    public String text() {
        return text;
    }

    /** The list at its public zone. */
    public DnsBlocklist list() {
        return at(Name.fromConstantString(publicZone));
    }

    /** The list at a zone of one's own: a customer's, which has the key in its name, or a local mirror. */
    public DnsBlocklist at(Name zone) {
        return new DnsBlocklist(text, zone, subject, codes());
    }

    private ReturnCodes codes() {
        return switch (this) {
            case SPAMHAUS_ZEN -> zen();
            case SPAMHAUS_DBL -> dbl();
            case SURBL -> surbl();
        };
    }

    private static ReturnCodes zen() {
        return new ReturnCodes.Exact(Map.of(
                "127.0.0.2", new Meaning(BAD, "SBL"),
                "127.0.0.3", new Meaning(BAD, "CSS"),
                "127.0.0.4", new Meaning(BAD, "XBL"),
                "127.0.0.9", new Meaning(BAD, "DROP"),
                "127.0.0.10", new Meaning(POLICY, "PBL, by the network's owner"),
                "127.0.0.11", new Meaning(POLICY, "PBL, by Spamhaus")));
    }

    private static ReturnCodes dbl() {
        return new ReturnCodes.Exact(Map.of(
                "127.0.1.2", new Meaning(BAD, "spam"),
                "127.0.1.3", new Meaning(BAD, "spammed redirector"),
                "127.0.1.4", new Meaning(BAD, "phishing"),
                "127.0.1.5", new Meaning(BAD, "malware"),
                "127.0.1.6", new Meaning(BAD, "botnet control"),
                "127.0.1.102", new Meaning(ABUSED, "abused for spam"),
                "127.0.1.103", new Meaning(ABUSED, "abused redirector"),
                "127.0.1.104", new Meaning(ABUSED, "abused for phishing"),
                "127.0.1.105", new Meaning(ABUSED, "abused for malware"),
                "127.0.1.106", new Meaning(ABUSED, "abused for botnet control")));
    }

    private static ReturnCodes surbl() {
        return new ReturnCodes.BitMask(Map.of(
                8, new Meaning(BAD, "phishing"),
                16, new Meaning(BAD, "malware"),
                64, new Meaning(BAD, "abuse"),
                128, new Meaning(ABUSED, "cracked site")));
    }
}
