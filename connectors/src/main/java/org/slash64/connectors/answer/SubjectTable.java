package org.slash64.connectors.answer;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slash64.schemas.Address;
import org.slash64.schemas.Domain;
import org.slash64.schemas.Prefix;
import org.slash64.schemas.Subject;

/** Values by prefix and by domain. One thread writes, any number read without locks. */
final class SubjectTable<V> {

    private final PrefixTable<V> prefixes = new PrefixTable<>();
    private final Map<Domain, V> domains = new ConcurrentHashMap<>();

    void put(Subject subject, V value) {
        if (subject instanceof Prefix prefix) {
            prefixes.put(prefix, value);
        } else if (subject instanceof Domain domain) {
            domains.put(domain, value);
        }
    }

    void remove(Subject subject) {
        if (subject instanceof Prefix prefix) {
            prefixes.remove(prefix);
        } else if (subject instanceof Domain domain) {
            domains.remove(domain);
        }
    }

    /** Of this subject, not of others that hold it. */
    Optional<V> get(Subject subject) {
        return subject instanceof Prefix prefix ? prefixes.get(prefix) : Optional.ofNullable(domains.get(subject));
    }

    /** Of the longest prefix that holds the address. */
    Optional<V> longest(Address address) {
        return prefixes.longest(address);
    }

    /** Of all prefixes that hold the address, the longest first. */
    List<V> all(Address address) {
        return prefixes.all(address);
    }

    /** Of the domain, or else of the nearest above it. */
    Optional<V> nearest(Domain domain) {
        if (domains.isEmpty()) {
            return Optional.empty();
        }
        for (Optional<Domain> above = Optional.of(domain); above.isPresent(); above = parent(above.get())) {
            V value = domains.get(above.get());
            if (value != null) {
                return Optional.of(value);
            }
        }
        return Optional.empty();
    }

    /** Empty above names of two labels, which are the highest that lists have. */
    private static Optional<Domain> parent(Domain domain) {
        return Domain.parse(domain.name().substring(domain.name().indexOf('.') + 1));
    }

    int prefixes() {
        return prefixes.size();
    }

    int domains() {
        return domains.size();
    }
}
