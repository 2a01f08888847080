package org.slash64.testkit.load;

import java.time.Instant;

/**
 * What a load is made of. The same mix gives the same events.
 *
 * @param seed of everything that is drawn
 * @param messages share of events that are accepted messages, from 0 to 1; the others are connections
 * @param signed share of messages with one RSA-2048 signature
 * @param ipv6 share of networks that are IPv6
 * @param networks /48s and /24s from which clients are drawn by Zipf's law, the first most often
 * @param domains from which senders are drawn by Zipf's law
 * @param oneNetwork share of events from a single /48, whose clients use /64s without end
 * @param perSecond events in each second of event time
 * @param start event time of the first
 */
public record Mix(
        long seed,
        double messages,
        double signed,
        double ipv6,
        int networks,
        int domains,
        double oneNetwork,
        int perSecond,
        Instant start) {

    /** Of a /24 each, they fill 11.0.0.0/8. */
    public static final int MAX_NETWORKS = 1 << 16;

    public Mix {
        require(messages, "messages");
        require(signed, "signed");
        require(ipv6, "ipv6");
        require(oneNetwork, "oneNetwork");
        if (networks < 1 || domains < 1 || perSecond < 1) {
            throw new IllegalArgumentException("networks, domains and events in a second must be at least 1");
        }
        if ((1 - ipv6) * networks > MAX_NETWORKS) {
            throw new IllegalArgumentException("at most " + MAX_NETWORKS + " networks can be IPv4");
        }
    }

    private static void require(double share, String name) {
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException(name + " is a share, from 0 to 1, not " + share);
        }
    }

    /** Six connections for four messages, half of these signed; seven of ten networks IPv6; 5,000 events in a second. */
    public static Mix standard() {
        return new Mix(64, 0.4, 0.5, 0.7, 200_000, 50_000, 0, 5_000, Instant.parse("2026-11-16T08:00:00Z"));
    }

    /** The same with a share of events from one /48. */
    public Mix withOneNetwork(double share) {
        return new Mix(seed, messages, signed, ipv6, networks, domains, share, perSecond, start);
    }

    /** The same from other numbers of networks and domains. */
    public Mix of(int otherNetworks, int otherDomains) {
        return new Mix(seed, messages, signed, ipv6, otherNetworks, otherDomains, oneNetwork, perSecond, start);
    }

    /** The same at another time and pace. */
    public Mix at(Instant otherStart, int otherPerSecond) {
        return new Mix(seed, messages, signed, ipv6, networks, domains, oneNetwork, otherPerSecond, otherStart);
    }
}
