package org.slash64.topology.correlate;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.slash64.schemas.state.HostState;
import org.slash64.schemas.state.OpenMessage;
import org.slash64.schemas.state.OpenSession;
import org.slash64.topology.correlate.CorrelatorStatistics.Incident;

/** Time-outs and bounds, by the log clock of the host. What is swept in one go is swept in a fixed order. */
final class Sweep {

    /** At a bound a tenth gives way at once, so that the search for the oldest is rare. */
    private static final int SHARE_THAT_GIVES_WAY = 10;

    private static final Comparator<OpenSession> BY_AGE = Comparator.comparing(OpenSession::getLastSeen)
            .thenComparing(OpenSession::getTime)
            .thenComparing(OpenSession::getService)
            .thenComparing(OpenSession::getSession)
            .thenComparing(OpenSession::getOlder);

    private static final Comparator<OpenMessage> MESSAGES_BY_AGE =
            Comparator.comparing(OpenMessage::getLastSeen).thenComparing(OpenMessage::getQueueId);

    private final CorrelatorSettings settings;
    private final Duration sweepInterval;
    private final CorrelationState state;
    private final CorrelatorStatistics statistics;
    private final Sessions sessions;
    private final Messages messages;
    private final MessageIds messageIds;

    Sweep(
            CorrelatorSettings settings,
            CorrelationState state,
            CorrelatorStatistics statistics,
            Sessions sessions,
            Messages messages,
            MessageIds messageIds) {
        this.settings = settings;
        this.sweepInterval = settings.sweepInterval(); // a division too slow for every line
        this.state = state;
        this.statistics = statistics;
        this.sessions = sessions;
        this.messages = messages;
        this.messageIds = messageIds;
    }

    /** Looks for time-outs if that has not been done for a while; false where it has. Sessions that ended leave as soon as nothing follows. */
    boolean timeOuts(Moment moment) {
        HostState host = moment.host();
        if (moment.clock().isBefore(host.getSweptAt().plus(sweepInterval))) {
            return false;
        }
        host.setSweptAt(moment.clock());
        Instant limit = moment.clock().minus(settings.sessionTimeout());
        Instant endedLimit = moment.clock().minus(settings.lateness());
        sorted(state.sessionsUnseenSince(host.getHost(), endedLimit), BY_AGE).stream()
                .filter(session -> !session.getOpen() || !session.getLastSeen().isAfter(limit))
                .forEach(session -> leave(moment, session));
        sorted(state.messagesUnseenSince(host.getHost(), limit), MESSAGES_BY_AGE)
                .forEach(message -> messages.timedOut(moment, message));
        messageIds.timeOuts(moment, limit);
        long oldest = moment.clock().minus(settings.idsKept()).getEpochSecond();
        host.setIds(host.getIds()
                - state.forgetBefore(host.getHost(), oldest, settings.bounds().maxIds()));
        return true;
    }

    private static <T> List<T> sorted(List<T> values, Comparator<T> order) {
        return values.stream().sorted(order).toList();
    }

    private void leave(Moment moment, OpenSession session) {
        if (session.getOpen()) {
            sessions.endUnseen(moment, session);
        }
        state.removeSession(SessionKey.of(session));
        moment.host().setSessions(moment.host().getSessions() - 1);
    }

    /** Makes room where more is kept than may be: ended sessions first, then the oldest. */
    void bounds(Moment moment) {
        HostState host = moment.host();
        if (host.getSessions() > settings.bounds().maxSessions()) {
            Comparator<OpenSession> endedFirst =
                    Comparator.comparing(OpenSession::getOpen).thenComparing(BY_AGE);
            sorted(state.sessionsUnseenSince(host.getHost(), Instant.MAX), endedFirst).stream()
                    .limit(giveWay(settings.bounds().maxSessions()))
                    .forEach(session -> evict(moment, session));
        }
        if (host.getMessages() > settings.bounds().maxMessages()) {
            sorted(state.messagesUnseenSince(host.getHost(), Instant.MAX), MESSAGES_BY_AGE).stream()
                    .limit(giveWay(settings.bounds().maxMessages()))
                    .forEach(message -> evict(moment, message));
        }
        messageIds.bounds(moment);
    }

    private static int giveWay(int bound) {
        return bound / SHARE_THAT_GIVES_WAY + 1;
    }

    private void evict(Moment moment, OpenSession session) {
        if (session.getOpen()) {
            statistics.incident(Incident.SESSION_EVICTED);
        }
        leave(moment, session);
    }

    private void evict(Moment moment, OpenMessage message) {
        if (!message.getEmitted() && message.getClient() != null) {
            statistics.incident(Incident.MESSAGE_EVICTED);
        }
        messages.timedOut(moment, message);
    }
}
