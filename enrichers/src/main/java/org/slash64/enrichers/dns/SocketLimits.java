package org.slash64.enrichers.dns;

import java.time.Duration;

/**
 * Bounds of the sockets that one server is asked from.
 *
 * @param sockets open at one time, those apart that only wait for their last answers
 * @param inFlightEach queries that one of them waits for at one time; their answers must fit into its receive buffer
 * @param queriesEach queries sent from one before another takes its place, on another port
 * @param lifetime how long one is used before another takes its place
 */
record SocketLimits(int sockets, int inFlightEach, int queriesEach, Duration lifetime) {
    /** Fewer would make the port of the next query easy to guess from those of the last. */
    private static final int MIN_SOCKETS = 32;
    /** 212,992 bytes, as Linux grants by default, hold this many answers of 1,232 bytes with what the kernel adds. */
    private static final int IN_FLIGHT_EACH = 64;

    private static final int QUERIES_EACH = 200;
    private static final Duration LIFETIME = Duration.ofSeconds(10);

    /** Room for so many queries. */
    static SocketLimits forInFlight(int queries) {
        int sockets = Math.max(MIN_SOCKETS, queries / IN_FLIGHT_EACH + 1);
        return new SocketLimits(sockets, IN_FLIGHT_EACH, QUERIES_EACH, LIFETIME);
    }
}
