package org.slash64.enrichers.domain;

import org.xbill.DNS.Address;

/** Address literals of RFC 5321 section 4.1.3. */
final class AddressLiteral {
    private static final String IPV6 = "IPv6:";
    /** Brackets, tag and the longest IPv6 text, which has an IPv4 address at its end. */
    private static final int MAX_TEXT = 2 + IPV6.length() + 45;

    private AddressLiteral() {}

    /** Whether this is an IPv4 or IPv6 address in brackets; no other tag was ever registered. */
    static boolean isOne(String text) {
        if (!text.startsWith("[") || !text.endsWith("]") || text.length() > MAX_TEXT) {
            return false;
        }
        String inner = text.substring(1, text.length() - 1);
        return inner.regionMatches(true, 0, IPV6, 0, IPV6.length())
                ? Address.toByteArray(inner.substring(IPV6.length()), Address.IPv6) != null
                : Address.toByteArray(inner, Address.IPv4) != null;
    }
}
