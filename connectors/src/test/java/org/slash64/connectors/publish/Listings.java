package org.slash64.connectors.publish;

import java.io.IOException;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.slash64.schemas.Counts;
import org.slash64.schemas.Domain;
import org.slash64.schemas.DomainReputation;
import org.slash64.schemas.Evidence;
import org.slash64.schemas.Listing;
import org.slash64.schemas.Prefix;
import org.slash64.schemas.Standing;

/** Blocklists for tests. */
public final class Listings {
    public static final Instant LISTED = Instant.parse("2026-11-16T08:00:00Z");
    public static final Instant EXPIRES = Instant.parse("2026-11-17T09:30:59Z");

    private final SortedMap<Prefix, Listing> byPrefix = new TreeMap<>();
    private final SortedSet<Prefix> allowed = new TreeSet<>();
    private final SortedMap<Domain, Listing> byDomain = new TreeMap<>();
    private final SortedSet<Domain> allowedDomains = new TreeSet<>();
    private final SortedMap<Domain, DomainReputation> reputations = new TreeMap<>();

    public Listings add(String prefix, String reason) {
        return add(Prefix.parse(prefix).orElseThrow(), reason);
    }

    public Listings add(Prefix prefix, String reason) {
        return add(prefix, reason, EXPIRES);
    }

    public Listings add(Prefix prefix, String reason, Instant expires) {
        byPrefix.put(prefix, listing(prefix.toString(), reason, expires));
        return this;
    }

    public Listings addDomain(String domain, String reason) {
        byDomain.put(Domain.parse(domain).orElseThrow(), listing(domain, reason, EXPIRES));
        return this;
    }

    public Listings allow(String prefix) {
        return allow(Prefix.parse(prefix).orElseThrow());
    }

    public Listings allow(Prefix prefix) {
        allowed.add(prefix);
        return this;
    }

    public Listings allowDomain(String domain) {
        allowedDomains.add(Domain.parse(domain).orElseThrow());
        return this;
    }

    public Listings know(String domain, Standing standing) {
        reputations.put(Domain.parse(domain).orElseThrow(), reputation(domain, standing));
        return this;
    }

    public SortedMap<Prefix, Listing> byPrefix() {
        return byPrefix;
    }

    public SortedSet<Prefix> allowed() {
        return allowed;
    }

    public SortedMap<Domain, Listing> byDomain() {
        return byDomain;
    }

    public SortedSet<Domain> allowedDomains() {
        return allowedDomains;
    }

    public Blocklist blocklist() {
        return Blocklist.of(byPrefix, allowed);
    }

    /** All of it; its version is the time in seconds. */
    public Snapshot snapshot(Instant now) {
        return new Snapshot(
                now.getEpochSecond(), now, blocklist(), DomainList.of(byDomain, allowedDomains), reputations);
    }

    /** What a format makes of it, by file name. */
    public Map<String, String> written(ListFormat format, Instant now) {
        Map<String, String> written = new HashMap<>();
        format.files(snapshot(now)).forEach((name, content) -> written.put(name, text(content)));
        return written;
    }

    private static String text(ListFormat.Content content) {
        StringWriter text = new StringWriter();
        try {
            content.writeTo(text);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return text.toString();
    }

    static Listing listing(String subject, String reason, Instant expires) {
        Counts counts = Counts.newBuilder().setBad(9).build();
        Evidence evidence = new Evidence(LISTED.minus(Duration.ofHours(1)), LISTED, counts, 0L, 0L, 0L, 0L);
        return new Listing(subject, reason, evidence, null, 1, LISTED, expires, false);
    }

    static DomainReputation reputation(String domain, Standing standing) {
        return new DomainReputation(
                domain, standing, 0.5, 0.25, 0.75, 0.5, 10.0, 10.0, 20L, 20L, 4_096L, 3L, LISTED, LISTED, LISTED);
    }
}
