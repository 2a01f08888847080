package org.slash64.topology.correlate;

import java.time.Duration;

/**
 * The limits of correlation. All times are by the log clock of a host, all counts per host unless said otherwise.
 *
 * @param sessionTimeout after this long without a line a session ends unseen, and a message stops waiting
 * @param lateness how long after its time an event may be complete and still count under its own time
 * @param idsKept how long the ids of events are remembered
 * @param maxSessions sessions kept; the oldest give way
 * @param maxMessages messages kept; the oldest give way
 * @param maxIds event ids remembered; the oldest give way
 * @param maxEventsPerSession events of one session that are handed on
 */
public record CorrelatorSettings(
        Duration sessionTimeout,
        Duration lateness,
        Duration idsKept,
        int maxSessions,
        int maxMessages,
        int maxIds,
        int maxEventsPerSession) {

    /** Twelve times the five minutes that Postfix waits for a client (smtpd_timeout). */
    public static final Duration DEFAULT_SESSION_TIMEOUT = Duration.ofHours(1);

    public static final Duration DEFAULT_LATENESS = Duration.ofSeconds(60);
    public static final Duration DEFAULT_IDS_KEPT = Duration.ofDays(7);
    public static final int DEFAULT_MAX_SESSIONS = 20_000;
    public static final int DEFAULT_MAX_MESSAGES = 100_000;
    public static final int DEFAULT_MAX_IDS = 2_000_000;

    /** Postfix hangs up after 20 errors of a session (smtpd_hard_error_limit); nobody means to set it to thousands. */
    public static final int DEFAULT_MAX_EVENTS_PER_SESSION = 10_000;

    public CorrelatorSettings {
        if (!isPositive(sessionTimeout) || !isPositive(idsKept) || lateness.isNegative()) {
            throw new IllegalArgumentException("session time-out and age of ids must be positive, lateness at least 0");
        }
        if (maxSessions < 1 || maxMessages < 1 || maxIds < 1 || maxEventsPerSession < 1) {
            throw new IllegalArgumentException("each bound must be at least 1");
        }
    }

    private static boolean isPositive(Duration duration) {
        return !duration.isNegative() && !duration.isZero();
    }

    public static CorrelatorSettings defaults() {
        return new CorrelatorSettings(
                DEFAULT_SESSION_TIMEOUT,
                DEFAULT_LATENESS,
                DEFAULT_IDS_KEPT,
                DEFAULT_MAX_SESSIONS,
                DEFAULT_MAX_MESSAGES,
                DEFAULT_MAX_IDS,
                DEFAULT_MAX_EVENTS_PER_SESSION);
    }

    /** The same with another time-out. */
    public CorrelatorSettings withSessionTimeout(Duration timeout) {
        return new CorrelatorSettings(
                timeout, lateness, idsKept, maxSessions, maxMessages, maxIds, maxEventsPerSession);
    }

    /** The same with another lateness. */
    public CorrelatorSettings withLateness(Duration other) {
        return new CorrelatorSettings(
                sessionTimeout, other, idsKept, maxSessions, maxMessages, maxIds, maxEventsPerSession);
    }

    /** The same with another age and number of remembered ids. */
    public CorrelatorSettings withIds(Duration kept, int most) {
        return new CorrelatorSettings(
                sessionTimeout, lateness, kept, maxSessions, maxMessages, most, maxEventsPerSession);
    }

    /** The same with other bounds. */
    public CorrelatorSettings withBounds(int sessions, int messages, int eventsPerSession) {
        return new CorrelatorSettings(sessionTimeout, lateness, idsKept, sessions, messages, maxIds, eventsPerSession);
    }

    /** Time-outs are looked for this often, so that it need not be at each line. */
    Duration sweepInterval() {
        return sessionTimeout.dividedBy(12);
    }
}
