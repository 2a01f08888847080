package org.slash64.topology.correlate;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
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
        SmtpEvent event = event(moment, session, fact);
        OptionalInt ordinal = ordinal(moment, session, event);
        if (ordinal.isPresent()) {
            refuse(moment, session, fact, event, ordinal.getAsInt());
        }
        sessions.put(moment, session);
    }

    private void refuse(Moment moment, OpenSession session, Rejected fact, SmtpEvent event, int ordinal) {
        String queueId = fact.queueId();
        if (fact.endsMessage() && queueId != null) {
            Sessions.noLongerWaits(session, queueId);
            OpenMessage message = messages.findOrBegin(moment, queueId);
            messages.refused(moment, message, event, session.getSession(), ordinal);
        } else {
            emission.emit(moment, event, session.getSession(), ordinal, List.of());
        }
    }

    /** True where the line leaves the client to its session, and that is not known yet. */
    boolean hasNoClient(Moment moment, Rejected fact) {
        return fact.session().client() == null
                && sessionOf(moment, fact, messages.find(moment, fact.queueId())) == null;
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

    private static SmtpEvent event(Moment moment, OpenSession session, Rejected fact) {
        SmtpEvent event = Emission.ofSession(session, EventKind.REJECTION, moment.time());
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
        ordinal(moment, session, event)
                .ifPresent(ordinal -> emission.emit(moment, event, session.getSession(), ordinal, List.of()));
        sessions.put(moment, session);
    }

    /** Empty for a line that came before, and for an event beyond the bound of its session. */
    private OptionalInt ordinal(Moment moment, OpenSession session, SmtpEvent event) {
        if (session.getEvents() >= settings.bounds().maxEventsPerSession()) {
            statistics.incident(Incident.EVENT_OVER_BOUND);
            return OptionalInt.empty();
        }
        String id = event.getQueueId() == null ? "" : event.getQueueId();
        List<RecentFact> recent = new ArrayList<>(session.getRecent());
        Ordinal ordinal = Ordinals.next(recent, "REJECTION " + session.getClient() + ' ' + id, moment);
        session.setRecent(recent);
        if (ordinal.resent()) {
            statistics.incident(Incident.LINE_RESENT);
            return OptionalInt.empty();
        }
        session.setEvents(session.getEvents() + 1);
        return OptionalInt.of(ordinal.value());
    }
}
