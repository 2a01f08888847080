package org.slash64.topology.correlate;

import java.util.Arrays;
import java.util.HexFormat;

/**
 * A set of ids as {@link EventIds} makes them: 32 hex digits, held as two numbers in a table that is half full at most. Logs
 * have millions of them.
 */
final class IdSet {

    private static final int DIGITS = 32;
    private static final int HALF = DIGITS / 2;
    private static final int FIRST_CAPACITY = 8;

    /** Places of two numbers, both 0 where there is none; a hash of that value is not to be expected. */
    private long[] table = new long[2 * FIRST_CAPACITY];

    private int size;

    /** False where it was there already. */
    boolean add(String id) {
        long high = HexFormat.fromHexDigitsToLong(id, 0, HALF);
        long low = HexFormat.fromHexDigitsToLong(id, HALF, DIGITS);
        int place = place(table, high, low);
        if (isAt(table, place, high, low)) {
            return false;
        }
        set(table, place, high, low);
        size++;
        if (4 * size > table.length) {
            refill(new long[2 * table.length], entries());
        }
        return true;
    }

    /** Where the id is, or where it would be. */
    private static int place(long[] in, long high, long low) {
        int mask = in.length - 1;
        int place = (int) (2 * low) & mask; // parts of a hash are as good as its hash
        while (!isAt(in, place, 0, 0) && !isAt(in, place, high, low)) {
            place = place + 2 & mask;
        }
        return place;
    }

    private static boolean isAt(long[] in, int place, long high, long low) {
        return in[place] == high && in[place + 1] == low;
    }

    private static void set(long[] in, int place, long high, long low) {
        in[place] = high;
        in[place + 1] = low;
    }

    private void refill(long[] fresh, long[][] entries) {
        for (long[] entry : entries) {
            set(fresh, place(fresh, entry[0], entry[1]), entry[0], entry[1]);
        }
        table = fresh;
    }

    private long[][] entries() {
        long[][] entries = new long[size][];
        int count = 0;
        for (int place = 0; place < table.length; place += 2) {
            if (!isAt(table, place, 0, 0)) {
                entries[count++] = new long[] {table[place], table[place + 1]};
            }
        }
        return entries;
    }

    /**
     * Removes the first in the order of their digits.
     *
     * @return how many, at most {@code most}
     */
    int removeFirst(int most) {
        long[][] sorted = entries();
        Arrays.sort(sorted, Arrays::compareUnsigned);
        int removed = Math.min(most, size);
        size -= removed;
        refill(new long[table.length], Arrays.copyOfRange(sorted, removed, sorted.length));
        return removed;
    }

    boolean isEmpty() {
        return size == 0;
    }
}
