package org.slash64.topology.count;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.slash64.schemas.Prefix;

/** When something is due for which prefix. An index over a store, rebuilt from it at start. */
public final class DueTimes {

    private final TreeMap<Long, TreeSet<Prefix>> prefixesByTime = new TreeMap<>();
    private final Map<Prefix, Long> timeByPrefix = new HashMap<>();

    /** Sets, moves or (where empty) removes the time, in epoch milliseconds, at which something is due for a prefix. */
    public void set(Prefix prefix, Optional<Long> time) {
        Long before = time.isPresent() ? timeByPrefix.put(prefix, time.get()) : timeByPrefix.remove(prefix);
        if (before != null) {
            prefixesByTime.computeIfPresent(before, (at, prefixes) -> {
                prefixes.remove(prefix);
                return prefixes.isEmpty() ? null : prefixes;
            });
        }
        time.ifPresent(
                at -> prefixesByTime.computeIfAbsent(at, key -> new TreeSet<>()).add(prefix));
    }

    /** Whether anything is due for a prefix at any time. */
    public boolean has(Prefix prefix) {
        return timeByPrefix.containsKey(prefix);
    }

    /** The prefixes due up to and at this instant, earliest first. */
    public List<Prefix> due(long time) {
        List<Prefix> due = new ArrayList<>();
        prefixesByTime.headMap(time, true).values().forEach(due::addAll);
        return due;
    }
}
