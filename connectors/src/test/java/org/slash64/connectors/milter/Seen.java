package org.slash64.connectors.milter;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.slash64.connectors.milter.Observed.MessageSeen;
import org.slash64.connectors.milter.Observed.SessionSeen;

/** What a milter saw, for tests. */
final class Seen implements Observations {

    private static final int SECONDS = 10;

    private final BlockingQueue<Observed> all = new LinkedBlockingQueue<>();

    @Override
    public boolean offer(Observed observed) {
        return all.offer(observed);
    }

    /** The next one, waited for. */
    Observed next() throws InterruptedException {
        Observed next = all.poll(SECONDS, TimeUnit.SECONDS);
        if (next == null) {
            throw new AssertionError("nothing was seen");
        }
        return next;
    }

    MessageSeen message() throws InterruptedException {
        return (MessageSeen) next();
    }

    SessionSeen session() throws InterruptedException {
        return (SessionSeen) next();
    }

    boolean isEmpty() {
        return all.isEmpty();
    }
}
