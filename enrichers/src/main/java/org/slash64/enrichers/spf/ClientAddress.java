package org.slash64.enrichers.spf;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Locale;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.ReverseMap;
import org.xbill.DNS.Type;

/**
 * The client as numbers.
 *
 * @param v6 whether it is an IPv6 address
 * @param high the upper 64 bits; zero for IPv4
 * @param low the lower 64 bits, or the 32 of IPv4
 */
record ClientAddress(boolean v6, long high, long low) {
    private static final long MAPPED = 0xffffL;
    private static final long LOW_32 = 0xffff_ffffL;
    private static final int WORDS = 8;

    /** RFC 7208 section 5: an IPv4-mapped address is an IPv4 address. */
    static ClientAddress of(InetAddress address) {
        return of(address.getAddress());
    }

    static ClientAddress of(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        if (bytes.length == Integer.BYTES) {
            return new ClientAddress(false, 0, in.getInt() & LOW_32);
        }
        long high = in.getLong();
        long low = in.getLong();
        return high == 0 && low >>> 32 == MAPPED
                ? new ClientAddress(false, 0, low & LOW_32)
                : new ClientAddress(true, high, low);
    }

    /** The type of record that holds addresses of this family. */
    int recordType() {
        return v6 ? Type.AAAA : Type.A;
    }

    /** Whether an address record is within so many leading bits of this address. */
    boolean isNear(Record record, int prefix4, int prefix6) {
        if (v6 ? !(record instanceof AAAARecord) : !(record instanceof ARecord)) {
            return false;
        }
        ByteBuffer address = ByteBuffer.wrap(record.rdataToWireCanonical());
        return v6
                ? Network.of6(address.getLong(), address.getLong(), prefix6).contains(this)
                : Network.of4(address.getInt(), prefix4).contains(this);
    }

    /** Where the client's names are. */
    Name reverseName() {
        return ReverseMap.fromAddress(bytes());
    }

    private byte[] bytes() {
        return v6
                ? ByteBuffer.allocate(16).putLong(high).putLong(low).array()
                : ByteBuffer.allocate(4).putInt((int) low).array();
    }

    /** For <code>%{i}</code>: dotted, the nibbles of IPv6; upper case as openspf writes them, the RFC has both. */
    String dotted() {
        return v6 ? nibbles() : dottedQuad();
    }

    /** For <code>%{c}</code>, IPv6 as RFC 5952 has it. */
    String readable() {
        return v6 ? compressed() : dottedQuad();
    }

    private String dottedQuad() {
        return (low >>> 24) + "." + (low >>> 16 & 0xff) + "." + (low >>> 8 & 0xff) + "." + (low & 0xff);
    }

    private String nibbles() {
        String digits = String.format(Locale.ROOT, "%016X%016X", high, low);
        return String.join(".", digits.split(""));
    }

    private String compressed() {
        int from = 0;
        int length = 1; // RFC 5952 section 4.2.2: a single word of zero is not compressed
        for (int i = 0; i < WORDS; i++) {
            int zeros = zerosFrom(i);
            if (zeros > length) {
                from = i;
                length = zeros;
            }
        }
        return length == 1 ? words(0, WORDS) : words(0, from) + "::" + words(from + length, WORDS);
    }

    private int zerosFrom(int start) {
        int end = start;
        while (end < WORDS && word(end) == 0) {
            end++;
        }
        return end - start;
    }

    private String words(int from, int to) {
        StringBuilder text = new StringBuilder();
        for (int i = from; i < to; i++) {
            text.append(i == from ? "" : ":").append(Integer.toHexString(word(i)));
        }
        return text.toString();
    }

    private int word(int index) {
        long half = index < 4 ? high : low;
        return (int) (half >>> ((3 - index % 4) * 16)) & 0xffff;
    }
}
