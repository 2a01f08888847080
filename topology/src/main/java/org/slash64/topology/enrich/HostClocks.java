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

    /** For so long (wall time) the slowest host is not looked for again; it can only have gone on. */
    static final Duration REMEMBERED = Duration.ofMillis(100);

    /** At most so many hosts are told apart; the one seen longest ago is forgotten. */
    static final int MAX_HOSTS = 10_000;

    private record Seen(long latest, long at) {}

    private final Map<String, Seen> hosts = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Seen> eldest) {
            return size() > MAX_HOSTS;
        }
    };

    private OptionalLong slowest = OptionalLong.empty();
    private long slowestAt = Long.MIN_VALUE;

    /** An event of this host was read at wall time {@code now}; times are epoch milliseconds. */
    void observe(String host, long countedAt, long now) {
        Seen before = hosts.get(host);
        long latest = before == null ? countedAt : Math.max(before.latest(), countedAt);
        hosts.put(host, new Seen(latest, now));
        if (before == null || !isActive(before, now)) {
            slowest = OptionalLong.of(Math.min(slowest.orElse(latest), latest));
        }
    }

    /** The latest event time of the slowest host that is not idle, or what it was a moment ago; empty where all are idle. */
    OptionalLong slowest(long now) {
        if (slowestAt == Long.MIN_VALUE || now - slowestAt >= REMEMBERED.toMillis()) {
            slowestAt = now;
            slowest = hosts.values().stream()
                    .filter(seen -> isActive(seen, now))
                    .mapToLong(Seen::latest)
                    .min();
        }
        return slowest;
    }

    private static boolean isActive(Seen seen, long now) {
        return now - seen.at() < IDLE_AFTER.toMillis();
    }
}
