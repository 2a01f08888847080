package org.slash64.enrichers.addressing;

import java.util.Set;

/**
 * The rules for 64-bit interface identifiers. They follow the classes of RFC 7707 section 4.1.1, and are stricter than
 * the {@code addr6} tool about embedded IPv4 addresses, so that {@code ::cafe:1} and {@code ::1:2:3:4} are none.
 */
final class Identifier {
    private static final int EUI64_MIDDLE = 0xfffe;
    private static final long GROUP = 0x0100_0000_0000_0000L;
    private static final long ISATAP_LOCAL = 0x0000_5efeL;
    private static final long ISATAP_GLOBAL = 0x0200_5efeL;
    private static final int WORDS = 4;

    /** Random bits have three or more zero bytes in 3 of a million cases; {@code addr6} has the same bound. */
    private static final int MANY_ZERO_BYTES = 3;
    /** Random bits have five or fewer of the 16 digits in 4 of 100,000 cases. */
    private static final int FEW_DIGITS = 5;
    /** RFC 7707 section 4.1.1.4; random bits have one of them in 1 of 1,000 cases. */
    private static final Set<Integer> HEX_WORDS = Set.of(
            0xbabe, 0xbeef, 0xb00b, 0xc0de, 0xc0fe, 0xcafe, 0xdad0, 0xdead, 0xdeaf, 0xface, 0xfade, 0xfeed, 0xf00d);

    private Identifier() {}

    static InterfaceId classify(long id) {
        if (isEui64(id)) {
            return InterfaceId.EUI64;
        }
        if (id >>> 32 == ISATAP_LOCAL || id >>> 32 == ISATAP_GLOBAL) {
            return InterfaceId.ISATAP;
        }
        if (id >>> 24 == 0) {
            return InterfaceId.LOW_BYTE;
        }
        if (hasWord(id)) {
            return InterfaceId.PATTERN;
        }
        if (isIpv4InHex(id) || isIpv4InDecimal(id)) {
            return InterfaceId.EMBEDDED_IPV4;
        }
        return zeroBytes(id) >= MANY_ZERO_BYTES || digits(id) <= FEW_DIGITS ? InterfaceId.PATTERN : InterfaceId.RANDOM;
    }

    /** The 32 bits of an embedded IPv4 address. */
    static int ipv4(long id, InterfaceId kind) {
        return kind == InterfaceId.EMBEDDED_IPV4 && id >>> 32 != 0 ? decimals(id) : (int) id;
    }

    /** A hardware address has the group bit clear. */
    private static boolean isEui64(long id) {
        return (id >>> 24 & 0xffff) == EUI64_MIDDLE && (id & GROUP) == 0;
    }

    /** A unicast address after 32 zeros; with a zero third octet it is rather two numbers, {@code ::1000:1}. */
    private static boolean isIpv4InHex(long id) {
        return id >>> 32 == 0 && isUnicast((int) (id >>> 24)) && (id & 0xff00) != 0;
    }

    /** Four words that read as decimal octets, the first of two digits at least. */
    private static boolean isIpv4InDecimal(long id) {
        for (int i = 0; i < WORDS; i++) {
            if (decimal(word(id, i)) < 0) {
                return false;
            }
        }
        int first = decimal(word(id, 0));
        return first >= 10 && isUnicast(first);
    }

    private static int decimals(long id) {
        int bits = 0;
        for (int i = 0; i < WORDS; i++) {
            bits = bits << 8 | decimal(word(id, i));
        }
        return bits;
    }

    /** What the hexadecimal digits of a word say when read as decimal; negative where they are no octet. */
    private static int decimal(int word) {
        int hundreds = word >>> 8;
        int tens = word >>> 4 & 0xf;
        int ones = word & 0xf;
        int value = hundreds * 100 + tens * 10 + ones;
        return hundreds <= 2 && tens <= 9 && ones <= 9 && value <= 0xff ? value : -1;
    }

    private static boolean isUnicast(int firstOctet) {
        return firstOctet > 0 && firstOctet < 224 && firstOctet != 127;
    }

    private static int word(long id, int index) {
        return (int) (id >>> ((WORDS - 1 - index) * 16)) & 0xffff;
    }

    private static boolean hasWord(long id) {
        for (int i = 0; i < WORDS; i++) {
            if (HEX_WORDS.contains(word(id, i))) {
                return true;
            }
        }
        return false;
    }

    private static int zeroBytes(long id) {
        int zeros = 0;
        for (int shift = 0; shift < 64; shift += 8) {
            zeros += (id >>> shift & 0xff) == 0 ? 1 : 0;
        }
        return zeros;
    }

    private static int digits(long id) {
        int seen = 0;
        for (int shift = 0; shift < 64; shift += 4) {
            seen |= 1 << (id >>> shift & 0xf);
        }
        return Integer.bitCount(seen);
    }
}
