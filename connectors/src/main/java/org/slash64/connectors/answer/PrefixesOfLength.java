package org.slash64.connectors.answer;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * The prefixes of one length: a hash table with open addressing. One thread writes, any number read: what a slot holds never
 * changes, slots are replaced, and a table that is full gives way to a new one.
 */
final class PrefixesOfLength<V> {

    private static final int LEAST_SLOTS = 16;

    /** A prefix with its value; null for one that was removed, whose slot stays taken until the table is made anew. */
    private record Entry<V>(long high, long low, V value) {}

    private final int length;
    private final long highMask;
    private final long lowMask;

    /** Keys come from listed clients; who does not know this number cannot make them fall together. */
    private final long seed = ThreadLocalRandom.current().nextLong();

    private volatile AtomicReferenceArray<Entry<V>> slots = new AtomicReferenceArray<>(LEAST_SLOTS);
    /** Slots in use, and those of them that have values: the writer's. */
    private int taken;

    private int held;

    /** The last of these for readers. */
    private volatile int live;

    PrefixesOfLength(int length) {
        this.length = length;
        highMask = mask(Math.min(length, 64));
        lowMask = mask(Math.max(length - 64, 0));
    }

    private static long mask(int bits) {
        return bits == 0 ? 0 : -1L << (64 - bits);
    }

    int length() {
        return length;
    }

    int size() {
        return live;
    }

    /** The value of the prefix that holds these 128 bits; null where there is none. */
    V get(long high, long low) {
        if (live == 0) {
            return null;
        }
        long keyHigh = high & highMask;
        long keyLow = low & lowMask;
        AtomicReferenceArray<Entry<V>> table = slots;
        Entry<V> entry = table.getAcquire(slot(table, keyHigh, keyLow));
        return entry == null ? null : entry.value();
    }

    /** The slot of the key, or the empty one where it belongs; there are always empty ones. */
    private int slot(AtomicReferenceArray<Entry<V>> table, long high, long low) {
        int last = table.length() - 1;
        int slot = hash(high, low) & last;
        Entry<V> entry = table.getAcquire(slot);
        while (entry != null && (entry.high() != high || entry.low() != low)) {
            slot = slot + 1 & last;
            entry = table.getAcquire(slot);
        }
        return slot;
    }

    /** The finaliser of MurmurHash3, over both halves. */
    private int hash(long high, long low) {
        return (int) mix(mix(high ^ seed) + low);
    }

    private static long mix(long bits) {
        long mixed = (bits ^ bits >>> 33) * 0xff51afd7ed558ccdL;
        mixed = (mixed ^ mixed >>> 33) * 0xc4ceb9fe1a85ec53L;
        return mixed ^ mixed >>> 33;
    }

    void put(long high, long low, V value) {
        replace(new Entry<>(high, low, value));
    }

    void remove(long high, long low) {
        if (slots.get(slot(slots, high, low)) != null) {
            replace(new Entry<>(high, low, null));
        }
    }

    private void replace(Entry<V> entry) {
        makeRoom();
        AtomicReferenceArray<Entry<V>> table = slots;
        int slot = slot(table, entry.high(), entry.low());
        Entry<V> before = table.get(slot);
        table.setRelease(slot, entry);
        taken += before == null ? 1 : 0;
        held += (entry.value() == null ? 0 : 1) - (before == null || before.value() == null ? 0 : 1);
        live = held;
    }

    private void makeRoom() {
        if (taken * 2 < slots.length()) {
            return;
        }
        int size = LEAST_SLOTS;
        while (size < held * 3) {
            size *= 2;
        }
        AtomicReferenceArray<Entry<V>> table = new AtomicReferenceArray<>(size);
        for (int i = 0; i < slots.length(); i++) {
            Entry<V> entry = slots.get(i);
            if (entry != null && entry.value() != null) {
                table.set(slot(table, entry.high(), entry.low()), entry);
            }
        }
        taken = held;
        slots = table;
    }
}
