package org.slash64.connectors.publish;

import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.slash64.schemas.Domain;
import org.slash64.schemas.Listing;

/**
 * One version of the list of domains, as it is published: each stands for itself and all names under it, and the longest
 * counts. No listing lies under an exception, each exception lies under a listing, and none under another.
 *
 * @param listings what is listed
 * @param exceptions what is not, although a listing is over it
 */
public record DomainList(SortedMap<Domain, Listing> listings, SortedSet<Domain> exceptions) {

    public DomainList {
        listings = Collections.unmodifiableSortedMap(listings);
        exceptions = Collections.unmodifiableSortedSet(exceptions);
    }

    /** What is listed, less what is allowed: an allowed domain wins over listings under it, and over one above it. */
    public static DomainList of(Map<Domain, Listing> listed, Collection<Domain> allowed) {
        Set<Domain> exceptions = Set.copyOf(allowed);
        NavigableMap<Domain, Listing> listings = new TreeMap<>(listed);
        listings.keySet().removeIf(domain -> exceptions.contains(domain) || isUnder(domain, exceptions));
        Set<Domain> holders = listings.keySet();
        NavigableSet<Domain> outermost = new TreeSet<>(exceptions);
        outermost.removeIf(domain -> isUnder(domain, exceptions) || !isUnder(domain, holders));
        return new DomainList(listings, outermost);
    }

    private static boolean isUnder(Domain domain, Set<Domain> those) {
        return parents(domain).anyMatch(those::contains);
    }

    /** The domains over one, nearest first. */
    public static Stream<Domain> parents(Domain domain) {
        return Stream.iterate(parent(domain), Optional::isPresent, over -> parent(over.orElseThrow()))
                .map(Optional::orElseThrow);
    }

    private static Optional<Domain> parent(Domain domain) {
        return Domain.parse(domain.name().substring(domain.name().indexOf('.') + 1));
    }
}
