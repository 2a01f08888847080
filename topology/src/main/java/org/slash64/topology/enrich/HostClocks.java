package org.slash64.topology.enrich;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;

/**
 * How far event time has come for each logging host in one partition. Hosts are read at different speed, so the slowest
 * one tells; a host without events for a while is left out.
 */
final class HostClocks {

    /** A host without an event for so long (wall time) holds nobody back. */
    static final Duration IDLE_AFTER = Duration.ofSeconds(5);

    /** At most so many hosts are told apart; the one seen longest ago is forgotten. */
    static final int MAX_HOSTS = 10_000;

    private record Seen(long latest, long at) {}

    private final Map<String, Seen> hosts = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Seen> eldest) {
            return size() > MAX_HOSTS;
        }
    };

    /** An event of this host was read at wall time {@code now}; times are epoch milliseconds. */
    void observe(String host, long countedAt, long now) {
        hosts.merge(host, new Seen(countedAt, now), (old, fresh) -> new Seen(Math.max(old.latest(), countedAt), now));
    }

    /** The latest event time of the slowest host that is not idle; empty where all are. */
    OptionalLong slowest(long now) {
        return hosts.values().stream()
                .filter(seen -> now - seen.at() < IDLE_AFTER.toMillis())
                .mapToLong(Seen::latest)
                .min();
    }
}
