package org.slash64.topology.enrich;

import org.slash64.connectors.log.SyslogParser;

/** How far a time that came by a topic is believed, since others may write there as well. */
public final class EventTime {

    private static final long MAX_AHEAD_MILLIS = SyslogParser.MAX_AHEAD.toMillis();

    private EventTime() {}

    /** The time, or where it is further ahead of the wall clock than a log line may be, that bound; epoch milliseconds. */
    public static long believed(long time, long now) {
        return Math.min(time, now + MAX_AHEAD_MILLIS);
    }
}
