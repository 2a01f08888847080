package org.slash64.testkit.load;

import java.util.Optional;
import java.util.SplittableRandom;
import org.slash64.schemas.Address;

/**
 * The clients of a load and their names in DNS. A network's number says all: its address, how many hosts it has, whether
 * they have names. IPv6 networks are /48s of 2600::/16, IPv4 networks /24s of 11.0.0.0/8, the one busy network is
 * 2a00:bad::/48.
 */
public final class Clients {

    /** What all networks of a load lie in, as SPF records say it. */
    public static final String SPACE = "ip6:2600::/16 ip4:11.0.0.0/8";

    private static final long V6 = 0x2600L << 48;
    private static final int V4 = 11 << 24;
    private static final long BUSY = 0x2a00_0bad_0000L << 16;

    private static final int SUBNETS = 4;
    private static final int HOSTS = 2;
    private static final long FIRST_HOST = 0x25;
    private static final int GROUP_BITS = 16;
    private static final int BYTE_BITS = 8;

    /** One network of so many has no names. */
    private static final int NAMELESS = 5;

    private static final int RADIX = 36;
    private static final String HOST = "mx-";
    private static final String OF_V6 = "a";
    private static final String OF_V4 = "b";

    private final double ipv6;

    Clients(double ipv6) {
        this.ipv6 = ipv6;
    }

    /** One of a network's hosts. */
    Address draw(int network, SplittableRandom random) {
        int subnet = random.nextInt(SUBNETS);
        int host = random.nextInt(HOSTS);
        // so that of any first networks the share is IPv6
        long before = (long) (network * ipv6);
        boolean v6 = (long) ((network + 1) * ipv6) > before;
        return v6
                ? Address.ofV6(V6 | before << GROUP_BITS | subnet, FIRST_HOST + host)
                : Address.ofV4(V4 | (int) (network - before) << BYTE_BITS | 1 + subnet * HOSTS + host);
    }

    /** A host of the one busy network: another /64 and another host each time. */
    static Address drawBusy(SplittableRandom random) {
        return Address.ofV6(BUSY | random.nextInt(1 << GROUP_BITS), random.nextLong());
    }

    /** The name of a client, in a domain of its network; empty for a nameless one. */
    static Optional<String> name(Address client, int domains) {
        if (!isKnown(client)) {
            return Optional.empty();
        }
        long network = client.v6() ? client.high() >>> GROUP_BITS : v4(client) >>> BYTE_BITS;
        if (network % NAMELESS == 0) {
            return Optional.empty();
        }
        String host = client.v6()
                ? OF_V6 + Long.toString((client.high() & ~V6) << 1 | client.low() - FIRST_HOST, RADIX)
                : OF_V4 + Integer.toString(v4(client) & 0xff_ffff, RADIX);
        return Optional.of(HOST + host + "." + Domains.name((int) (network % domains)));
    }

    private static int v4(Address client) {
        return (int) client.low();
    }

    private static boolean isKnown(Address client) {
        return client.v6()
                ? client.high() >>> 48 == V6 >>> 48 && client.low() >= FIRST_HOST && client.low() < FIRST_HOST + HOSTS
                : v4(client) >>> 24 == V4 >>> 24;
    }

    /** The client that has the name; empty where none has. */
    static Optional<Address> address(String name, int domains) {
        int dot = name.indexOf('.');
        if (!name.startsWith(HOST) || dot <= HOST.length()) {
            return Optional.empty();
        }
        Address client =
                decoded(name.substring(HOST.length(), HOST.length() + 1), name.substring(HOST.length() + 1, dot));
        return client != null && Clients.name(client, domains).equals(Optional.of(name))
                ? Optional.of(client)
                : Optional.empty();
    }

    private static Address decoded(String family, String digits) {
        try {
            long number = Long.parseLong(digits, RADIX);
            return family.equals(OF_V6)
                    ? Address.ofV6(V6 | number >>> 1, FIRST_HOST + (number & 1))
                    : Address.ofV4(V4 | (int) (number & 0xff_ffff));
        } catch (NumberFormatException e) {
            return null;
        }
    }
}
