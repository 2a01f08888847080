package org.slash64.topology.correlate;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import org.slash64.connectors.log.SmtpFact;
import org.slash64.connectors.log.SmtpFact.AuthFailed;
import org.slash64.connectors.log.SmtpFact.Certificate;
import org.slash64.connectors.log.SmtpFact.Claimed;
import org.slash64.connectors.log.SmtpFact.Connected;
import org.slash64.connectors.log.SmtpFact.ConnectionLost;
import org.slash64.connectors.log.SmtpFact.Described;
import org.slash64.connectors.log.SmtpFact.Disconnected;
import org.slash64.connectors.log.SmtpFact.HandedOver;
import org.slash64.connectors.log.SmtpFact.Header;
import org.slash64.connectors.log.SmtpFact.Helo;
import org.slash64.connectors.log.SmtpFact.InSession;
import org.slash64.connectors.log.SmtpFact.MessageId;
import org.slash64.connectors.log.SmtpFact.Observed;
import org.slash64.connectors.log.SmtpFact.Piece;
import org.slash64.connectors.log.SmtpFact.Queued;
import org.slash64.connectors.log.SmtpFact.Received;
import org.slash64.connectors.log.SmtpFact.Rejected;
import org.slash64.connectors.log.SmtpFact.Removed;
import org.slash64.connectors.log.SmtpFact.Sender;
import org.slash64.connectors.log.SmtpFact.SessionObserved;
import org.slash64.connectors.log.SmtpFact.TlsStarted;
import org.slash64.schemas.SmtpEvent;
import org.slash64.schemas.state.HostState;
import org.slash64.topology.correlate.LineBuffer.Held;

/**
 * Puts the facts of the hosts' lines together to events. The lines of one host must come to one correlator, in the order of
 * their times; what comes out is a function of their sequence alone, never of the wall clock, so a log may be given in
 * pieces over any number of starts that share the state. One thread at a time.
 */
final class Correlator {

    /** So many lines of one time wait for one of them; a line more is taken as it came. */
    private static final int MAX_PUT_OFF = 64;

    private final Sessions sessions;
    private final Messages messages;
    private final Rejections rejections;
    private final Claims claims;
    private final Observations observations;
    private final Pieces pieces;
    private final Sweep sweep;

    Correlator(CorrelatorSettings settings, CorrelationState state, CorrelatorStatistics statistics) {
        Emission emission = new Emission(settings, state, statistics);
        MessageIds messageIds = new MessageIds(settings, state, statistics);
        this.sessions = new Sessions(state, statistics, emission);
        this.messages = new Messages(settings, state, statistics, emission, sessions, messageIds);
        this.rejections = new Rejections(settings, statistics, emission, sessions, messages);
        this.claims = new Claims(statistics, sessions, messages, messageIds);
        this.observations = new Observations(settings, statistics, emission, messages);
        this.pieces = new Pieces(statistics);
        this.sweep = new Sweep(settings, state, statistics, sessions, messages, messageIds);
    }

    /**
     * Works on lines with the same place in the order. One that makes sense only after another of them is put off until that
     * one's turn.
     *
     * @param lines lines with the same due time, or one message
     * @param agenda takes what is to have its turn later
     * @param events receives the events that are complete now, during the call
     * @return lines that can't be understood without others, and may be once more have come
     */
    List<Held> accept(HostState host, List<Held> lines, Agenda agenda, Consumer<SmtpEvent> events) {
        if (lines.get(0).statement() == null) {
            Held turn = lines.get(0);
            if (turn.queueId() != null) {
                messages.hasItsTurn(Moment.ofTurn(host, turn.due(), agenda, events), turn.queueId());
            }
            return List.of();
        }
        return new Turn(host, lines, agenda, events).take();
    }

    /** The lines with the same place in the order. */
    private final class Turn {
        private final HostState host;
        private final List<Held> lines;
        private final Agenda agenda;
        private final Consumer<SmtpEvent> events;
        private final Ahead ahead;
        private final Deque<Held> putOff = new ArrayDeque<>();
        private final List<Held> again = new ArrayList<>();

