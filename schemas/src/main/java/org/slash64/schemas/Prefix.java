package org.slash64.schemas;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An address prefix without host bits. {@link #toString()} is RFC 5952 text with the length: {@code 2001:db8:1:2::/64}.
 *
 * @param address the first address of the prefix; bits past the length are zero
 * @param length the prefix length, 0 to 128 in IPv6, 0 to 32 in IPv4
 */
public record Prefix(Address address, int length) implements Subject, Comparable<Prefix> {

    /** Levels that are counted in IPv6, finest first. */
    public static final List<Integer> LEVELS_V6 = List.of(64, 56, 48);

    /** Levels that are counted in IPv4, finest first. */
    public static final List<Integer> LEVELS_V4 = List.of(32, 24);

    private static final int KEY_BYTES = 18;

    public Prefix {
        if (length < 0 || length > address.bits()) {
            throw new IllegalArgumentException("prefix length " + length + " does not fit " + address);
        }
        if (!masked(address, length).equals(address)) {
            throw new IllegalArgumentException(address + "/" + length + " has host bits set");
        }
    }

    /** The prefix of this length that holds the address. */
    public static Prefix of(Address address, int length) {
        return new Prefix(masked(address, length), length);
    }

    /** The levels that are counted for an address, finest first. */
    public static List<Prefix> levels(Address address) {
        return levelLengths(address).stream().map(length -> of(address, length)).toList();
    }

    /** The finest level of an address: its /64, or in IPv4 the address itself. */
    public static Prefix finest(Address address) {
        return of(address, levelLengths(address).get(0));
    }

    /** The network of an address: its /48 or /24, inside which all finer levels nest. */
    public static Prefix network(Address address) {
        List<Integer> lengths = levelLengths(address);
        return of(address, lengths.get(lengths.size() - 1));
    }

    private static List<Integer> levelLengths(Address address) {
        return address.v6() ? LEVELS_V6 : LEVELS_V4;
    }

    /** Reads {@code address/length}; empty where the text is none or has host bits set. */
    public static Optional<Prefix> parse(String text) {
        int slash = text.lastIndexOf('/');
        if (slash < 0 || text.length() - slash > 4) {
            return Optional.empty();
        }
        Optional<Address> address = Address.parse(text.substring(0, slash));
        String digits = text.substring(slash + 1);
        if (address.isEmpty() || digits.isEmpty() || !isNumber(digits)) {
            return Optional.empty();
        }
        int length = Integer.parseInt(digits);
        return length <= address.get().bits() && masked(address.get(), length).equals(address.get())
                ? Optional.of(new Prefix(address.get(), length))
                : Optional.empty();
    }

    private static boolean isNumber(String digits) {
        for (int i = 0; i < digits.length(); i++) {
            if (digits.charAt(i) < '0' || digits.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }

    private static Address masked(Address address, int length) {
        if (!address.v6()) {
            return Address.ofV4(length == 0 ? 0 : (int) (address.low() & -1L << (32 - length)));
        }
        long high = length >= 64 ? address.high() : length == 0 ? 0 : address.high() & -1L << (64 - length);
        long low = length <= 64 ? 0 : length == 128 ? address.low() : address.low() & -1L << (128 - length);
        return new Address(true, high, low);
    }

    /** True where the address lies inside. */
    public boolean contains(Address other) {
        return other.v6() == address.v6() && masked(other, length).equals(address);
    }

    /** True where the other prefix is this one or lies inside. */
    public boolean contains(Prefix other) {
        return other.length >= length && contains(other.address);
    }

    /** The counted levels that hold this prefix, this one included where it is one, finest first. */
    public Stream<Prefix> upwards() {
        return levelLengths(address).stream().filter(level -> level <= length).map(level -> of(address, level));
    }

    /** 18 bytes that sort as the prefixes do: family, address, length. */
    @Override
    public byte[] key() {
        return ByteBuffer.allocate(KEY_BYTES)
                .put((byte) (address.v6() ? 6 : 4))
                .putLong(address.v6() ? address.high() : address.low() << 32)
                .putLong(address.v6() ? address.low() : 0)
                .put((byte) length)
                .array();
    }

    /** The prefix whose {@link #key()} starts the buffer; moves the buffer past it. */
    public static Prefix fromKey(ByteBuffer buffer) {
        boolean v6 = buffer.get() == 6;
        long high = buffer.getLong();
        long low = buffer.getLong();
        int length = buffer.get() & 0xff;
        return new Prefix(v6 ? new Address(true, high, low) : Address.ofV4((int) (high >>> 32)), length);
    }

    @Override
    public int compareTo(Prefix other) {
        int byAddress = address.compareTo(other.address);
        return byAddress != 0 ? byAddress : Integer.compare(length, other.length);
    }

    @Override
    public String toString() {
        return address + "/" + length;
    }
}
