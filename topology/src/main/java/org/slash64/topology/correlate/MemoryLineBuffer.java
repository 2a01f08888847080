package org.slash64.topology.correlate;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What waits, in memory, for one run over a log. Lines come nearly in order, and so do messages
 * among themselves: each of the two has a queue, in which the place of a new one is near the end.
 */
final class MemoryLineBuffer implements LineBuffer {

    private final Map<String, OfHost> hosts = new HashMap<>();

    private static final class OfHost {
        final Deque<Held> lines = new ArrayDeque<>();
        final Deque<Held> messages = new ArrayDeque<>();

        /** The queue that the next statement is in; empty where none waits. */
        Deque<Held> next() {
            if (lines.isEmpty() || messages.isEmpty()) {
                return lines.isEmpty() ? messages : lines;
            }
            return lines.getFirst().compareTo(messages.getFirst()) <= 0 ? lines : messages;
        }
    }

    private final Deque<Held> later = new ArrayDeque<>();

    @Override
    public void add(Held held) {
        OfHost host = hosts.computeIfAbsent(held.host(), name -> new OfHost());
        add(held.statement() == null ? host.messages : host.lines, held);
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
    public List<Held> take(String host, Instant upTo, int most) {
        OfHost waiting = hosts.get(host);
        if (waiting == null || !isDue(waiting.next(), upTo)) {
            return List.of();
        }
        List<Held> taken = new ArrayList<>();
        for (Deque<Held> next = waiting.next(); taken.size() < most && isDue(next, upTo); next = waiting.next()) {
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
        return next.isEmpty() ? List.of() : take(host, next.getFirst().due(), Integer.MAX_VALUE);
    }
}
