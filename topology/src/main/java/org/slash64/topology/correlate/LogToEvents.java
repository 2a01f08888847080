package org.slash64.topology.correlate;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.function.Consumer;
import org.slash64.connectors.log.Arrival;
import org.slash64.connectors.log.LineError;
import org.slash64.connectors.log.LogLine;
import org.slash64.connectors.log.ParsedLine;
import org.slash64.schemas.SmtpEvent;
import org.slash64.schemas.state.HostState;
import org.slash64.topology.correlate.CorrelatorStatistics.Incident;
import org.slash64.topology.correlate.LineBuffer.Held;
import org.slash64.topology.correlate.Reading.Said;

/**
 * From raw lines to events: what they say, their order, correlation. A line is worked on once the host's lines have gone on
 * by the bound for lines out of order; until then those that come are sorted by their time. So the events are the same for
 * any order of the lines within the bound. One thread at a time.
 */
public final class LogToEvents {

    /** A refusal that names no client waits so long for a line that does: Sendmail names it when the message ends. */
    private static final Duration LATER = Duration.ofSeconds(10);

    /** So many lines are in memory together when a clock jumps; a line may have 64 KiB. */
    private static final int AT_ONCE = 2_000;

    private final Reading reading;
    private final CorrelatorSettings settings;
    private final CorrelationState state;
    private final LineBuffer buffer;
    private final Correlator correlator;
    private final CorrelatorStatistics statistics;
    private int held;
    private int hosts;

    LogToEvents(
            Reading reading,
            CorrelatorSettings settings,
            CorrelationState state,
            LineBuffer buffer,
            CorrelatorStatistics statistics) {
        this.reading = reading;
        this.settings = settings;
        this.state = state;
        this.buffer = buffer;
        this.correlator = new Correlator(settings, state, statistics);
        this.statistics = statistics;
    }

    /** With all state in memory, for one run over a log. */
    public static LogToEvents inMemory(Reading reading, CorrelatorSettings settings, CorrelatorStatistics statistics) {
        return new LogToEvents(reading, settings, new MemoryCorrelationState(), new MemoryLineBuffer(), statistics);
    }

    /**
     * Takes in one line.
     *
     * @param raw the line, with or without its line end
     * @param arrival what is known besides
     * @param events receives the events that are complete now, during the call
     * @return why the line could not be read although it should have been; empty for a line of another program
     */
    public Optional<LineError> accept(byte[] raw, Arrival arrival, Consumer<SmtpEvent> events) {
        return accept(reading.parts(raw, arrival), raw, arrival, events);
    }

    /** The same for a line whose parts were read before. */
    public Optional<LineError> accept(ParsedLine parsed, byte[] raw, Arrival arrival, Consumer<SmtpEvent> events) {
        statistics.line();
        if (parsed instanceof LineError error) {
            statistics.error(error);
            return Optional.of(error);
        }
        LogLine line = (LogLine) parsed;
        Said said = reading.said(line);
        statistics.fact(said.fact());
        if (!said.isStatement()) {
            return said.error();
        }
        return hold(new Statement(said.parser(), line, said.fact(), raw, arrival), events)
                ? said.error()
                : Optional.of(tooManyHosts());
    }

    private LineError tooManyHosts() {
        LineError error = new LineError(
                LineError.Reason.TOO_MANY_HOSTS,
                "the line's host is new, and " + hosts + " are known, which is correlation.max-hosts");
        statistics.error(error);
        return error;
    }

    /** False where its host is one too many. */
    private boolean hold(Statement statement, Consumer<SmtpEvent> events) {
        Instant time = statement.line().time();
        HostState host = arrived(statement.host(), time.truncatedTo(ChronoUnit.MILLIS));
        if (host == null) {
            return false;
        }
        if (time.isBefore(host.getReleased())) {
            statistics.incident(Incident.LINE_OUT_OF_ORDER);
        }
        add(host, Held.line(time, number(host), host.getRewinds(), statement));
        release(host, host.getSeen().minus(settings.reorder()), events);
        state.putHost(host);
        return true;
    }

    private static long number(HostState host) {
        long number = host.getNextLine();
        host.setNextLine(number + 1);
        return number;
    }

    private void add(HostState host, Held held) {
        buffer.add(held);
        host.setHeld(host.getHeld() + 1);
        held(1);
    }

    /** Null where the host is new and one too many. */
    private HostState arrived(String name, Instant time) {
        HostState host = state.host(name);
        if (host == null && hosts >= settings.bounds().maxHosts()) {
            return null;
        }
        if (host == null) {
            host = Hosts.begin(name, time);
            hosts++;
        } else if (time.isAfter(host.getSeen())) {
            host.setSeen(time);
        }
        rewind(host, time.getEpochSecond());
        return host;
    }

