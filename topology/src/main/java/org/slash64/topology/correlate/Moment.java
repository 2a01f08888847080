package org.slash64.topology.correlate;

import java.time.Instant;
import java.util.function.Consumer;
import org.slash64.connectors.log.LogLine;
import org.slash64.schemas.SmtpEvent;
import org.slash64.schemas.state.HostState;

/**
 * The line that is being worked on, with all that belongs to it.
 *
 * @param time its time in milliseconds, as finely as states and events keep it
 */
record Moment(String mta, LogLine line, Instant time, HostState host, Consumer<SmtpEvent> events) {

    Instant clock() {
        return host.getClock();
    }

    /** UTC second of the line. */
    long second() {
        return time.getEpochSecond();
    }

    /** True where the log has times finer than a second. */
    boolean hasFraction() {
        return !line.time().equals(Instant.ofEpochSecond(second()));
    }
}
