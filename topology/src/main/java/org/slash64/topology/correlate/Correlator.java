package org.slash64.topology.correlate;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.function.Consumer;
import org.slash64.connectors.log.LogLine;
import org.slash64.connectors.log.SmtpFact;
import org.slash64.connectors.log.SmtpFact.AuthFailed;
import org.slash64.connectors.log.SmtpFact.Connected;
import org.slash64.connectors.log.SmtpFact.ConnectionLost;
import org.slash64.connectors.log.SmtpFact.Disconnected;
import org.slash64.connectors.log.SmtpFact.MessageId;
import org.slash64.connectors.log.SmtpFact.Queued;
import org.slash64.connectors.log.SmtpFact.Rejected;
import org.slash64.connectors.log.SmtpFact.Removed;
import org.slash64.connectors.log.SmtpFact.Sender;
import org.slash64.connectors.log.SmtpFact.TlsStarted;
import org.slash64.schemas.SmtpEvent;
import org.slash64.schemas.state.HostState;
import org.slash64.schemas.state.OpenSession;

/**
 * Puts the facts of the hosts' lines together to events. The lines of one host must come to one correlator; what comes
 * out is a function of their sequence alone, never of the wall clock, so a log may be given in pieces over any number of
 * starts that share the state. One thread at a time.
 */
public final class Correlator {

    private final CorrelationState state;
    private final CorrelatorStatistics statistics;
    private final Sessions sessions;
    private final Messages messages;
    private final Rejections rejections;
    private final Sweep sweep;

    public Correlator(CorrelatorSettings settings, CorrelationState state, CorrelatorStatistics statistics) {
        this.state = state;
        this.statistics = statistics;
        Emission emission = new Emission(settings, state, statistics);
        this.sessions = new Sessions(state, statistics, emission);
        this.messages = new Messages(state, statistics, emission, sessions);
        this.rejections = new Rejections(settings, statistics, emission, sessions, messages);
        this.sweep = new Sweep(settings, state, statistics, sessions, messages);
    }

    /**
     * Takes in one line.
     *
     * @param mta the mail server software that wrote it
     * @param line the line
     * @param fact what it says
     * @param events receives the events that are complete now, during the call
     */
    public void accept(String mta, LogLine line, SmtpFact fact, Consumer<SmtpEvent> events) {
        statistics.fact(fact);
        if (fact.kind() == SmtpFact.Kind.IGNORED || fact.kind() == SmtpFact.Kind.MALFORMED) {
            return;
        }
        Moment moment = of(mta, line, events);
        sweep.timeOuts(moment);
        dispatch(moment, fact);
        sweep.bounds(moment);
        state.putHost(moment.host());
    }

    private Moment of(String mta, LogLine line, Consumer<SmtpEvent> events) {
        Instant time = line.time().truncatedTo(ChronoUnit.MILLIS);
        HostState host = state.host(line.host());
        if (host == null) {
            host = new HostState(line.host(), time, time, time.getEpochSecond(), 0, 0, 0, 0);
        } else if (time.isAfter(host.getClock())) {
            host.setClock(time);
        }
        if (time.getEpochSecond() < host.getLastSecond()) {
            host.setRewinds(host.getRewinds() + 1);
        }
        host.setLastSecond(time.getEpochSecond());
        return new Moment(mta, line, time, host, events);
    }

    private void dispatch(Moment moment, SmtpFact fact) {
        switch (fact.kind()) {
            case CONNECTED -> sessions.connected(moment, (Connected) fact);
            case DISCONNECTED -> sessions.disconnected(moment, (Disconnected) fact);
            case CONNECTION_LOST -> sessions.lost(moment, (ConnectionLost) fact);
            case TLS_STARTED -> tlsStarted(moment, (TlsStarted) fact);
            case QUEUED -> messages.queued(moment, (Queued) fact);
            case MESSAGE_ID -> messages.messageId(moment, (MessageId) fact);
            case SENDER -> messages.sender(moment, (Sender) fact);
            case REMOVED -> messages.removed(moment, (Removed) fact);
            case REJECTED -> rejections.rejected(moment, (Rejected) fact);
            case AUTH_FAILED -> rejections.authFailed(moment, (AuthFailed) fact);
            case IGNORED, MALFORMED -> {}
        }
    }

    private void tlsStarted(Moment moment, TlsStarted fact) {
        OpenSession session = sessions.findOrBegin(moment, fact);
        session.setTlsProtocol(fact.protocol());
        sessions.put(moment, session);
    }
}
