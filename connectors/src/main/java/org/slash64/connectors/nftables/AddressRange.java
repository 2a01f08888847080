package org.slash64.connectors.nftables;

import java.math.BigInteger;
import java.time.Instant;
import org.slash64.schemas.Address;

/**
 * Addresses of one family that are listed until the same time.
 *
 * @param bits of an address: 128 or 32
 * @param first the first of them, as a number
 * @param last the last of them
 */
record AddressRange(int bits, BigInteger first, BigInteger last, Instant expires) {

    /** True where the other goes on where this ends, in the same meaning. */
    boolean runsInto(AddressRange other) {
        return bits == other.bits
                && expires.equals(other.expires)
                && last.add(BigInteger.ONE).equals(other.first);
    }

    AddressRange upTo(AddressRange other) {
        return new AddressRange(bits, first, other.last, expires);
    }

    /** As nft takes it: a prefix where it is one, or else both ends. */
    @Override
    public String toString() {
        BigInteger size = last.subtract(first).add(BigInteger.ONE);
        int hostBits = size.bitLength() - 1;
        boolean prefix = size.bitCount() == 1 && (first.signum() == 0 || first.getLowestSetBit() >= hostBits);
        return text(first) + (prefix ? "/" + (bits - hostBits) : "-" + text(last));
    }

    private String text(BigInteger number) {
        byte[] signed = number.toByteArray();
        byte[] bytes = new byte[bits / Byte.SIZE];
        int count = Math.min(bytes.length, signed.length);
        System.arraycopy(signed, signed.length - count, bytes, bytes.length - count, count);
        Address address = Address.ofBytes(bytes);
        return address.bits() == bits ? address.toString() : "::ffff:" + address; // an end may lie among the mapped
    }
}