    /** Lines out of order go back by less than the bound: processes of a host write at the same time. */
    private void rewind(HostState host, long second) {
        if (second < host.getLastSecond() - settings.reorder().toSeconds()) {
            host.setRewinds(host.getRewinds() + 1);
            host.setLastSecond(second);
        } else {
            host.setLastSecond(Math.max(second, host.getLastSecond()));
        }
    }

    /** True where anything was due. */
    private boolean release(HostState host, Instant upTo, Consumer<SmtpEvent> events) {
        boolean any = false;
        List<Held> due;
        do {
            due = buffer.take(host.getHost(), upTo, AT_ONCE);
            any |= !due.isEmpty();
            workOn(host, due, due.size() < AT_ONCE ? upTo : due.get(AT_ONCE - 1).due(), events);
        } while (due.size() == AT_ONCE);
        while (host.getHeld() > settings.bounds().maxHeld()) {
            List<Held> oldest = buffer.takeOldest(host.getHost());
            statistics.incidents(Incident.LINE_RELEASED_EARLY, oldest.size());
            workOn(host, oldest, upTo, events);
        }
        return any;
    }

    /** What comes to be due in doing so, by the same instant, has its turn between the others. */
    private void workOn(HostState host, List<Held> due, Instant upTo, Consumer<SmtpEvent> events) {
        host.setHeld(host.getHeld() - due.size());
        held(-due.size());
        PriorityQueue<Held> soon = new PriorityQueue<>();
        Agenda agenda =
                (time, message) -> later(host, upTo, soon, Held.message(host.getHost(), time, number(host), message));
        Turns turns = new Turns(due);
        while (turns.hasNext() || !soon.isEmpty()) {
            boolean fromSoon =
                    !turns.hasNext() || (!soon.isEmpty() && soon.peek().compareTo(turns.peek()) < 0);
            List<Held> next = fromSoon ? List.of(soon.remove()) : turns.next();
            released(host, next.get(0).due());
            for (Held again : correlator.accept(host, next, agenda, events)) {
                Instant time = again.due().plus(LATER);
                later(host, upTo, soon, Held.line(time, again.number(), again.rewinds(), again.statement()));
            }
        }
    }

    private void later(HostState host, Instant upTo, PriorityQueue<Held> soon, Held held) {
        if (held.due().isAfter(upTo)) {
            add(host, held);
        } else {
            soon.add(held);
        }
    }

    private static void released(HostState host, Instant due) {
        Instant time = due.truncatedTo(ChronoUnit.MILLIS);
        if (time.isAfter(host.getReleased())) {
            host.setReleased(time);
        }
    }

    /** Lines in order, those with the same time together. */
    private static final class Turns {
        private final List<Held> lines;
        private int at;

        Turns(List<Held> lines) {
            this.lines = lines;
        }

        boolean hasNext() {
            return at < lines.size();
        }

        Held peek() {
            return lines.get(at);
        }

        List<Held> next() {
            int from = at;
            boolean message = peek().statement() == null;
            do {
                at++;
            } while (!message
                    && hasNext()
                    && peek().statement() != null
                    && peek().due().equals(lines.get(from).due()));
            return lines.subList(from, at);
        }
    }

    /**
     * Lets a host's time go on while no lines come from it, and forgets it once nothing is kept for it any more.
     *
     * @param idle for how long none came
     * @param events receives the events that are complete by then
     */
    public void idle(String name, Duration idle, Consumer<SmtpEvent> events) {
        HostState host = state.host(name);
        if (host == null) {
            return;
        }
        Instant now = host.getSeen().plus(idle);
        boolean changed = host.getHeld() > 0 && release(host, now.minus(settings.reorder()), events);
        changed |= correlator.timeOuts(host, now, events);
        if (Hosts.isSpent(host) && idle.compareTo(settings.sessionTimeout()) > 0) {
            state.removeHost(name);
            hosts--;
        } else if (changed) {
            state.putHost(host);
        }
    }

    /** Lines of this task's hosts that wait to be put in order. */
    int held() {
        return held;
    }

    /** Takes note of a host that was known before the start. */
    void restored(HostState host) {
        hosts++;
        held(host.getHeld());
    }

    private void held(int change) {
        held += change;
        statistics.held(change);
    }

    /** Works on all lines that wait; to be called at the end of a log. */
    public void finish(Consumer<SmtpEvent> events) {
        for (String name : state.hosts()) {
            HostState host = state.host(name);
            release(host, Instant.MAX, events);
            state.putHost(host);
        }
    }
}
