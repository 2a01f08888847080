package org.slash64.enrichers.spf;

import java.net.InetAddress;

/**
 * Who wants to send, for whom.
 *
 * @param client made by {@link InetAddress#getByAddress(byte[])}; {@code ::ffff:a.b.c.d} is the IPv4 address
 * @param identity whose domain is checked
 * @param localPart what the sender has before the last {@code @}; {@code postmaster} where there is nothing (RFC 7208
 *     section 4.3)
 * @param domain the domain that is checked
 * @param helo what the client called itself
 */
public record SpfQuery(InetAddress client, Identity identity, String localPart, String domain, String helo) {
    /** RFC 7208 sections 2.3 and 2.4. */
    public enum Identity {
        HELO,
        MAIL_FROM
    }

    private static final String POSTMASTER = "postmaster";

    /** Checks MAIL FROM; an empty sender stands for {@code postmaster@HELO} (RFC 7208 section 2.4). */
    public static SpfQuery mailFrom(InetAddress client, String sender, String helo) {
        if (sender.isEmpty()) {
            return new SpfQuery(client, Identity.MAIL_FROM, POSTMASTER, helo, helo);
        }
        int at = sender.lastIndexOf('@');
        String localPart = at > 0 ? sender.substring(0, at) : POSTMASTER;
        return new SpfQuery(client, Identity.MAIL_FROM, localPart, sender.substring(at + 1), helo);
    }

    /** Checks HELO. */
    public static SpfQuery helo(InetAddress client, String helo) {
        return new SpfQuery(client, Identity.HELO, POSTMASTER, helo, helo);
    }

    /** The sender that macros see. */
    public String sender() {
        return localPart + "@" + domain;
    }
}
