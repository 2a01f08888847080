package org.slash64.topology.correlate;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.slash64.connectors.log.SmtpFact.Connected;
import org.slash64.connectors.log.SmtpFact.ConnectionLost;
import org.slash64.connectors.log.SmtpFact.Disconnected;
import org.slash64.connectors.log.SmtpFact.InSession;
import org.slash64.connectors.log.SmtpFact.Loss;
import org.slash64.schemas.EventKind;
import org.slash64.schemas.SessionEnd;
import org.slash64.schemas.SmtpEvent;
import org.slash64.schemas.state.OpenMessage;
import org.slash64.schemas.state.OpenSession;
import org.slash64.schemas.state.RecentFact;
import org.slash64.topology.correlate.CorrelatorStatistics.Incident;
import org.slash64.topology.correlate.Ordinals.Ordinal;

/** The sessions of the processes of a host: from connect to disconnect, one at a time in each process. */
final class Sessions {

    private static final String CONNECTION_ID = "SESSION";

    /** A place, and the session that is in it or null. */
    private record Place(SessionKey key, OpenSession session) {}

    private final CorrelationState state;
    private final CorrelatorStatistics statistics;
    private final Emission emission;

    Sessions(CorrelationState state, CorrelatorStatistics statistics, Emission emission) {
        this.state = state;
        this.statistics = statistics;
        this.emission = emission;
    }

    void connected(Moment moment, Connected fact) {
        Place place = place(moment, fact.service());
        String client = fact.client().toString();
        OpenSession before = place.session();
        if (before != null && before.getOpen()) {
            if (isSameConnect(before, client, moment)) {
                statistics.incident(Incident.LINE_RESENT);
                Ordinals.resent(before.getRecent(), CONNECTION_ID + ' ' + client, moment);
                put(moment, before);
                return;
            }
            endUnseen(moment, before);
        }
        begin(moment, place, client, fact, true);
    }

    private static boolean isSameConnect(OpenSession before, String client, Moment moment) {
        return before.getConnected()
                && before.getTime().getEpochSecond() == moment.second()
                && before.getClient().equals(client);
    }

    private OpenSession begin(Moment moment, Place place, String client, InSession fact, boolean connected) {
        SessionKey key = place.key();
        OpenSession before = place.session();
        List<RecentFact> recent = before == null ? new ArrayList<>() : new ArrayList<>(before.getRecent());
        Ordinal ordinal = Ordinals.next(recent, CONNECTION_ID + ' ' + client, moment);
        OpenSession session = new OpenSession();
        session.setMta(moment.mta());
        session.setHost(key.host());
        session.setService(key.service());
        session.setPid(key.pid());
        session.setOlder(key.older());
        session.setOpen(true);
        session.setConnected(connected);
        session.setOrdinal(ordinal.value());
        session.setClient(client);
        session.setClientName(fact.clientName());
        session.setTime(moment.time());
        session.setWaiting(new ArrayList<>());
        session.setRecent(recent);
        session.setConnection(connectionId(moment, key, client, ordinal.value()));
        if (before == null) {
            moment.host().setSessions(moment.host().getSessions() + 1);
        }
        put(moment, session);
        return session;
    }

    private String connectionId(Moment moment, SessionKey key, String client, int ordinal) {
        return emission.ids()
                .id(CONNECTION_ID, key.host(), key.service(), key.pid(), moment.second(), client, null, ordinal);
    }

    /** Where the line's session is: in the second place if the open session of the process began after the line. */
    private Place place(Moment moment, String service) {
        SessionKey first =
                new SessionKey(moment.line().host(), service, moment.line().pid(), false);
        OpenSession session = state.session(first);
        boolean later = session != null
                && session.getOpen()
                && session.getConnected()
                && session.getTime().getEpochSecond() > moment.second();
        if (!later) {
            return new Place(first, session);
        }
        SessionKey second = new SessionKey(first.host(), service, first.pid(), true);
        return new Place(second, state.session(second));
    }

    /** The open session that the fact belongs to; null where none is open or the open one is another client's. */
    private static OpenSession openIn(Place place, InSession fact) {
        OpenSession session = place.session();
        boolean same = session != null
                && session.getOpen()
                && (fact.client() == null
                        || session.getClient().equals(fact.client().toString()));
        return same ? session : null;
    }

