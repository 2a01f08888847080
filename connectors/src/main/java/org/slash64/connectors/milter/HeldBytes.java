package org.slash64.connectors.milter;

import java.util.concurrent.atomic.AtomicLong;

/** What all connections hold together of frames and headers, bounded; any thread. */
final class HeldBytes {

    private final long limit;
    private final AtomicLong held = new AtomicLong();

    HeldBytes(long limit) {
        this.limit = limit;
    }

    void take(long bytes) throws MilterProtocolException {
        if (held.addAndGet(bytes) > limit) {
            held.addAndGet(-bytes);
            throw new MilterProtocolException("all connections together hold more than " + limit + " bytes");
        }
    }

    void give(long bytes) {
        held.addAndGet(-bytes);
    }

    long held() {
        return held.get();
    }
}
