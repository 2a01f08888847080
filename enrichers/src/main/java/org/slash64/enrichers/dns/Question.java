package org.slash64.enrichers.dns;

import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

/**
 * A name, without regard to case, and a record type; the class is IN. It has an order, for hash tables keep keys of one
 * hash in a tree if they can: names that share a hash are easily made, and whoever sends mail chooses names.
 */
record Question(Name name, int type) implements Comparable<Question> {
    Question {
        if (!name.isAbsolute()) {
            throw new IllegalArgumentException("not an absolute name: " + name);
        }
        Type.check(type);
    }

    @Override
    public int compareTo(Question other) {
        int byName = name.compareTo(other.name);
        return byName == 0 ? Integer.compare(type, other.type) : byName;
    }
}