        Turn(HostState host, List<Held> lines, Agenda agenda, Consumer<SmtpEvent> events) {
            this.host = host;
            this.lines = lines;
            this.agenda = agenda;
            this.events = events;
            this.ahead = new Ahead(lines);
        }

        List<Held> take() {
            for (Held held : lines) {
                ahead.next();
                if (putOff.size() < MAX_PUT_OFF && isEarly(held)) {
                    putOff.addLast(held);
                    ahead.putOff(held);
                } else {
                    workOn(held);
                    retry();
                }
            }
            while (!putOff.isEmpty()) { // they wait for each other
                Held held = putOff.removeFirst();
                ahead.taken(held);
                workOn(held);
                retry();
            }
            return again;
        }

        private void retry() {
            for (int left = putOff.size(); left > 0; left--) {
                Held held = putOff.removeFirst();
                ahead.taken(held);
                if (isEarly(held)) {
                    putOff.addLast(held);
                    ahead.putOff(held);
                } else {
                    workOn(held);
                    left = putOff.size() + 1;
                }
            }
        }

        private Moment moment(Held held) {
            return Moment.of(host, held, ahead, agenda, events);
        }

        private boolean isEarly(Held held) {
            return !ahead.isEmpty()
                    && held.statement().fact() instanceof InSession fact
                    && sessions.isEarly(moment(held), fact);
        }

        private void workOn(Held held) {
            Moment moment = moment(held);
            sweep.timeOuts(moment);
            SmtpFact fact = held.statement().fact();
            if (fact.kind() == SmtpFact.Kind.PIECE) {
                pieces.take(moment, held, (Piece) fact).ifPresent(whole -> dispatch(whole.moment(), whole.fact()));
            } else if (!held.isAgain()
                    && fact.kind() == SmtpFact.Kind.REJECTED
                    && rejections.hasNoClient(moment, (Rejected) fact)) {
                again.add(held);
            } else {
                dispatch(moment, fact);
            }
            sweep.bounds(moment);
        }
    }

    private void dispatch(Moment moment, SmtpFact fact) {
        if (fact instanceof InSession) {
            logged(moment);
        }
        switch (fact.kind()) {
            case CONNECTED -> sessions.connected(moment, (Connected) fact);
            case HELO -> rejections.helo(moment, (Helo) fact);
            case DISCONNECTED -> sessions.disconnected(moment, (Disconnected) fact);
            case CONNECTION_LOST -> sessions.lost(moment, (ConnectionLost) fact);
            case HANDED_OVER -> sessions.handedOver(moment, (HandedOver) fact);
            case CERTIFICATE -> sessions.certificate(moment, (Certificate) fact);
            case TLS_STARTED -> sessions.tlsStarted(moment, (TlsStarted) fact);
            case QUEUED -> messages.queued(moment, (Queued) fact);
            case MESSAGE_ID -> messages.messageId(moment, (MessageId) fact);
            case HEADER -> messages.header(moment, (Header) fact);
            case SENDER -> messages.sender(moment, (Sender) fact);
            case RECEIVED -> messages.received(moment, (Received) fact);
            case DESCRIBED -> messages.described(moment, (Described) fact);
            case REMOVED -> messages.removed(moment, (Removed) fact);
            case REJECTED -> rejections.rejected(moment, (Rejected) fact);
            case AUTH_FAILED -> rejections.authFailed(moment, (AuthFailed) fact);
            case CLAIMED -> claims.claimed(moment, (Claimed) fact);
            case OBSERVED -> observations.observed(moment, (Observed) fact);
            case SESSION_OBSERVED -> observations.sessionObserved(moment, (SessionObserved) fact);
            case PIECE, IGNORED, MALFORMED -> {}
        }
    }

    private static void logged(Moment moment) {
        Instant latest = moment.host().getLogged();
        if (latest == null || latest.isBefore(moment.time())) {
            moment.host().setLogged(moment.time());
        }
    }

    /**
     * Ends what was not heard of for too long by the given instant, which may be later than the host's last line.
     *
     * @return false where it was not time to look
     */
    boolean timeOuts(HostState host, Instant now, Consumer<SmtpEvent> events) {
        return sweep.timeOuts(Moment.ofIdleness(host, now, events));
    }
}
