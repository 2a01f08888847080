package org.slash64.topology.correlate;

import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.slash64.connectors.log.LineError;
import org.slash64.connectors.log.SmtpFact;
import org.slash64.connectors.log.SmtpFact.Ignored;
import org.slash64.connectors.log.SmtpFact.Malformed;
import org.slash64.schemas.EnumCounters;
import org.slash64.schemas.EventKind;

/** Counts what became of lines, facts and events. Counted by one thread, read by any. */
public final class CorrelatorStatistics {

    /** What happens to sessions, messages and events beside being handed on. */
    public enum Incident {
        /** A line that came again was left out. */
        LINE_RESENT,
        /** An event whose id is remembered was not handed on again. */
        EVENT_RESENT,
        /** A session ended without its disconnect line. */
        SESSION_UNSEEN,
        /** A disconnect of a session that is not known. */
        DISCONNECT_WITHOUT_CONNECT,
        /** A refusal that names no client, in a session that is not known. */
        FACT_WITHOUT_CLIENT,
        /** A message that was begun and never accepted. */
        MESSAGE_ABANDONED,
        /** An event handed on under a later time than its own. */
        EVENT_LATE,
        /** A session gave way to newer ones. */
        SESSION_EVICTED,
        /** A message gave way to newer ones before it was handed on. */
        MESSAGE_EVICTED,
        /** An event id gave way to newer ones before its age. */
        ID_EVICTED,
        /** An event beyond the bound of its session. */
        EVENT_OVER_BOUND,
        /** A line came later than the bound for lines out of order. */
        LINE_OUT_OF_ORDER,
        /** A line was worked on before its time, since too many waited. */
        LINE_RELEASED_EARLY,
        /** A line that a program logs in pieces, and of which some did not come. */
        LINE_INCOMPLETE,
        /** A verdict of another program about a message that is not known, or no longer. */
        CLAIM_WITHOUT_MESSAGE,
        /** What slash64's milter saw of a message came when that was handed on already. */
        OBSERVED_TOO_LATE
    }

    private final LongAdder lines = new LongAdder();
    private final LongAdder held = new LongAdder();
    private final EnumCounters<LineError.Reason> errors = new EnumCounters<>(LineError.Reason.class);
    private final EnumCounters<SmtpFact.Kind> facts = new EnumCounters<>(SmtpFact.Kind.class);
    private final EnumCounters<Ignored.Why> ignored = new EnumCounters<>(Ignored.Why.class);
    private final EnumCounters<EventKind> events = new EnumCounters<>(EventKind.class);
    private final EnumCounters<Incident> incidents = new EnumCounters<>(Incident.class);

    void line() {
        lines.increment();
    }

    void error(LineError error) {
        errors.increment(error.reason());
    }

    void fact(SmtpFact fact) {
        facts.increment(fact.kind());
        if (fact instanceof Ignored unused) {
            ignored.increment(unused.why());
        } else if (fact instanceof Malformed malformed) {
            error(malformed.error());
        }
    }

    /** A line that has no readable header, so that it came to no correlator. */
    public void unreadable(LineError error) {
        line();
        error(error);
    }

    void event(EventKind kind) {
        events.increment(kind);
    }

    void incident(Incident incident) {
        incidents(incident, 1);
    }

    void incidents(Incident incident, int times) {
        incidents.add(incident, times);
    }

    void held(int change) {
        held.add(change);
    }

    /** Lines that wait to be put in order, of the hosts that this process works on. */
    public long held() {
        return held.sum();
    }

    /** Lines taken in. */
    public long lines() {
        return lines.sum();
    }

    /** Lines that should have been readable and were not, by reason. */
    public Map<LineError.Reason, Long> errors() {
        return errors.counts();
    }

    /** Readable lines by what they say. */
    public Map<SmtpFact.Kind, Long> facts() {
        return facts.counts();
    }

    /** Lines that are no fact, by reason. */
    public Map<Ignored.Why, Long> ignored() {
        return ignored.counts();
    }

    /** Events handed on, by kind. */
    public Map<EventKind, Long> events() {
        return events.counts();
    }

    /** What else happened. */
    public Map<Incident, Long> incidents() {
        return incidents.counts();
    }
}
