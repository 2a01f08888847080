package org.slash64.connectors.verdict;

import org.slash64.connectors.log.SmtpFact.Claim;
import org.slash64.connectors.log.SmtpFact.Method;

/**
 * What the name of a filter's test says.
 *
 * @param method what was checked
 * @param result as in {@link Claim#result()}
 * @param list the DNS list's domain, or null
 */
public record Meaning(Method method, String result, String list) {

    /** A result of SPF, DKIM, DMARC or ARC. */
    public static Meaning of(Method method, String result) {
        return new Meaning(method, result, null);
    }

    /** The client is on a DNS list. */
    public static Meaning listed(String list) {
        return new Meaning(Method.DNSBL, "listed", list);
    }

    /** The claim where nothing but the name was logged. */
    public Claim claim() {
        return claim(null, null);
    }

    /** The claim about a domain and a selector; either may be null. */
    public Claim claim(String domain, String selector) {
        return new Claim(method, result, list == null ? domain : list, selector, null);
    }
}
