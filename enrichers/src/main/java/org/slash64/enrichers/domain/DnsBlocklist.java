package org.slash64.enrichers.domain;

import org.xbill.DNS.Name;

/**
 * A list to be asked (RFC 5782).
 *
 * @param name what results call it; the zone may hold a customer's key
 * @param zone where it is, absolute
 * @param subject what it lists
 * @param codes how its answers read
 */
public record DnsBlocklist(String name, Name zone, Subject subject, ReturnCodes codes) {
    /** What a list lists, and so what it is asked about. */
    public enum Subject {
        /** Addresses: IPv4 by octets, IPv6 by nibbles, reversed (RFC 5782 sections 2.1 and 2.4). */
        ADDRESS,
        /**
         * Names, each with all below it: asked about the whole name, as Spamhaus wants of its DBL. Names of one label
         * are not asked.
         */
        NAME,
        /** Organisational domains alone, as in SURBL and URIBL: asked about the organisational domain of a name. */
        ORGANISATIONAL_DOMAIN
    }

    /** Refuses a zone that is relative. */
    public DnsBlocklist {
        if (!zone.isAbsolute()) {
            throw new IllegalArgumentException("the zone of a blocklist must be absolute: " + zone);
        }
    }
}
