package org.slash64.enrichers.addressing;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * How an address was made, by what it looks like. A function of the address alone; what looks random may have been
 * chosen, and what looks chosen may be chance.
 *
 * @param prefix the kind of its prefix
 * @param interfaceId the kind of its last 64 bits
 * @param embedded the IPv4 address in it: of the prefix where that has one (of Teredo the client's, as its NAT shows
 *     it), else of the interface identifier
 * @param hardware the hardware address, for {@link InterfaceId#EUI64}
 */
public record Addressing(
        AddressPrefix prefix,
        InterfaceId interfaceId,
        Optional<Inet4Address> embedded,
        Optional<HardwareAddress> hardware) {

    private static final int IPV6_BYTES = 16;
    private static final int MAPPED = 0xffff;
    private static final int SIX_TO_FOUR = 0x2002;
    private static final long TEREDO = 0x2001_0000L;
    private static final long NAT64 = 0x0064_ff9b_0000_0000L;
    private static final long NAT64_LOCAL = 0x0064_ff9b_0001L;
    /** RFC 6052 section 2.2: what is before the IPv4 address of a /48 prefix's layout is 8 bits of zero, after it 40. */
    private static final long AFTER_48_LAYOUT = 0xff_ffff_ffffL;

    /**
     * Looks at an address.
     *
     * @param address made by {@link InetAddress#getByAddress(byte[])}
     */
    public static Addressing of(InetAddress address) {
        return of(address.getAddress());
    }

    /**
     * Looks at an address.
     *
     * @param address its 4 or 16 bytes in network order
     */
    public static Addressing of(byte[] address) {
        if (address.length == Integer.BYTES) {
            return new Addressing(AddressPrefix.IPV4, InterfaceId.NONE, Optional.empty(), Optional.empty());
        }
        if (address.length != IPV6_BYTES) {
            throw new IllegalArgumentException("an address has 4 or 16 bytes, not " + address.length);
        }
        ByteBuffer in = ByteBuffer.wrap(address);
        return of(in.getLong(), in.getLong());
    }

    private static Addressing of(long high, long low) {
        AddressPrefix prefix = prefix(high, low);
        return switch (prefix) {
            case IPV4_MAPPED, IPV4_COMPATIBLE, NAT64 -> translated(prefix, Optional.of((int) low));
            case TEREDO -> translated(prefix, Optional.of(~(int) low)); // RFC 4380 section 4
            case NAT64_LOCAL -> translated(prefix, localNat64(high, low));
            case SIX_TO_FOUR -> ofIdentifier(prefix, low, Optional.of((int) (high >>> 16)));
            case IPV4, IPV6 -> ofIdentifier(prefix, low, Optional.empty());
        };
    }

    private static AddressPrefix prefix(long high, long low) {
        if (high == 0 && low >>> 32 == MAPPED) {
            return AddressPrefix.IPV4_MAPPED;
        }
        if (high == 0 && low >>> 32 == 0 && low >>> 24 != 0) {
            return AddressPrefix.IPV4_COMPATIBLE;
        }
        if (high == NAT64 && low >>> 32 == 0) {
            return AddressPrefix.NAT64;
        }
        if (high >>> 16 == NAT64_LOCAL) {
            return AddressPrefix.NAT64_LOCAL;
        }
        if (high >>> 32 == TEREDO) {
            return AddressPrefix.TEREDO;
        }
        return high >>> 48 == SIX_TO_FOUR ? AddressPrefix.SIX_TO_FOUR : AddressPrefix.IPV6;
    }

    /**
     * Whoever runs the translator chose the length of its prefix (RFC 8215 section 3): the layouts of /96, where 32 zeros
     * stand before the IPv4 address, and of /48 are told apart by where the zeros are.
     */
    private static Optional<Integer> localNat64(long high, long low) {
        if (low >>> 32 == 0 && low != 0) {
            return Optional.of((int) low);
        }
        boolean layout48 = low >>> 56 == 0 && (low & AFTER_48_LAYOUT) == 0 && (high & 0xffff) != 0;
        return layout48 ? Optional.of((int) (high << 16 | (low >>> 40 & 0xffff))) : Optional.empty();
    }

    private static Addressing translated(AddressPrefix prefix, Optional<Integer> ipv4) {
        return new Addressing(prefix, InterfaceId.NONE, ipv4.map(Addressing::address), Optional.empty());
    }

    private static Addressing ofIdentifier(AddressPrefix prefix, long id, Optional<Integer> ofPrefix) {
        InterfaceId kind = Identifier.classify(id);
        Optional<Integer> ofIdentifier = switch (kind) {
            case ISATAP, EMBEDDED_IPV4 -> Optional.of(Identifier.ipv4(id, kind));
            case NONE, EUI64, LOW_BYTE, PATTERN, RANDOM -> Optional.empty();
        };
        return new Addressing(
                prefix,
                kind,
                ofPrefix.or(() -> ofIdentifier).map(Addressing::address),
                kind == InterfaceId.EUI64 ? Optional.of(HardwareAddress.of(id)) : Optional.empty());
    }

    private static Inet4Address address(int bits) {
        try {
            return (Inet4Address) InetAddress.getByAddress(
                    ByteBuffer.allocate(Integer.BYTES).putInt(bits).array());
        } catch (UnknownHostException e) {
            throw new IllegalStateException("4 bytes are always an address", e);
        }
    }
}
