package org.slash64.schemas;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** A counter for each constant of an enum. Any thread counts and reads. */
public final class EnumCounters<E extends Enum<E>> {

    private final Class<E> type;
    private final Map<E, LongAdder> counters;

    public EnumCounters(Class<E> type) {
        this.type = type;
        counters = new EnumMap<>(type);
        for (E constant : type.getEnumConstants()) {
            counters.put(constant, new LongAdder());
        }
    }

    /** Counts one. */
    public void increment(E constant) {
        add(constant, 1);
    }

    /** Counts some. */
    public void add(E constant, long times) {
        counters.get(constant).add(times);
    }

    /** How many were counted of one constant. */
    public long count(E constant) {
        return counters.get(constant).sum();
    }

    /** How many were counted of each constant. */
    public Map<E, Long> counts() {
        Map<E, Long> counts = new EnumMap<>(type);
        counters.forEach((constant, counter) -> counts.put(constant, counter.sum()));
        return counts;
    }

    /** How many were counted in all. */
    public long total() {
        return counters.values().stream().mapToLong(LongAdder::sum).sum();
    }
}
