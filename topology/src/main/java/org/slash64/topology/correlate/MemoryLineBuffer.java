package org.slash64.topology.correlate;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Waiting statements in memory, for one run over a log. Lines come nearly in order, and so do those that await companions
 * among themselves: each of the two has a queue, in which the place of a new one is near the end.
 */
final class MemoryLineBuffer implements LineBuffer {

    private static final Comparator<Held> ORDER =
            Comparator.comparing(Held::due).thenComparingLong(Held::number);

    private final Map<String, OfHost> hosts = new HashMap<>();

    private static final class OfHost {
        final Deque<Held> ordinary = new ArrayDeque<>();
        final Deque<Held> awaiting = new ArrayDeque<>();

        /** The queue that the next statement is in; empty where none waits. */
        Deque<Held> next() {
            if (ordinary.isEmpty() || awaiting.isEmpty()) {
                return ordinary.isEmpty() ? awaiting : ordinary;
            }
            return ORDER.compare(ordinary.getFirst(), awaiting.getFirst()) <= 0 ? ordinary : awaiting;
        }
    }

    private final Deque<Held> later = new ArrayDeque<>();

    @Override
    public void add(Held held) {
        OfHost host = hosts.computeIfAbsent(held.statement().host(), name -> new OfHost());
        add(held.statement().awaitsCompanions() ? host.awaiting : host.ordinary, held);
    }

    private void add(Deque<Held> waiting, Held held) {
        while (!waiting.isEmpty() && waiting.getLast().due().isAfter(held.due())) {
            later.push(waiting.removeLast());
        }
        waiting.addLast(held);
        while (!later.isEmpty()) {
            waiting.addLast(later.pop());
        }
    }

    @Override
    public List<Held> take(String host, Instant upTo) {
        OfHost waiting = hosts.get(host);
        if (waiting == null || !isDue(waiting.next(), upTo)) {
            return List.of();
        }
        List<Held> taken = new ArrayList<>();
        for (Deque<Held> next = waiting.next(); isDue(next, upTo); next = waiting.next()) {
            taken.add(next.removeFirst());
        }
        return taken;
    }

    private static boolean isDue(Deque<Held> next, Instant upTo) {
        return !next.isEmpty() && !next.getFirst().due().isAfter(upTo);
    }

    @Override
    public List<Held> takeOldest(String host) {
        OfHost waiting = hosts.get(host);
        Deque<Held> next = waiting == null ? new ArrayDeque<>() : waiting.next();
        return next.isEmpty() ? List.of() : take(host, next.getFirst().due());
    }
}
