package org.slash64.connectors.publish;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.avro.specific.SpecificRecord;
import org.slash64.schemas.AllowEntry;
import org.slash64.schemas.Domain;
import org.slash64.schemas.DomainReputation;
import org.slash64.schemas.Listing;
import org.slash64.schemas.Prefix;
import org.slash64.schemas.Standing;
import org.slash64.schemas.Subject;
import org.slash64.schemas.Topics;

/** What the topics {@code blocklist}, {@code allowlist} and {@code domain.reputation} say, in memory. For one thread. */
public final class PublishedState {

    private final Set<Subject> alwaysAllowed = new HashSet<>();
    private final Set<Subject> allowed = new HashSet<>();
    private final SortedMap<Prefix, Listing> prefixes = new TreeMap<>();
    private final Map<Domain, Listing> domains = new HashMap<>();
    private final SortedMap<Domain, DomainReputation> reputations = new TreeMap<>();

    /** @param alwaysAllowed entries that hold whatever the topic {@code allowlist} says */
    public PublishedState(Collection<AllowEntry> alwaysAllowed) {
        alwaysAllowed.forEach(entry -> Subject.parse(entry.getSubject()).ifPresent(this.alwaysAllowed::add));
        allowed.addAll(this.alwaysAllowed);
    }

    /**
     * Takes the next record of one of the topics. What has no subject for a key says nothing.
     *
     * @param value null for a tombstone
     * @return true where it changed who is listed or allowed
     */
    public boolean take(String topic, String key, SpecificRecord value) {
        Optional<Subject> subject = Optional.ofNullable(key).flatMap(Subject::parse);
        if (subject.isEmpty()) {
            return false;
        }
        if (topic.equals(Topics.DOMAIN_REPUTATION.name())) {
            know(subject.get(), (DomainReputation) value);
            return false;
        }
        if (topic.equals(Topics.ALLOWLIST.name())) {
            allow(subject.get(), value != null);
        } else {
            list(subject.get(), (Listing) value);
        }
        return true;
    }

    /** Of the domains of which too little is known there can be any number. */
    private void know(Subject subject, DomainReputation reputation) {
        if (subject instanceof Domain domain) {
            boolean clear = reputation != null && reputation.getStanding() != Standing.UNKNOWN;
            put(reputations, domain, clear ? reputation : null);
        }
    }

    private void allow(Subject subject, boolean inTopic) {
        if (inTopic || alwaysAllowed.contains(subject)) {
            allowed.add(subject);
        } else {
            allowed.remove(subject);
        }
    }

    private void list(Subject subject, Listing listing) {
        if (subject instanceof Prefix prefix) {
            put(prefixes, prefix, listing);
        } else if (subject instanceof Domain domain) {
            put(domains, domain, listing);
        }
    }

    private static <K, V> void put(Map<K, V> map, K key, V value) {
        if (value == null) {
            map.remove(key);
        } else {
            map.put(key, value);
        }
    }

    /** All of it as of now, less what is allowed. The reputations stay this object's own: to be used before more is taken. */
    Snapshot snapshot(long version, Instant now) {
        TreeSet<Prefix> allowedPrefixes = new TreeSet<>();
        Set<Domain> allowedDomains = new HashSet<>();
        for (Subject subject : allowed) {
            if (subject instanceof Prefix prefix) {
                allowedPrefixes.add(prefix);
            } else if (subject instanceof Domain domain) {
                allowedDomains.add(domain);
            }
        }
        return new Snapshot(
                version,
                now,
                Blocklist.of(prefixes, allowedPrefixes),
                DomainList.of(domains, allowedDomains),
                reputations);
    }
}
