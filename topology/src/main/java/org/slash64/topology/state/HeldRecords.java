package org.slash64.topology.state;

import java.util.concurrent.atomic.LongAdder;

/** How many records all write-behind stores of this process may hold in the heap. Any thread. */
public final class HeldRecords {

    /** A record that is larger when written counts as several. */
    static final int BYTES = 512;

    private final int most;
    private final LongAdder held = new LongAdder();

    public HeldRecords(int most) {
        this.most = most;
    }

    /** As how many records one of this size counts, in bytes when written. */
    static int weight(int bytes) {
        return 1 + bytes / BYTES;
    }

    void add(int records) {
        held.add(records);
    }

    boolean areTooMany() {
        return held.sum() > most;
    }
}
