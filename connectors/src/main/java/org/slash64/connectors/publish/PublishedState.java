package org.slash64.connectors.publish;

import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.slash64.schemas.AllowEntry;
import org.slash64.schemas.Domain;
import org.slash64.schemas.DomainReputation;
import org.slash64.schemas.Listing;
import org.slash64.schemas.Prefix;
import org.slash64.schemas.Standing;
import org.slash64.schemas.Subject;
import org.slash64.schemas.Topics;

/** What the topics {@code blocklist}, {@code allowlist} and {@code domain.reputation} say, in memory. One thread writes; any reads. */
public final class PublishedState {

    private final Map<Subject, AllowEntry> alwaysAllowed = new HashMap<>();
    private final Map<Subject, AllowEntry> allowed = new ConcurrentHashMap<>();
    private final SortedMap<Prefix, Listing> prefixes = new ConcurrentSkipListMap<>();
    private final SortedMap<Domain, Listing> domains = new ConcurrentSkipListMap<>();
    private final SortedMap<Domain, DomainReputation> reputations = new ConcurrentSkipListMap<>();

    /** @param alwaysAllowed entries that hold whatever the topic {@code allowlist} says */
    public PublishedState(Collection<AllowEntry> alwaysAllowed) {
        alwaysAllowed.forEach(entry ->
                Subject.parse(entry.getSubject()).ifPresent(subject -> this.alwaysAllowed.put(subject, entry)));
        allowed.putAll(this.alwaysAllowed);
    }

    /** The listed prefixes in their order, as the topic has them, allowed or not. */
    public SortedMap<Prefix, Listing> prefixes() {
        return Collections.unmodifiableSortedMap(prefixes);
    }

    /** The listed domains in their order, likewise. */
    public SortedMap<Domain, Listing> domains() {
        return Collections.unmodifiableSortedMap(domains);
    }

    /** The domains whose standing is clear. */
    public SortedMap<Domain, DomainReputation> reputations() {
        return Collections.unmodifiableSortedMap(reputations);
    }

    /** The allowlist. */
    public Map<Subject, AllowEntry> allowed() {
        return Collections.unmodifiableMap(allowed);
    }

    /** The listings of this subject and of those it lies within, the finest first. */
    public List<Listing> listingsOver(Subject subject) {
        return over(subject)
                .flatMap(above -> Stream.ofNullable(
                        above instanceof Prefix prefix ? prefixes.get(prefix) : domains.get((Domain) above)))
                .toList();
    }

    /** The allowlist's entry for this subject, or for the finest that it lies within. */
    public Optional<AllowEntry> allowanceOver(Subject subject) {
        return over(subject)
                .flatMap(above -> Stream.ofNullable(allowed.get(above)))
                .findFirst();
    }

    private static Stream<Subject> over(Subject subject) {
        if (subject instanceof Prefix prefix) {
            return IntStream.rangeClosed(0, prefix.length())
                    .mapToObj(bits -> Prefix.of(prefix.address(), prefix.length() - bits));
        }
        return Stream.iterate(
                        Optional.of((Domain) subject),
                        Optional::isPresent,
                        above -> Domain.parse(
                                above.get().name().substring(above.get().name().indexOf('.') + 1)))
                .map(Optional::get);
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
            allow(subject.get(), (AllowEntry) value);
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

    private void allow(Subject subject, AllowEntry inTopic) {
        AllowEntry entry = alwaysAllowed.getOrDefault(subject, inTopic);
        if (entry == null) {
            allowed.remove(subject);
        } else {
            allowed.put(subject, entry);
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
        for (Subject subject : allowed.keySet()) {
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
