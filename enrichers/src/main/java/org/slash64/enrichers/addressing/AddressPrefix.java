package org.slash64.enrichers.addressing;

/** What the first bits of an address say about how it came about. */
public enum AddressPrefix {
    /** An IPv4 address. */
    IPV4,
    /** An IPv6 address of none of the other kinds. */
    IPV6,
    /** ::ffff:0:0/96 (RFC 4291 section 2.5.5.2); seen as bytes only, Java's and this project's types make it IPv4. */
    IPV4_MAPPED,
    /** ::/96 with an IPv4 address in it, deprecated (RFC 4291 section 2.5.5.1). */
    IPV4_COMPATIBLE,
    /** 2002::/16 (RFC 3056): the /48 belongs to whoever has the IPv4 address. */
    SIX_TO_FOUR,
    /** 2001::/32 (RFC 4380): the client behind an IPv4 NAT; each address of the prefix may be another host. */
    TEREDO,
    /** 64:ff9b::/96 (RFC 6052): an IPv4 host behind a translator. */
    NAT64,
    /** 64:ff9b:1::/48 (RFC 8215): the same, local to a network. */
    NAT64_LOCAL
}
