package org.slash64.schemas;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * An IPv4 or IPv6 address, held as numbers. IPv4-mapped IPv6 addresses (::ffff:0:0/96, RFC 4291 section 2.5.5.2) are the
 * IPv4 address. Parsing never asks DNS. {@link #toString()} is RFC 5952 text.
 *
 * @param v6 true for IPv6
 * @param high the first 64 bits of an IPv6 address, 0 for IPv4
 * @param low the last 64 bits of an IPv6 address, or the 32 bits of an IPv4 address
 */
public record Address(boolean v6, long high, long low) implements Comparable<Address> {

    /** The longest text that can be an address: a mapped one in full, with tag, brackets and zone id. */
    private static final int MAX_TEXT = 96;

    private static final int GROUPS = 8;

    /** Eight groups of four digits, and what parts them. */
    private static final int MAX_TEXT_V6 = 39;

    private static final long MAPPED = 0xffffL;
    private static final long IPV4_MASK = 0xffffffffL;

    public Address {
        if (!v6 && (high != 0 || low >>> 32 != 0)) {
            throw new IllegalArgumentException("an IPv4 address has 32 bits");
        }
        if (v6 && high == 0 && low >>> 32 == MAPPED) {
            throw new IllegalArgumentException("an IPv4-mapped address is the IPv4 address: use ofV6");
        }
    }

    /** An IPv4 address from its 32 bits. */
    public static Address ofV4(int bits) {
        return new Address(false, 0, bits & IPV4_MASK);
    }

    /** An IPv6 address from its two halves; a mapped one becomes IPv4. */
    public static Address ofV6(long high, long low) {
        return high == 0 && low >>> 32 == MAPPED ? ofV4((int) low) : new Address(true, high, low);
    }

    /** An address from its 4 or 16 bytes in network order. */
    public static Address ofBytes(byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        return switch (bytes.length) {
            case 4 -> ofV4(buffer.getInt());
            case 16 -> ofV6(buffer.getLong(), buffer.getLong());
            default -> throw new IllegalArgumentException("an address has 4 or 16 bytes, not " + bytes.length);
        };
    }

    /**
     * Reads an address in any of the notations that mail logs use: dotted IPv4, IPv6 in either case, in square brackets,
     * tagged {@code IPv6:} (RFC 5321 section 4.1.3), with a zone id (dropped). Empty where the text is none.
     */
    public static Optional<Address> parse(String text) {
        if (text.isEmpty() || text.length() > MAX_TEXT) {
            return Optional.empty();
        }
        String bare = text;
        if (bare.startsWith("[") && bare.endsWith("]")) {
            bare = bare.substring(1, bare.length() - 1);
        }
        if (bare.regionMatches(true, 0, "IPv6:", 0, 5)) {
            bare = bare.substring(5);
        }
        int zone = bare.indexOf('%');
        if (zone > 0) {
            bare = bare.substring(0, zone);
        }
        return bare.indexOf(':') >= 0 ? parseV6(bare) : parseV4(bare, 0).map(Address::ofV4);
    }

    private static Optional<Integer> parseV4(String text, int from) {
        int bits = 0;
        int position = from;
        for (int octet = 0; octet < 4; octet++) {
            int start = position;
            int value = 0;
            while (position < text.length() && position - start < 3 && isDigit(text.charAt(position))) {
                value = value * 10 + (text.charAt(position++) - '0');
            }
            boolean leadingZero = position - start > 1 && text.charAt(start) == '0';
            boolean endsWell =
                    octet == 3 ? position == text.length() : position < text.length() && text.charAt(position) == '.';
            if (position == start || value > 255 || leadingZero || !endsWell) {
                return Optional.empty();
            }
            bits = bits << 8 | value;
            position++;
        }
        return Optional.of(bits);
    }

    private static Optional<Address> parseV6(String text) {
        int[] groups = new int[GROUPS];
        int count = 0;
        int gap = -1;
        int position = 0;
        if (text.startsWith("::")) {
            gap = 0;
            position = 2;
        }
        while (position < text.length()) {
            if (count == GROUPS) {
                return Optional.empty();
            }
            int end = position;
            int group = 0;
            while (end < text.length() && end - position < 5 && hexDigit(text.charAt(end)) >= 0) {
                group = group << 4 | hexDigit(text.charAt(end++));
            }
            if (end < text.length() && text.charAt(end) == '.') {
                Optional<Integer> tail = count <= GROUPS - 2 ? parseV4(text, position) : Optional.empty();
                if (tail.isEmpty()) {
                    return Optional.empty();
                }
                groups[count++] = tail.get() >>> 16;
                groups[count++] = tail.get() & 0xffff;
                break;
            }
            if (end == position || end - position > 4) {
                return Optional.empty();
            }
            groups[count++] = group;
            position = end;
            if (position < text.length()) {
                if (text.charAt(position) != ':' || position + 1 == text.length()) {
                    return Optional.empty();
                }
                position++;
                if (text.charAt(position) == ':') {
                    if (gap >= 0) {
                        return Optional.empty();
                    }
                    gap = count;
                    position++;
                }
            }
        }
        boolean complete = gap < 0 ? count == GROUPS : count < GROUPS;
        return complete ? Optional.of(fromGroups(groups, count, gap)) : Optional.empty();
    }

    private static Address fromGroups(int[] groups, int count, int gap) {
        int[] full = new int[GROUPS];
        int head = gap < 0 ? count : gap;
        System.arraycopy(groups, 0, full, 0, head);
        System.arraycopy(groups, head, full, GROUPS - (count - head), count - head);
        long high = 0;
        long low = 0;
        for (int i = 0; i < 4; i++) {
            high = high << 16 | full[i];
            low = low << 16 | full[i + 4];
        }
        return ofV6(high, low);
    }

    private static int hexDigit(char c) {
        if (isDigit(c)) {
            return c - '0';
        }
        int letter = c | 0x20;
        return letter >= 'a' && letter <= 'f' ? letter - 'a' + 10 : -1;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    /** The address in network order: 4 or 16 bytes. */
    public byte[] bytes() {
        return v6
                ? ByteBuffer.allocate(16).putLong(high).putLong(low).array()
                : ByteBuffer.allocate(4).putInt((int) low).array();
    }

    /** The number of bits: 128 or 32. */
    public int bits() {
        return v6 ? 128 : 32;
    }

    /** The same address as the JDK's type, made from its bytes. */
    public InetAddress toInetAddress() {
        try {
            return InetAddress.getByAddress(bytes());
        } catch (UnknownHostException e) {
            throw new IllegalStateException("4 or 16 bytes are always an address", e);
        }
    }

    @Override
    public int compareTo(Address other) {
        if (v6 != other.v6) {
            return v6 ? 1 : -1;
        }
        int byHigh = Long.compareUnsigned(high, other.high);
        return byHigh != 0 ? byHigh : Long.compareUnsigned(low, other.low);
    }

    @Override
    public String toString() {
        return v6 ? textV6() : textV4();
    }

    private String textV4() {
        return (low >>> 24) + "." + (low >>> 16 & 0xff) + "." + (low >>> 8 & 0xff) + "." + (low & 0xff);
    }

    private int group(int index) {
        long half = index < 4 ? high : low;
        return (int) (half >>> (48 - 16 * (index % 4)) & 0xffff);
    }

    private String textV6() {
        int gapStart = -1;
        int gapLength = 1; // RFC 5952 section 4.2.2: one zero group alone is not shortened
        for (int i = 0; i < GROUPS; i++) {
            int run = 0;
            while (i + run < GROUPS && group(i + run) == 0) {
                run++;
            }
            if (run > gapLength) {
                gapStart = i;
                gapLength = run;
            }
            i += run;
        }
        byte[] text = new byte[MAX_TEXT_V6];
        int length = 0;
        for (int i = 0; i < GROUPS; i++) {
            if (i == gapStart) {
                text[length++] = ':';
                text[length++] = ':';
                i += gapLength - 1;
            } else {
                if (i > 0 && text[length - 1] != ':') {
                    text[length++] = ':';
                }
                length = putHex(text, length, group(i));
            }
        }
        return new String(text, 0, length, StandardCharsets.ISO_8859_1);
    }

    /** Without leading zeros; gives the place behind it. */
    private static int putHex(byte[] text, int start, int group) {
        int shift = 12;
        while (shift > 0 && group >>> shift == 0) {
            shift -= 4;
        }
        int at = start;
        for (; shift >= 0; shift -= 4) {
            int digit = group >>> shift & 0xf;
            text[at++] = (byte) (digit < 10 ? '0' + digit : 'a' + digit - 10);
        }
        return at;
    }
}
