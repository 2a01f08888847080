package org.slash64.enrichers.dns;

import java.util.Map;

/**
 * What a {@link DnsClient} has done since it was made.
 *
 * @param questions questions asked of it
 * @param cacheHits questions answered from the cache
 * @param joined questions that took part in the same question already in flight
 * @param overflowed questions turned away because too many were open
 * @param sent queries handed to the transport, tries counted one by one
 * @param overTcp queries repeated over TCP, by the client's own transport
 * @param open questions in flight or waiting now
 * @param outcomes how the questions ended that were not answered from the cache, joined ones counted once
 * @param udp what the client's own UDP transport did; zeros for another transport
 */
public record DnsStatistics(
        long questions,
        long cacheHits,
        long joined,
        long overflowed,
        long sent,
        long overTcp,
        long open,
        Map<DnsOutcome, Long> outcomes,
        UdpStatistics udp) {
    /** Copies the map. */
    public DnsStatistics {
        outcomes = Map.copyOf(outcomes);
    }
}
