package org.slash64.topology.correlate;

import java.util.ArrayList;
import java.util.List;
import org.slash64.connectors.log.SmtpFact.AuthFailed;
import org.slash64.connectors.log.SmtpFact.Helo;
import org.slash64.connectors.log.SmtpFact.Rejected;
import org.slash64.schemas.EventKind;
import org.slash64.schemas.SmtpEvent;
import org.slash64.schemas.state.OpenMessage;
import org.slash64.schemas.state.OpenSession;
import org.slash64.schemas.state.RecentFact;
import org.slash64.topology.correlate.CorrelatorStatistics.Incident;
import org.slash64.topology.correlate.Ordinals.Ordinal;

/** Refusals, each an event at once. */
final class Rejections {

    private static final String AUTH = "AUTH";
    private static final int MAX_REASON = 1_000; // as the schema of events promises
    private static final int AUTH_FAILED = 535; // RFC 4954 section 6: credentials invalid

    private final CorrelatorSettings settings;
    private final CorrelatorStatistics statistics;
    private final Emission emission;
    private final Sessions sessions;
    private final Messages messages;

    Rejections(
            CorrelatorSettings settings,
            CorrelatorStatistics statistics,
            Emission emission,
            Sessions sessions,
            Messages messages) {
        this.settings = settings;
        this.statistics = statistics;
        this.emission = emission;
        this.sessions = sessions;
        this.messages = messages;
    }

    void rejected(Moment moment, Rejected fact) {
        OpenMessage message = messages.find(moment, fact.queueId());
        OpenSession session = sessionOf(moment, fact, message);
        if (session == null) {
            statistics.incident(Incident.FACT_WITHOUT_CLIENT);
            return;
        }
        Sessions.learn(session, fact.envelope());
        emit(moment, session, event(moment, session, fact, message), message);
        if (fact.endsMessage() && message != null) {
            Sessions.noLongerWaits(session, fact.queueId());
            messages.refused(moment, message);
        }
        sessions.put(moment, session);
    }

    /** What another process than the session's refuses belongs to the session that its queue id came from. */
    private OpenSession sessionOf(Moment moment, Rejected fact, OpenMessage message) {
        boolean elsewhere = !fact.loggedBySession() && message != null && message.getClient() != null;
        OpenSession session = elsewhere ? sessions.ofMessage(message) : null;
        return session == null ? sessions.findOrBegin(moment, fact.session()) : session;
    }

    /** What the client said. */
    void helo(Moment moment, Helo fact) {
        OpenSession session = sessions.findOrBegin(moment, fact.session());
        if (session == null) {
            statistics.incident(Incident.FACT_WITHOUT_CLIENT);
            return;
        }
        Sessions.learn(session, fact.envelope());
        sessions.put(moment, session);
    }

    private static SmtpEvent event(Moment moment, OpenSession session, Rejected fact, OpenMessage message) {
        SmtpEvent event = Emission.ofSession(session, EventKind.REJECTION, moment.time());
        if (message != null) {
            Messages.tell(event, message);
        }
        event.setQueueId(fact.queueId());
        event.setMailFrom(fact.envelope().from());
        event.setRcptTo(fact.envelope().to());
        event.setStage(fact.stage());
        event.setReplyCode(fact.reply().code() == 0 ? null : fact.reply().code());
        event.setEnhancedStatus(fact.reply().enhancedStatus());
        event.setReason(fact.reply().text());
        return event;
    }

    void authFailed(Moment moment, AuthFailed fact) {
        OpenSession session = sessions.findOrBegin(moment, fact.session());
        if (session == null) {
            statistics.incident(Incident.FACT_WITHOUT_CLIENT);
            return;
        }
        SmtpEvent event = Emission.ofSession(session, EventKind.REJECTION, moment.time());
        event.setStage(AUTH);
        event.setReplyCode(AUTH_FAILED);
        String method = fact.method() == null ? "" : fact.method() + ' ';
        String reason = "SASL " + method + "authentication failed: " + fact.text();
        event.setReason(reason.substring(0, Math.min(reason.length(), MAX_REASON)));
        emit(moment, session, event, null);
        sessions.put(moment, session);
    }

    /** @param message that is refused, or null */
    private void emit(Moment moment, OpenSession session, SmtpEvent event, OpenMessage message) {
        if (session.getEvents() >= settings.bounds().maxEventsPerSession()) {
            statistics.incident(Incident.EVENT_OVER_BOUND);
            return;
        }
        String id = event.getQueueId() == null ? "" : event.getQueueId();
        List<RecentFact> recent = new ArrayList<>(session.getRecent());
        Ordinal ordinal = Ordinals.next(recent, "REJECTION " + session.getClient() + ' ' + id, moment);
        session.setRecent(recent);
        if (ordinal.resent()) {
            statistics.incident(Incident.LINE_RESENT);
            return;
        }
        session.setEvents(session.getEvents() + 1);
        emission.emit(
                moment, event, session.getSession(), ordinal.value(), message == null ? List.of() : message.getCut());
    }
}
