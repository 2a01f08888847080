package org.slash64.topology.state;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.internals.WrappedStateStore;

/**
 * Holds records as the objects that steps work with, and writes those that changed to the store below, and so to its
 * changelog, before each commit: what changes many times between two commits is serialized once, and what comes and goes
 * between two is not at all. Two rules come with that:
 *
 * <ul>
 *   <li>A value belongs to the store once it was put. A step may change what {@link #get} gives it and put it again, but
 *       must not put it under two keys, nor leave it changed without putting it.
 *   <li>Only the thread of the task sees what is not written yet; others, such as interactive queries, and iterators see the
 *       store below. Iterators of the task's thread have everything written first.
 * </ul>
 */
final class WriteBehindStore<K, V> extends WrappedStateStore<KeyValueStore<K, V>, K, V> implements KeyValueStore<K, V> {

    /** A store that holds so few, by weight, need not give way to others. */
    static final int ALWAYS_HELD = 256;

    /** One record; without a value where it is deleted or was not found. */
    private static final class Entry<K, V> {
        private final K key;
        private V value;
        private boolean changed;

        /** Since giving way last passed it by. Who is new is in use: it must not go before it is worked on. */
        private boolean used = true;

        /** False where the store below is known to have nothing under the key, so that nothing is to be deleted there. */
        private boolean mayBeBelow = true;

        /** Of what the store below knows under the key, if anything. */
        private int weight;

        Entry(K key) {
            this.key = key;
        }
    }

    private final MeasuredSerde<V> measured;
    private final HeldRecords budget;

    /** Of all that are held. */
    private int weight;

    /**
     * The longest held first. An order of use would be changed by each look at a record, and with it references between
     * old objects, which a collector has to look for.
     */
    private final Map<K, Entry<K, V>> held = new LinkedHashMap<>();

    /** What is to be written, in the order of the first change. */
    private final List<Entry<K, V>> changed = new ArrayList<>();

    private volatile Thread owner;

    /** @param measured with which the store below writes and reads values */
    WriteBehindStore(KeyValueStore<K, V> below, MeasuredSerde<V> measured, HeldRecords budget) {
        super(below);
        this.measured = measured;
        this.budget = budget;
    }

    private boolean isOwn() {
        return Thread.currentThread() == owner;
    }

    /** Only the thread of the task writes; a task that another thread goes on with has committed before. */
    private void own() {
        if (!isOwn()) {
            clearCache();
            owner = Thread.currentThread();
        }
    }

    private Entry<K, V> hold(K key) {
        Entry<K, V> entry = new Entry<>(key);
        held.put(key, entry);
        weigh(entry, 0);
        if (weight > ALWAYS_HELD && budget.areTooMany()) {
            giveWay();
        }
        return entry;
    }

    private void weigh(Entry<K, V> entry, int bytes) {
        int now = HeldRecords.weight(bytes);
        weight += now - entry.weight;
        budget.add(now - entry.weight);
        entry.weight = now;
    }

    /** Lets go of half of all: those that were not used since this was last done go first. */
    private void giveWay() {
        write();
        int half = weight / 2;
        int gone = letGo(half);
        if (gone < half) {
            gone += letGo(half - gone);
        }
        weight -= gone;
        budget.add(-gone);
    }

    /** Gives the weight of those that went; who is passed by goes the next time. */
    private int letGo(int wanted) {
        int gone = 0;
        Iterator<Entry<K, V>> longestHeld = held.values().iterator();
        while (gone < wanted && longestHeld.hasNext()) {
            Entry<K, V> entry = longestHeld.next();
            if (entry.used) {
                entry.used = false;
            } else {
                gone += entry.weight;
                longestHeld.remove();
            }
        }
        return gone;
    }

    private void write() {
        for (Entry<K, V> entry : changed) {
            if (entry.value != null || entry.mayBeBelow) {
                measured.takeSize();
                wrapped().put(entry.key, entry.value);
                weigh(entry, measured.takeSize());
                entry.mayBeBelow = entry.value != null;
            }
            entry.changed = false;
        }
        changed.clear();
    }

    @Override
    public V get(K key) {
        if (!isOwn()) {
            return wrapped().get(key);
        }
        Entry<K, V> entry = held.get(key);
        if (entry == null) {
            measured.takeSize();
            V found = wrapped().get(key);
            int size = measured.takeSize();
            entry = hold(key);
            entry.value = found;
            entry.mayBeBelow = found != null;
            weigh(entry, size);
        }
        entry.used = true;
        return entry.value;
    }

    @Override
    public void put(K key, V value) {
        own();
        Entry<K, V> entry = held.get(key);
        if (entry == null) {
            entry = hold(key);
        }
        entry.used = true;
        entry.value = value;
        if (!entry.changed) {
            entry.changed = true;
            changed.add(entry);
        }
    }

    @Override
    public V putIfAbsent(K key, V value) {
        own();
        V known = get(key);
        if (known == null) {
            put(key, value);
        }
        return known;
    }

    @Override
    public void putAll(List<KeyValue<K, V>> entries) {
        entries.forEach(entry -> put(entry.key, entry.value));
    }

    @Override
    public V delete(K key) {
        own();
        V known = get(key);
        put(key, null);
        return known;
    }

    private KeyValueStore<K, V> written() {
        if (isOwn()) {
            write();
        }
        return wrapped();
    }

    @Override
    public KeyValueIterator<K, V> range(K from, K to) {
        return written().range(from, to);
    }

    @Override
    public KeyValueIterator<K, V> reverseRange(K from, K to) {
        return written().reverseRange(from, to);
    }

    @Override
    public KeyValueIterator<K, V> all() {
        return written().all();
    }

    @Override
    public KeyValueIterator<K, V> reverseAll() {
        return written().reverseAll();
    }

    @Override
    public <P extends Serializer<Q>, Q> KeyValueIterator<K, V> prefixScan(Q prefix, P serializer) {
        return written().prefixScan(prefix, serializer);
    }

    @Override
    public long approximateNumEntries() {
        return written().approximateNumEntries();
    }

    /** Called before each commit. */
    @Override
    public void flushCache() {
        write();
    }

    /** Called where a task is given up, what is not committed with it. */
    @Override
    public void clearCache() {
        budget.add(-weight);
        weight = 0;
        held.clear();
        changed.clear();
        owner = null;
    }

    @Override
    public void commit(Map<TopicPartition, Long> offsets) {
        write();
        super.commit(offsets);
    }

    @Override
    public void close() {
        clearCache();
        super.close();
    }
}
