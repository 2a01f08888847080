package org.slash64.topology.correlate;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.slash64.schemas.EventField;
import org.slash64.schemas.EventKind;
import org.slash64.schemas.SmtpEvent;
import org.slash64.schemas.state.HostState;
import org.slash64.schemas.state.OpenSession;
import org.slash64.topology.correlate.CorrelatorStatistics.Incident;

/** The last step of every event: once only, with the instant under which it counts, and with what is missing in it. */
final class Emission {

    /** At the bound a hundredth of the ids gives way at once, so that the search for the oldest is rare. */
    private static final int SHARE_THAT_GIVES_WAY = 100;

    private final CorrelatorSettings settings;
    private final CorrelationState state;
    private final CorrelatorStatistics statistics;
    private final EventIds ids = new EventIds();
    private final Redaction redaction;

    Emission(CorrelatorSettings settings, CorrelationState state, CorrelatorStatistics statistics) {
        this.settings = settings;
        this.state = state;
        this.statistics = statistics;
        this.redaction = new Redaction(settings.redaction());
    }

    EventIds ids() {
        return ids;
    }

    /** An event of a session, with all that is known about the session. */
    static SmtpEvent ofSession(OpenSession session, EventKind kind, Instant time) {
        SmtpEvent event = blank(kind, time);
        event.setConnection(session.getConnection());
        event.setMta(session.getMta());
        event.setHost(session.getHost());
        event.setService(session.getService());
        event.setPid(session.getPid());
        event.setClient(session.getClient());
        event.setClientName(session.getClientName());
        event.setHelo(session.getHelo());
        event.setProtocol(session.getProtocol());
        event.setTlsProtocol(session.getTlsProtocol());
        event.setTlsNames(List.copyOf(session.getTlsNames()));
        event.setSaslMethod(session.getSaslMethod());
        event.setClaims(List.copyOf(session.getClaims()));
        return event;
    }

    /** An event of which nothing else is known. */
    static SmtpEvent blank(EventKind kind, Instant time) {
        SmtpEvent event = new SmtpEvent();
        event.setId(
                ""); // this, the instant and what is missing are told when it is handed on; until then it may be stored
        event.setCountedAt(time);
        event.setSeen(List.of());
        event.setMissing(List.of());
        event.setKind(kind);
        event.setTime(time);
        event.setCommands(Map.of());
        event.setCommandsFailed(Map.of());
        event.setTlsNames(List.of());
        event.setFromDomains(List.of());
        event.setReplyToDomains(List.of());
        event.setSenderDomains(List.of());
        event.setClaims(List.of());
        return event;
    }

    /**
     * Hands the event on, unless that was done before.
     *
     * @param session what the mail server calls the session, or its process id
     * @param ordinal the ordinal among equals
     * @param cut fields of which the log had only the beginning
     */
    void emit(Moment moment, SmtpEvent event, String session, int ordinal, Collection<EventField> cut) {
        long second = event.getTime().getEpochSecond();
        String id = ids.id(
                event.getKind().name(),
                event.getHost(),
                event.getService(),
                session,
                second,
                event.getClient(),
                event.getQueueId(),
                ordinal);
        if (!state.remember(event.getHost(), second, id)) {
            statistics.incident(Incident.EVENT_RESENT);
            return;
        }
        remembered(moment);
        event.setId(id);
        date(moment, event);
        FieldsSeen.note(event, cut);
        redaction.apply(event);
        statistics.event(event.getKind());
        moment.events().accept(event);
    }

    private void remembered(Moment moment) {
        HostState host = moment.host();
        host.setIds(host.getIds() + 1);
        int over = host.getIds() - settings.bounds().maxIds();
        if (over > 0) {
            int atOnce = over + settings.bounds().maxIds() / SHARE_THAT_GIVES_WAY;
            int forgotten = state.forgetBefore(host.getHost(), Long.MAX_VALUE, atOnce);
            host.setIds(host.getIds() - forgotten);
            statistics.incidents(Incident.ID_EVICTED, forgotten);
        }
    }

    private void date(Moment moment, SmtpEvent event) {
        boolean late = event.getTime().isBefore(moment.clock().minus(settings.lateness()));
        event.setLate(late);
        event.setCountedAt(late ? moment.clock() : event.getTime());
        if (late) {
            statistics.incident(Incident.EVENT_LATE);
        }
    }
}
