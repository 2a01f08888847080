package org.slash64.connectors.rbldnsd;

import java.time.Duration;
import java.time.Instant;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.slash64.connectors.publish.Blocklist;
import org.slash64.schemas.Counts;
import org.slash64.schemas.Evidence;
import org.slash64.schemas.Listing;
import org.slash64.schemas.Prefix;

/** Blocklists for tests. */
final class Listings {
    static final Instant LISTED = Instant.parse("2026-11-16T08:00:00Z");
    static final Instant EXPIRES = Instant.parse("2026-11-17T09:30:59Z");

    private final SortedMap<Prefix, Listing> byPrefix = new TreeMap<>();
    private final SortedSet<Prefix> allowed = new TreeSet<>();

    Listings add(String prefix, String reason) {
        return add(Prefix.parse(prefix).orElseThrow(), reason);
    }

    Listings add(Prefix prefix, String reason) {
        byPrefix.put(prefix, listing(prefix.toString(), reason));
        return this;
    }

    Listings allow(String prefix) {
        return allow(Prefix.parse(prefix).orElseThrow());
    }

    Listings allow(Prefix prefix) {
        allowed.add(prefix);
        return this;
    }

    SortedMap<Prefix, Listing> byPrefix() {
        return byPrefix;
    }

    SortedSet<Prefix> allowed() {
        return allowed;
    }

    Blocklist blocklist() {
        return Blocklist.of(byPrefix, allowed);
    }

    static Listing listing(String subject, String reason) {
        Counts counts = Counts.newBuilder().setBad(9).build();
        Evidence evidence = new Evidence(LISTED.minus(Duration.ofHours(1)), LISTED, counts, 0L, 0L, 0L, 0L);
        return new Listing(subject, reason, evidence, null, 1, LISTED, EXPIRES, false);
    }
}
