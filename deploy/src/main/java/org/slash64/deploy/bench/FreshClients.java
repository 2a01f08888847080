package org.slash64.deploy.bench;

import org.slash64.schemas.Address;

/**
 * Clients that no load has, each in a /64 of its own, without names in DNS: of 2a04::/16, counted from 0.
 *
 * @param perNetwork so many of the /64s are in one /48
 */
public record FreshClients(int perNetwork) {

    private static final long SPACE = 0x2a04L << 48;
    private static final int GROUP_BITS = 16;
    private static final long HOST = 0x25;

    /** The client with this number. */
    public Address client(int number) {
        return Address.ofV6(SPACE | (long) (number / perNetwork) << GROUP_BITS | number % perNetwork, HOST);
    }
}
