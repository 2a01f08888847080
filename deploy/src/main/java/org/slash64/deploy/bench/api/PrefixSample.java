package org.slash64.deploy.bench.api;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.slash64.schemas.Address;
import org.slash64.schemas.Prefix;

/**
 * Prefixes without end to ask about: of a client that is drawn, its /64 or its /48, in IPv4 itself or its /24. The same seed
 * draws the same. One thread.
 */
final class PrefixSample {

    private final List<Address> clients;
    private final SplittableRandom random;

    /** @param clients at least one; who is there often is drawn often */
    PrefixSample(List<Address> clients, long seed) {
        this.clients = List.copyOf(clients);
        this.random = new SplittableRandom(seed);
    }

    Prefix next() {
        Address client = clients.get(random.nextInt(clients.size()));
        return random.nextBoolean() ? Prefix.finest(client) : Prefix.network(client);
    }

    /** Of each length that is drawn one, the first of the clients. */
    List<Prefix> oneOfEach() {
        List<Prefix> found = new ArrayList<>();
        for (boolean v6 : List.of(true, false)) {
            clients.stream().filter(client -> client.v6() == v6).findFirst().ifPresent(client -> {
                found.add(Prefix.finest(client));
                found.add(Prefix.network(client));
            });
        }
        return found;
    }
}
