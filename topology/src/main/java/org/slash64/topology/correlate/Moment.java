package org.slash64.topology.correlate;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.function.Consumer;
import org.slash64.connectors.log.LogLine;
import org.slash64.schemas.SmtpEvent;
import org.slash64.schemas.state.HostState;

/**
 * The line that is being worked on, with all that belongs to it.
 *
 * @param source the program that wrote it; this and all of the line is null where no line, but passing time is the cause
 * @param time its time in milliseconds, as finely as states and events keep it
 * @param clock the host's log clock now
 * @param rewinds the host's number of rewinds when the line came
 * @param ahead lines with the same time that are still to come
 * @param agenda what is to be done later; null where passing time is the cause
 */
record Moment(
        String source,
        LogLine line,
        Instant time,
        Instant clock,
        int rewinds,
        HostState host,
        Ahead ahead,
        Agenda agenda,
        Consumer<SmtpEvent> events) {

    static Moment of(HostState host, LineBuffer.Held held, Ahead ahead, Agenda agenda, Consumer<SmtpEvent> events) {
        Statement statement = held.statement();
        Instant time = statement.line().time().truncatedTo(ChronoUnit.MILLIS);
        if (time.isAfter(host.getClock())) {
            host.setClock(time);
        }
        return new Moment(
                statement.parser().source(),
                statement.line(),
                time,
                host.getClock(),
                held.rewinds(),
                host,
                ahead,
                agenda,
                events);
    }

    /** No line came, and the clock went on. */
    static Moment ofIdleness(HostState host, Instant now, Consumer<SmtpEvent> events) {
        return new Moment(null, null, null, now, host.getRewinds(), host, null, null, events);
    }

    /** The turn of a message has come. */
    static Moment ofTurn(HostState host, Instant due, Agenda agenda, Consumer<SmtpEvent> events) {
        return new Moment(null, null, due, host.getClock(), host.getRewinds(), host, null, agenda, events);
    }

    /** The same for a line that this one completes. */
    Moment completing(LogLine whole) {
        return new Moment(
                source,
                whole,
                whole.time().truncatedTo(ChronoUnit.MILLIS),
                clock,
                rewinds,
                host,
                ahead,
                agenda,
                events);
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
