package org.slash64.connectors.publish;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.slash64.schemas.Address;
import org.slash64.schemas.Prefix;

/** Seeded listings at all levels, nested and side by side, with exceptions of any length, and addresses round their borders. */
public final class SampleList {
    private static final List<Integer> ALLOWED_V6 = List.of(47, 48, 49, 52, 56, 60, 64, 65, 96, 128);
    private static final List<Integer> ALLOWED_V4 = List.of(23, 24, 25, 28, 31, 32);
    private static final List<Integer> HOURS = List.of(-30, 1, 5, 5, 5, 900);

    private final Random random;
    private final Instant now;
    private final Listings listings = new Listings();

    private SampleList(long seed, Instant now) {
        this.random = new Random(seed);
        this.now = now;
    }

    /** At least so many prefixes. */
    public static Listings of(int prefixes, long seed, Instant now) {
        SampleList sample = new SampleList(seed, now);
        while (sample.listings.byPrefix().size() < prefixes) {
            sample.addNetwork();
        }
        return sample.listings;
    }

    private void addNetwork() {
        Address v6 =
                Address.ofV6(0x2a00_0000_0000_0000L | (random.nextLong() & 0x00ff_ffff_ffff_ffffL), random.nextLong());
        Address v4 = Address.ofV4(0x5000_0000 | random.nextInt(1 << 28));
        for (Address client : List.of(v6, v4)) {
            Prefix network = Prefix.network(client);
            if (random.nextInt(3) == 0) {
                list(network);
            }
            for (int i = random.nextInt(4); i >= 0; i--) {
                addInside(network);
            }
            allowSome(network, client.v6() ? ALLOWED_V6 : ALLOWED_V4);
        }
    }

    /** At some level, and often the next one beside it. */
    private void addInside(Prefix network) {
        List<Integer> levels = network.address().v6() ? Prefix.LEVELS_V6 : Prefix.LEVELS_V4;
        Prefix some = Prefix.of(inside(network), levels.get(random.nextInt(levels.size())));
        list(some);
        Address after = at(some, size(some));
        if (random.nextBoolean() && network.contains(after)) {
            list(Prefix.of(after, some.length()));
        }
    }

    private void list(Prefix prefix) {
        Instant expires = now.plus(Duration.ofHours(HOURS.get(random.nextInt(HOURS.size()))));
        listings.add(
                prefix, "$1 " + prefix.length() + " #1; 9 of 12 \"events\": bad, = !x\n!0.0.0.0/0 \u00e9", expires);
    }

    private void allowSome(Prefix network, List<Integer> lengths) {
        if (random.nextInt(3) == 0) {
            listings.allow(Prefix.of(inside(network), lengths.get(random.nextInt(lengths.size()))));
        }
    }

    private Address inside(Prefix prefix) {
        return at(prefix, new BigInteger(prefix.address().bits() - prefix.length(), random));
    }

    /** So many addresses: the first and the last of prefixes, those next to them, and some inside. */
    public static List<Address> addresses(Listings listings, int count, long seed) {
        Random random = new Random(seed);
        Set<Prefix> all = new TreeSet<>(listings.byPrefix().keySet());
        all.addAll(listings.allowed());
        List<Prefix> prefixes = new ArrayList<>(all);
        Set<Address> addresses = new TreeSet<>();
        while (addresses.size() < count) {
            Prefix prefix = prefixes.get(random.nextInt(prefixes.size()));
            BigInteger size = size(prefix);
            List<BigInteger> offsets = List.of(
                    BigInteger.ONE.negate(),
                    BigInteger.ZERO,
                    new BigInteger(size.bitLength() - 1, random),
                    size.subtract(BigInteger.ONE),
                    size);
            addresses.add(at(prefix, offsets.get(random.nextInt(offsets.size()))));
        }
        return List.copyOf(addresses);
    }

    /** Those that are listed, found by looking for each prefix that might hold them. */
    public static Set<Address> listed(Listings listings, List<Address> addresses) {
        Set<Prefix> listed = new HashSet<>(listings.byPrefix().keySet());
        Set<Prefix> allowed = new HashSet<>(listings.allowed());
        Set<Address> found = new HashSet<>();
        for (Address address : addresses) {
            if (isIn(address, listed) && !isIn(address, allowed)) {
                found.add(address);
            }
        }
        return found;
    }

    private static boolean isIn(Address address, Set<Prefix> prefixes) {
        for (int length = 0; length <= address.bits(); length++) {
            if (prefixes.contains(Prefix.of(address, length))) {
                return true;
            }
        }
        return false;
    }

    private static BigInteger size(Prefix prefix) {
        return BigInteger.ONE.shiftLeft(prefix.address().bits() - prefix.length());
    }

    private static Address at(Prefix prefix, BigInteger offset) {
        int length = prefix.address().bits() / Byte.SIZE;
        byte[] signed = new BigInteger(1, prefix.address().bytes()).add(offset).toByteArray();
        byte[] bytes = new byte[length];
        int count = Math.min(length, signed.length);
        System.arraycopy(signed, signed.length - count, bytes, length - count, count);
        return Address.ofBytes(bytes);
    }
}
