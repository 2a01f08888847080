package org.slash64.enrichers.addressing;

/** How the last 64 bits of an IPv6 address were made, as far as they show it. */
public enum InterfaceId {
    /** There is none: IPv4, or a prefix that has another meaning for these bits. */
    NONE,
    /** From the hardware's address, {@code ff:fe} in the middle (RFC 4291 appendix A). */
    EUI64,
    /** {@code 0:5efe} or {@code 200:5efe} and an IPv4 address (RFC 5214 section 6.1). */
    ISATAP,
    /** By hand or DHCPv6: all zero but the last 24 bits, as in {@code ::25} and {@code ::1:2}. */
    LOW_BYTE,
    /** An IPv4 address, {@code ::c000:201} or in decimal words {@code ::192:0:2:1}. */
    EMBEDDED_IPV4,
    /** By hand: many zeros, few different digits, or a word of hexadecimal digits. */
    PATTERN,
    /** Nothing of these: as privacy and stable opaque identifiers are (RFC 8981, RFC 7217), and much of DHCPv6. */
    RANDOM
}
