package org.slash64.topology.scenario;

/** Ids in the form of event ids, one after the other. */
final class EventNumbers {

    private long last;

    String next() {
        return String.format("%032x", ++last);
    }

    long last() {
        return last;
    }
}
