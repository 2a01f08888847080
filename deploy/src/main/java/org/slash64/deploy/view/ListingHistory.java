package org.slash64.deploy.view;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;
import org.slash64.schemas.ListingChange;

/** The last changes of listings, as the topic {@code blocklist.history} has them. For one thread at a time. */
final class ListingHistory {

    /** Of all subjects together. */
    static final int MOST_CHANGES = 20_000;

    /** Of one subject; one that sends all the time is extended all the time. */
    static final int MOST_OF_SUBJECT = 100;

    private final Deque<ListingChange> all = new ArrayDeque<>();
    private final Map<String, Deque<ListingChange>> bySubject = new HashMap<>();

    void take(ListingChange change) {
        all.addLast(change);
        Deque<ListingChange> own = bySubject.computeIfAbsent(change.getSubject(), subject -> new ArrayDeque<>());
        own.addLast(change);
        if (own.size() > MOST_OF_SUBJECT) {
            own.removeFirst();
        }
        if (all.size() > MOST_CHANGES) {
            forget(all.removeFirst());
        }
    }

    private void forget(ListingChange oldest) {
        Deque<ListingChange> own = bySubject.get(oldest.getSubject());
        if (own != null && own.peekFirst().equals(oldest)) {
            own.removeFirst();
        }
        if (own != null && own.isEmpty()) {
            bySubject.remove(oldest.getSubject());
        }
    }

    /** The newest first. */
    List<ListingChange> last(Predicate<ListingChange> wanted, int most) {
        Iterable<ListingChange> newestFirst = all::descendingIterator;
        return StreamSupport.stream(newestFirst.spliterator(), false)
                .filter(wanted)
                .limit(most)
                .toList();
    }

    /** Those of one subject, the oldest first. */
    List<ListingChange> of(String subject) {
        return new ArrayList<>(bySubject.getOrDefault(subject, new ArrayDeque<>()));
    }
}
