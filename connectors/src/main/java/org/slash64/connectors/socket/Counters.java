package org.slash64.connectors.socket;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** What a server counts; any thread. */
final class Counters {

    private final AtomicInteger open = new AtomicInteger();
    private final LongAdder accepted = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final LongAdder idle = new LongAdder();
    private final LongAdder failed = new LongAdder();

    /** Takes a place; false where there is none. */
    boolean enter(int places) {
        if (open.incrementAndGet() > places) {
            open.decrementAndGet();
            refused.increment();
            return false;
        }
        accepted.increment();
        return true;
    }

    void left() {
        open.decrementAndGet();
    }

    void idle() {
        idle.increment();
    }

    void failed() {
        failed.increment();
    }

    ServerStatistics statistics() {
        return new ServerStatistics(open.get(), accepted.sum(), refused.sum(), idle.sum(), failed.sum());
    }
}
