package org.slash64.topology.correlate;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.slash64.connectors.log.LogLine;
import org.slash64.connectors.log.SmtpFact;
import org.slash64.connectors.log.SmtpFact.Certificate;
import org.slash64.connectors.log.SmtpFact.Connected;
import org.slash64.connectors.log.SmtpFact.ConnectionLost;
import org.slash64.connectors.log.SmtpFact.Disconnected;
import org.slash64.connectors.log.SmtpFact.Ending;
import org.slash64.connectors.log.SmtpFact.Envelope;
import org.slash64.connectors.log.SmtpFact.HandedOver;
import org.slash64.connectors.log.SmtpFact.InSession;
import org.slash64.connectors.log.SmtpFact.Loss;
import org.slash64.connectors.log.SmtpFact.Session;
import org.slash64.connectors.log.SmtpFact.Tls;
import org.slash64.connectors.log.SmtpFact.TlsStarted;
import org.slash64.schemas.Address;
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

    /** Place of the sessions of which the log tells neither process nor anything else. */
    private static final String NO_NAME = Long.toString(LogLine.NO_PID);

    private static final Duration SECOND_TELLING = Duration.ofSeconds(10);

    /** Names of a certificate that are kept. */
    private static final int MAX_NAMES = 100;

    /** A place, and the session that is in it or null. */
    private record Place(SessionKey key, OpenSession session) {}

    private final CorrelationState state;
    private final CorrelatorStatistics statistics;
    private final Emission emission;
    private Address lastClient;
    private String lastClientText;

    Sessions(CorrelationState state, CorrelatorStatistics statistics, Emission emission) {
        this.state = state;
        this.statistics = statistics;
        this.emission = emission;
    }

    /**
     * True where the line makes sense only after another of the same time: anything of a client before its connect, a
     * disconnect before the rest of the session, a connect before the disconnect of the session before.
     */
    boolean isEarly(Moment moment, InSession fact) {
        SessionKey key = SessionKey.of(moment.line(), fact.session());
        OpenSession open = state.session(key);
        boolean isOpen = open != null && open.getOpen();
        String client = clientOf(fact.session());
        if (fact.kind() != SmtpFact.Kind.CONNECTED) {
            boolean begun = isOpen && (client == null || client.equals(open.getClient()));
            if (!begun) {
                return moment.ahead().connects(key, client) > 0;
            }
            return fact.kind() == SmtpFact.Kind.DISCONNECTED
                    && moment.ahead().others(key, client) > 0
                    && moment.ahead().connects(key, client) == 0;
        }
        if (!isOpen) {
            return false;
        }
        int ends = moment.ahead().disconnects(key, open.getClient());
        // the same client's connect may be the same line again; it is not where there are ends enough for both
        return open.getClient().equals(client) ? ends >= moment.ahead().connects(key, client) + 2 : ends > 0;
    }

    /** Asked several times about one line, so the text that was made last is kept. */
    private String clientOf(Session session) {
        if (!Objects.equals(session.client(), lastClient)) {
            lastClient = session.client();
            lastClientText = lastClient == null ? null : lastClient.toString();
        }
        return lastClientText;
    }

    void connected(Moment moment, Connected fact) {
        Place place = place(moment, fact.session());
        String client = clientOf(fact.session());
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
        begin(moment, place, fact.session(), true);
    }

    private static boolean isSameConnect(OpenSession before, String client, Moment moment) {
        return before.getConnected()
                && before.getTime().getEpochSecond() == moment.second()
                && before.getClient().equals(client);
    }

    private OpenSession begin(Moment moment, Place place, Session about, boolean connected) {
        String client = clientOf(about);
        SessionKey key = place.key();
        OpenSession before = place.session();
        List<RecentFact> recent = before == null ? new ArrayList<>() : new ArrayList<>(before.getRecent());
        Ordinal ordinal = Ordinals.next(recent, CONNECTION_ID + ' ' + client, moment);
        OpenSession session = new OpenSession();
        session.setMta(moment.source());
        session.setHost(key.host());
        session.setService(key.service());
        session.setSession(key.session());
        session.setPid(moment.line().pid());
        session.setOlder(key.older());
        session.setOpen(true);
        session.setConnected(connected);
        session.setOrdinal(ordinal.value());
        session.setClient(client);
        session.setClientName(about.clientName());
        session.setTime(moment.time());
        session.setCertificateNames(new ArrayList<>());
        session.setTlsNames(new ArrayList<>());
        session.setClaims(new ArrayList<>());
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
                .id(CONNECTION_ID, key.host(), key.service(), key.session(), moment.second(), client, null, ordinal);
    }

    /** Where the line's session is: in the second place if the open session of the process began after the line. */
    private Place place(Moment moment, Session about) {
        SessionKey first = SessionKey.of(moment.line(), about);
        OpenSession session = state.session(first);
        boolean later = session != null
                && session.getOpen()
                && session.getConnected()
                && session.getTime().getEpochSecond() > moment.second();
        if (!later) {
            return new Place(first, session);
        }
        return new Place(first.second(), state.session(first.second()));
    }

    /** The open session that the fact belongs to; null where none is open or the open one is another client's. */
    private OpenSession openIn(Place place, Session about) {
        OpenSession session = place.session();
        boolean same = session != null
                && session.getOpen()
                && (about.client() == null || session.getClient().equals(clientOf(about)));
        return same ? session : null;
    }

    /**
     * The session that a line is about, begun here where its connect was not seen; null where the line names no
     * client and no session is open. The caller changes it and puts it.
     */
    OpenSession findOrBegin(Moment moment, Session about) {
        Place place = place(moment, about);
        OpenSession found = openIn(place, about);
        if (found != null || about.client() == null) {
            return found;
        }
        OpenSession before = place.session();
        if (before != null && before.getOpen()) {
            endUnseen(moment, before);
        }
        return begin(moment, place, about, false);
    }

    /** The session of a message, also when it has ended, as long as its process has begun no other; else null. */
    OpenSession ofMessage(OpenMessage message) {
        for (boolean older : new boolean[] {false, true}) {
            OpenSession session = state.session(SessionKey.of(message, older));
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

    void tlsStarted(Moment moment, TlsStarted fact) {
        OpenSession session = findOrBegin(moment, fact.session());
        if (session == null) {
            statistics.incident(Incident.FACT_WITHOUT_CLIENT);
            return;
        }
        learn(session, fact.tls());
        if (fact.trusted()) {
            session.setTlsNames(session.getCertificateNames());
        }
        session.setCertificateNames(new ArrayList<>());
        put(moment, session);
    }

    void certificate(Moment moment, Certificate fact) {
        OpenSession session = findOrBegin(moment, fact.session());
        if (session == null) {
            statistics.incident(Incident.FACT_WITHOUT_CLIENT);
            return;
        }
        session.setCertificateNames(some(fact.names()));
        put(moment, session);
    }

    private static List<String> some(List<String> names) {
        return new ArrayList<>(names.subList(0, Math.min(MAX_NAMES, names.size())));
    }

    static void learn(OpenSession session, Tls tls) {
        if (tls.protocol() != null) {
            session.setTlsProtocol(tls.protocol());
        }
        if (!tls.names().isEmpty()) {
            session.setTlsNames(some(tls.names()));
        }
    }

    static void learn(OpenSession session, Envelope envelope) {
        if (envelope.helo() != null) {
            session.setHelo(envelope.helo());
        }
        if (envelope.protocol() != null) {
            session.setProtocol(envelope.protocol());
        }
        if (envelope.saslMethod() != null && !isNamed(session)) {
            session.setSaslMethod(envelope.saslMethod());
        }
    }

    private static boolean isNamed(OpenSession session) {
        return session.getSaslMethod() != null && !session.getSaslMethod().equals(Envelope.UNNAMED_MECHANISM);
    }

    void lost(Moment moment, ConnectionLost fact) {
        OpenSession session = findOrBegin(moment, fact.session());
        if (session == null) {
            statistics.incident(Incident.FACT_WITHOUT_CLIENT);
            return;
        }
        lost(session, fact.loss(), fact.stage());
        put(moment, session);
    }

    private static void lost(OpenSession session, Loss loss, String stage) {
        session.setLost(true);
        session.setLostStage(stage);
        session.setTimedOut(loss == Loss.TIMEOUT);
    }

    /** The next program tells of the connection from its connect on, so here it is none. */
    void handedOver(Moment moment, HandedOver fact) {
        OpenSession session = openIn(place(moment, fact.session()), fact.session());
        if (session == null) {
            return;
        }
        session.setHandedOver(true);
        session.setOpen(!fact.forGood());
        put(moment, session);
    }

    void disconnected(Moment moment, Disconnected fact) {
        OpenSession session = openIn(place(moment, fact.session()), fact.session());
        boolean alone =
                fact.ending() != null && fact.ending().alone() && fact.session().client() != null;
        if (session == null && (!alone || isTold(moment, fact))) {
            statistics.incident(Incident.DISCONNECT_WITHOUT_CONNECT);
            return;
        }
        OpenSession ended = session == null ? findOrBegin(moment, fact.session()) : session;
        noteAccepted(ended, fact.succeeded());
        Ending ending = fact.ending();
        if (ending != null && ending.loss() != null) {
            lost(ended, ending.loss(), ending.stage());
        }
        if (alone && !ended.getConnected()) {
            beganBefore(ended, ending.length());
        }
        ended.setHandedOver(false);
        end(moment, ended, event -> {
            event.setEnd(endOf(ended, SessionEnd.QUIT));
            event.setDuration(length(moment, ended, ending));
            event.setCommands(fact.succeeded());
            event.setCommandsFailed(fact.failed());
        });
    }

    /** Exim tells the end of a session without mail twice: how it ended, and a little later how long it took. */
    private boolean isTold(Moment moment, Disconnected fact) {
        Place place = place(moment, fact.session());
        OpenSession before = place.session();
        boolean same = before != null
                && before.getConnected()
                && before.getClient().equals(clientOf(fact.session()))
                && Duration.between(before.getLastSeen(), moment.clock()).compareTo(SECOND_TELLING) <= 0;
        boolean named = !place.key().session().equals(NO_NAME);
        return same && (named || (before.getUntimed() && fact.ending().length() != null));
    }

    /** The line of the end is all that tells of the connect. */
    private static void beganBefore(OpenSession session, Duration length) {
        session.setConnected(true);
        session.setUntimed(length == null);
        session.setTime(length == null ? session.getTime() : session.getTime().minus(length));
    }

    private static Long length(Moment moment, OpenSession session, Ending ending) {
        if (ending != null && ending.length() != null) {
            return ending.length().toMillis();
        }
        return session.getUntimed() ? null : Long.valueOf(milliseconds(session.getTime(), moment.time()));
    }

    private static long milliseconds(Instant from, Instant to) {
        return Math.max(0, Duration.between(from, to).toMillis());
    }

    private static SessionEnd endOf(OpenSession session, SessionEnd otherwise) {
        if (!session.getLost()) {
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

    /** The messages of the session may be handed on only after its process has begun another. */
    private void tellWaiting(OpenSession session) {
        for (String queueId : session.getWaiting()) {
            OpenMessage message = state.message(new MessageKey(session.getHost(), queueId));
            if (message != null && session.getConnection().equals(message.getConnection())) {
                Messages.know(message, session);
                state.putMessage(message);
            }
        }
    }

    /** Ends a session whose disconnect was not seen; its place stays. */
    void endUnseen(Moment moment, OpenSession session) {
        if (session.getConnected() && !session.getHandedOver()) {
            statistics.incident(Incident.SESSION_UNSEEN);
        }
        end(moment, session, event -> event.setEnd(endOf(session, SessionEnd.UNSEEN)));
    }

    private void end(Moment moment, OpenSession session, Consumer<SmtpEvent> details) {
        tellWaiting(session);
        session.setOpen(false);
        session.setWaiting(new ArrayList<>());
        if (session.getConnected() && !session.getHandedOver()) {
            SmtpEvent event = Emission.ofSession(session, EventKind.CONNECTION, session.getTime());
            event.setStage(session.getLostStage());
            details.accept(event);
            emission.emit(moment, event, session.getSession(), session.getOrdinal(), List.of());
        }
        put(moment, session);
    }
}
