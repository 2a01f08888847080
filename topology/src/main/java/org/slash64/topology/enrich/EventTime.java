package org.slash64.topology.enrich;

import org.slash64.connectors.log.SyslogParser;

/** How far a time that came by a topic is believed, since others may write there as well. */
public final class EventTime {

    private static final long MAX_AHEAD_MILLIS = SyslogParser.MAX_AHEAD.toMillis();

    private EventTime() {}

    /**
     * The time, epoch milliseconds; where it is further ahead of the wall clock than a log line may be, that bound, and where
     * it is before 1970, its start.
     */
    public static long believed(long time, long now) {
        return Math.max(0, Math.min(time, now + MAX_AHEAD_MILLIS));
    }
}