    /**
     * The session that the fact belongs to, begun here where its connect was not seen; null where the fact names no
     * client and no session is open. The caller changes it and puts it.
     */
    OpenSession findOrBegin(Moment moment, InSession fact) {
        Place place = place(moment, fact.service());
        OpenSession found = openIn(place, fact);
        if (found != null || fact.client() == null) {
            return found;
        }
        OpenSession before = place.session();
        if (before != null && before.getOpen()) {
            endUnseen(moment, before);
        }
        return begin(moment, place, fact.client().toString(), fact, false);
    }

    /** The session of a message, also when it has ended, as long as its process has begun no other; else null. */
    OpenSession ofMessage(OpenMessage message) {
        for (boolean older : new boolean[] {false, true}) {
            OpenSession session =
                    state.session(new SessionKey(message.getHost(), message.getService(), message.getPid(), older));
            if (session != null && session.getConnection().equals(message.getConnection())) {
                return session;
            }
        }
        return null;
    }

    static void noLongerWaits(OpenSession session, String queueId) {
        List<String> waiting = new ArrayList<>(session.getWaiting()); // one read by Avro lets nothing be removed
        waiting.remove(queueId);
        session.setWaiting(waiting);
    }

    void put(Moment moment, OpenSession session) {
        session.setLastSeen(moment.clock());
        state.putSession(session);
    }

    void lost(Moment moment, ConnectionLost fact) {
        OpenSession session = findOrBegin(moment, fact);
        session.setLostStage(fact.stage());
        session.setTimedOut(fact.loss() == Loss.TIMEOUT);
        put(moment, session);
    }

    void disconnected(Moment moment, Disconnected fact) {
        OpenSession session = openIn(place(moment, fact.service()), fact);
        if (session == null) {
            statistics.incident(Incident.DISCONNECT_WITHOUT_CONNECT);
            return;
        }
        noteAccepted(session, fact.succeeded());
        end(moment, session, event -> {
            event.setEnd(endOf(session, SessionEnd.QUIT));
            event.setDuration(milliseconds(session.getTime(), moment.time()));
            event.setCommands(fact.succeeded());
            event.setCommandsFailed(fact.failed());
        });
    }

    private static long milliseconds(Instant from, Instant to) {
        return Math.max(0, Duration.between(from, to).toMillis());
    }

    private static SessionEnd endOf(OpenSession session, SessionEnd otherwise) {
        if (session.getLostStage() == null) {
            return otherwise;
        }
        return session.getTimedOut() ? SessionEnd.TIMEOUT : SessionEnd.LOST;
    }

    /** Where the counters leave no doubt that all messages that are still waiting were accepted, they learn it. */
    private void noteAccepted(OpenSession session, Map<String, Integer> succeeded) {
        int chunked = succeeded.getOrDefault("bdat", 0) > 0 ? 1 : 0; // counts chunks, not messages
        int taken = succeeded.getOrDefault("data", 0) + chunked - session.getAccepted();
        if (taken < session.getWaiting().size()) {
            return;
        }
        for (String queueId : session.getWaiting()) {
            OpenMessage message = state.message(new MessageKey(session.getHost(), queueId));
            if (message != null && session.getConnection().equals(message.getConnection())) {
                message.setData(true);
                state.putMessage(message);
            }
        }
    }

    /** Ends a session whose disconnect was not seen; its place stays. */
    void endUnseen(Moment moment, OpenSession session) {
        if (session.getConnected()) {
            statistics.incident(Incident.SESSION_UNSEEN);
        }
        end(moment, session, event -> event.setEnd(endOf(session, SessionEnd.UNSEEN)));
    }

    private void end(Moment moment, OpenSession session, Consumer<SmtpEvent> details) {
        session.setOpen(false);
        session.setWaiting(new ArrayList<>());
        if (session.getConnected()) {
            SmtpEvent event = Emission.ofSession(session, EventKind.CONNECTION, session.getTime());
            event.setStage(session.getLostStage());
            details.accept(event);
            emission.emit(moment, event, session.getOrdinal());
        }
        put(moment, session);
    }
}
