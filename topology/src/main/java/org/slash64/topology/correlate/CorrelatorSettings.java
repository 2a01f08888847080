package org.slash64.topology.correlate;

import java.time.Duration;

/**
 * The limits of correlation. All times are by the log clock of a host, all counts per host unless said otherwise.
 *
 * @param reorder how far out of order lines may come
 * @param companions how long a message that was accepted or refused waits for the verdicts that other programs log
 * @param sessionTimeout after this long without a line a session ends unseen, and a message stops waiting
 * @param lateness how long after its time an event may be complete and still count under its own time
 * @param idsKept how long the ids of events are remembered
 * @param bounds how much is kept
 * @param redaction what events are written without
 */
public record CorrelatorSettings(
        Duration reorder,
        Duration companions,
        Duration sessionTimeout,
        Duration lateness,
        Duration idsKept,
        Bounds bounds,
        RedactionSettings redaction) {

    /**
     * How much is kept, for a host unless said otherwise.
     *
     * @param maxHosts logging hosts that one task knows; lines of others are not taken
     * @param maxHeld lines that wait to be put in order; the oldest give way
     * @param maxSessions sessions kept; the oldest give way
     * @param maxMessages messages kept; the oldest give way
     * @param maxIds event ids remembered; the oldest give way
     * @param maxEventsPerSession events of one session that are handed on
     */
    public record Bounds(
            int maxHosts, int maxHeld, int maxSessions, int maxMessages, int maxIds, int maxEventsPerSession) {

        public Bounds {
            if (maxHosts < 1
                    || maxHeld < 1
                    || maxSessions < 1
                    || maxMessages < 1
                    || maxIds < 1
                    || maxEventsPerSession < 1) {
                throw new IllegalArgumentException("each bound must be at least 1");
            }
        }

        /** The same with another number of remembered ids. */
        public Bounds withMaxIds(int most) {
            return new Bounds(maxHosts, maxHeld, maxSessions, maxMessages, most, maxEventsPerSession);
        }
    }

    /** More than the partitions of a topic are apart in reading while a shipper is at work. */
    public static final Duration DEFAULT_REORDER = Duration.ofSeconds(2);

    /** Milters log before the server's reply or just after it; a filter behind the queue takes some seconds. */
    public static final Duration DEFAULT_COMPANIONS = Duration.ofSeconds(3);

    /** Twelve times the five minutes that Postfix waits for a client (smtpd_timeout). */
    public static final Duration DEFAULT_SESSION_TIMEOUT = Duration.ofHours(1);

    public static final Duration DEFAULT_LATENESS = Duration.ofSeconds(60);
    public static final Duration DEFAULT_IDS_KEPT = Duration.ofDays(7);

    /** Far more than anybody's mail servers; names of hosts are whatever a line says. */
    public static final int DEFAULT_MAX_HOSTS = 10_000;

    /** Five seconds of 20,000 lines each. */
    public static final int DEFAULT_MAX_HELD = 100_000;

    public static final int DEFAULT_MAX_SESSIONS = 20_000;
    public static final int DEFAULT_MAX_MESSAGES = 100_000;
    public static final int DEFAULT_MAX_IDS = 2_000_000;

    /** Postfix hangs up after 20 errors of a session (smtpd_hard_error_limit); nobody means to set it to thousands. */
    public static final int DEFAULT_MAX_EVENTS_PER_SESSION = 10_000;

    public CorrelatorSettings {
        if (!isPositive(sessionTimeout) || !isPositive(idsKept) || lateness.isNegative()) {
            throw new IllegalArgumentException("session time-out and age of ids must be positive, lateness at least 0");
        }
        if (reorder.isNegative() || companions.isNegative()) {
            throw new IllegalArgumentException(
                    "the waits for lines out of order and for companions must be at least 0");
        }
        if (lateness.compareTo(reorder.plus(companions)) < 0) {
            throw new IllegalArgumentException("lateness must be at least the waits for lines out of order and for"
                    + " companions together, or each message would be late");
        }
    }

    private static boolean isPositive(Duration duration) {
        return !duration.isNegative() && !duration.isZero();
    }

    public static CorrelatorSettings defaults() {
        return new CorrelatorSettings(
                DEFAULT_REORDER,
                DEFAULT_COMPANIONS,
                DEFAULT_SESSION_TIMEOUT,
                DEFAULT_LATENESS,
                DEFAULT_IDS_KEPT,
                new Bounds(
                        DEFAULT_MAX_HOSTS,
                        DEFAULT_MAX_HELD,
                        DEFAULT_MAX_SESSIONS,
                        DEFAULT_MAX_MESSAGES,
                        DEFAULT_MAX_IDS,
                        DEFAULT_MAX_EVENTS_PER_SESSION),
                RedactionSettings.keep());
    }

    /** The same with other waits. */
    public CorrelatorSettings withWaits(Duration forOrder, Duration forCompanions) {
        return new CorrelatorSettings(forOrder, forCompanions, sessionTimeout, lateness, idsKept, bounds, redaction);
    }

    /** The same with another time-out. */
    public CorrelatorSettings withSessionTimeout(Duration timeout) {
        return new CorrelatorSettings(reorder, companions, timeout, lateness, idsKept, bounds, redaction);
    }

    /** The same with another lateness. */
    public CorrelatorSettings withLateness(Duration other) {
        return new CorrelatorSettings(reorder, companions, sessionTimeout, other, idsKept, bounds, redaction);
    }

    /** The same with another age of remembered ids. */
    public CorrelatorSettings withIdsKept(Duration kept) {
        return new CorrelatorSettings(reorder, companions, sessionTimeout, lateness, kept, bounds, redaction);
    }

    /** The same with other bounds. */
    public CorrelatorSettings withBounds(Bounds other) {
        return new CorrelatorSettings(reorder, companions, sessionTimeout, lateness, idsKept, other, redaction);
    }

    /** The same with another redaction. */
    public CorrelatorSettings withRedaction(RedactionSettings other) {
        return new CorrelatorSettings(reorder, companions, sessionTimeout, lateness, idsKept, bounds, other);
    }

    /** Time-outs are looked for this often, so that it need not be at each line. */
    Duration sweepInterval() {
        return sessionTimeout.dividedBy(12);
    }
}
