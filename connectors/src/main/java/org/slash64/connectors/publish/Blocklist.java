package org.slash64.connectors.publish;

import java.util.Collection;
import java.util.Collections;
import java.util.Iterator;
import java.util.NavigableSet;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.slash64.schemas.Listing;
import org.slash64.schemas.Prefix;

/**
 * One version of the list of prefixes, as it is published: of the prefixes that hold an address the longest counts. No
 * listing lies inside an exception, each exception lies inside a listing, and none inside another.
 *
 * @param listings what is listed
 * @param exceptions what is not, although a listing holds it
 */
public record Blocklist(SortedMap<Prefix, Listing> listings, SortedSet<Prefix> exceptions) {

    public Blocklist {
        listings = Collections.unmodifiableSortedMap(listings);
        exceptions = Collections.unmodifiableSortedSet(exceptions);
    }

    /**
     * What is listed, less what is allowed: an allowed prefix wins over listings inside it, and over one that holds it.
     *
     * @param allowed in their order
     */
    public static Blocklist of(SortedMap<Prefix, Listing> listed, SortedSet<Prefix> allowed) {
        SortedMap<Prefix, Listing> listings = new TreeMap<>(listed);
        NavigableSet<Prefix> outermost = outermost(allowed);
        outermost.forEach(prefix -> removeInside(listings, prefix));
        NavigableSet<Prefix> holders = outermost(listings.keySet());
        outermost.removeIf(prefix -> !isInside(holders, prefix));
        return new Blocklist(listings, outermost);
    }

    /** Prefixes sort before those inside them, and nothing else comes in between. */
    private static NavigableSet<Prefix> outermost(Collection<Prefix> sorted) {
        NavigableSet<Prefix> outermost = new TreeSet<>();
        Prefix last = null;
        for (Prefix prefix : sorted) {
            if (last == null || !last.contains(prefix)) {
                last = prefix;
                outermost.add(prefix);
            }
        }
        return outermost;
    }

    private static void removeInside(SortedMap<Prefix, Listing> listings, Prefix prefix) {
        Iterator<Prefix> following = listings.tailMap(prefix).keySet().iterator();
        while (following.hasNext() && prefix.contains(following.next())) {
            following.remove();
        }
    }

    private static boolean isInside(NavigableSet<Prefix> holders, Prefix prefix) {
        Prefix nearest = holders.floor(prefix);
        return nearest != null && nearest.contains(prefix);
    }
}
