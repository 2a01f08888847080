package org.slash64.topology.correlate;

import java.time.Instant;
import java.util.List;

/** Statements and messages that wait for their turn. One thread at a time. */
interface LineBuffer {

    /**
     * What waits for its turn: a statement, or a message that others may still say something about.
     *
     * @param due its place in the order
     * @param number in the sequence in which the host's statements came; the place among those with the same due time
     * @param rewinds the host's number of rewinds when it came
     * @param statement null where it is none
     * @param queueId the message's; null where it is none
     */
    record Held(String host, Instant due, long number, int rewinds, Statement statement, String queueId)
            implements Comparable<Held> {

        static Held line(Instant due, long number, int rewinds, Statement statement) {
            return new Held(statement.host(), due, number, rewinds, statement, null);
        }

        static Held message(String host, Instant due, long number, String queueId) {
            return new Held(host, due, number, 0, null, queueId);
        }

        /** A line that says nothing any more, since the program that reads it is another one now. */
        static Held nothing(String host, Instant due, long number) {
            return new Held(host, due, number, 0, null, null);
        }

        /** True for a line that has had its turn before, and could not be understood without later ones. */
        boolean isAgain() {
            return statement != null && due.isAfter(statement.line().time());
        }

        @Override
        public int compareTo(Held other) {
            int byTime = due.compareTo(other.due);
            return byTime == 0 ? Long.compare(number, other.number) : byTime;
        }
    }

    void add(Held held);

    /**
     * Takes out what of the host is due by the given instant, in order.
     *
     * @param most at most so many, so that a jump of the clock does not bring all of it into memory at once
     */
    List<Held> take(String host, Instant upTo, int most);

    /** Takes out what of the host has the earliest due time, in order. */
    List<Held> takeOldest(String host);
}
