package org.slash64.topology.state;

import java.util.concurrent.atomic.LongAdder;

/** How many records all write-behind stores of this process may hold in the heap. Any thread. */
public final class HeldRecords {

    private final int most;
    private final LongAdder held = new LongAdder();

    public HeldRecords(int most) {
        this.most = most;
    }

    void add(int records) {
        held.add(records);
    }

    boolean areTooMany() {
        return held.sum() > most;
    }
}
