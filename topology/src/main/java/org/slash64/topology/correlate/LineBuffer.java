package org.slash64.topology.correlate;

import java.time.Instant;
import java.util.List;

/** Statements that wait to be put in order. One thread at a time. */
interface LineBuffer {

    /**
     * A statement that waits.
     *
     * @param due its place in the order
     * @param number in the sequence in which the host's statements came; the place among those with the same due time
     * @param rewinds the host's number of rewinds when it came
     */
    record Held(Instant due, long number, int rewinds, Statement statement) {}

    void add(Held held);

    /** Takes out the host's statements that are due by the given instant, in order. */
    List<Held> take(String host, Instant upTo);

    /** Takes out the host's statement with the smallest place, and all with the same due time, in order. */
    List<Held> takeOldest(String host);
}
