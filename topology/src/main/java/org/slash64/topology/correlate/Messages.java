package org.slash64.topology.correlate;

import java.time.Duration;
import java.time.Instant;
import org.slash64.connectors.log.SmtpFact.MessageId;
import org.slash64.connectors.log.SmtpFact.OfMessage;
import org.slash64.connectors.log.SmtpFact.Queued;
import org.slash64.connectors.log.SmtpFact.Removed;
import org.slash64.connectors.log.SmtpFact.Sender;
import org.slash64.schemas.EventKind;
import org.slash64.schemas.SmtpEvent;
import org.slash64.schemas.state.OpenMessage;
import org.slash64.schemas.state.OpenSession;
import org.slash64.topology.correlate.CorrelatorStatistics.Incident;

/**
 * The messages of a host by queue id. A message is an event once the session's line (which client) and the queue's line
 * (accepted) are both there, in whatever order they come.
 */
final class Messages {

    /** By how much the queue's line may be stamped before the session's; anything older is an earlier message's. */
    private static final Duration ORDER_SLACK = Duration.ofSeconds(1);

    /** Queue ids of one session that are watched at once; Postfix has one at a time. */
    private static final int MAX_WAITING = 32;

    private final CorrelationState state;
    private final CorrelatorStatistics statistics;
    private final Emission emission;
    private final Sessions sessions;

    Messages(CorrelationState state, CorrelatorStatistics statistics, Emission emission, Sessions sessions) {
        this.state = state;
        this.statistics = statistics;
        this.emission = emission;
        this.sessions = sessions;
    }

    OpenMessage find(Moment moment, String queueId) {
        return queueId == null
                ? null
                : state.message(new MessageKey(moment.line().host(), queueId));
    }

    private OpenMessage findOrBegin(Moment moment, OfMessage fact) {
        OpenMessage found = find(moment, fact.queueId());
        return found == null ? begin(moment, fact.queueId()) : found;
    }

    private OpenMessage begin(Moment moment, String queueId) {
        OpenMessage message = new OpenMessage();
        message.setHost(moment.line().host());
        message.setQueueId(queueId);
        message.setPid(-1);
        moment.host().setMessages(moment.host().getMessages() + 1);
        return message;
    }

    private void put(Moment moment, OpenMessage message) {
        message.setLastSeen(moment.clock());
        state.putMessage(message);
    }

    void queued(Moment moment, Queued fact) {
        OpenSession session = sessions.findOrBegin(moment, fact);
        if (fact.saslMethod() != null) {
            session.setSaslMethod(fact.saslMethod());
        }
        OpenMessage message = ofSession(moment, fact, session);
        watch(session, message);
        sessions.put(moment, session);
        accept(moment, message);
    }

    private static void watch(OpenSession session, OpenMessage message) {
        boolean known = session.getWaiting().contains(message.getQueueId());
        if (!message.getEmitted() && !known && session.getWaiting().size() < MAX_WAITING) {
            session.getWaiting().add(message.getQueueId());
        }
    }

    private OpenMessage ofSession(Moment moment, Queued fact, OpenSession session) {
        OpenMessage message = find(moment, fact.queueId());
        if (message != null && isOrigin(message, session, moment)) {
            return message;
        }
        if (message != null && isEarlier(message, moment)) {
            drop(moment, message);
            message = null;
        }
        OpenMessage fresh = message == null ? begin(moment, fact.queueId()) : message;
        fresh.setMta(session.getMta());
        fresh.setService(session.getService());
        fresh.setPid(session.getPid());
        fresh.setConnection(session.getConnection());
        fresh.setClient(session.getClient());
        fresh.setClientName(session.getClientName());
        fresh.setTime(moment.time());
        fresh.setHelo(session.getHelo());
        fresh.setProtocol(session.getProtocol());
        fresh.setTlsProtocol(session.getTlsProtocol());
        fresh.setSaslMethod(session.getSaslMethod());
        return fresh;
    }

    /** True where the very same line was seen before. */
    private static boolean isOrigin(OpenMessage message, OpenSession session, Moment moment) {
        return message.getClient() != null
                && message.getClient().equals(session.getClient())
                && message.getPid() == session.getPid()
                && message.getService().equals(session.getService())
                && message.getTime().getEpochSecond() == moment.second();
    }

    /** True where the id was used before: by a message of another session, or by one without SMTP. */
    private static boolean isEarlier(OpenMessage message, Moment moment) {
        Instant sender = message.getSenderTime();
        return message.getClient() != null
                || (sender != null && sender.isBefore(moment.time().minus(ORDER_SLACK)));
    }

    void messageId(Moment moment, MessageId fact) {
        OpenMessage message = findOrBegin(moment, fact);
        if (!fact.messageId().isEmpty()) {
            message.setMessageId(fact.messageId());
        }
        put(moment, message);
    }

    void sender(Moment moment, Sender fact) {
        OpenMessage message = findOrBegin(moment, fact);
        if (message.getSenderTime() == null) {
            message.setSenderTime(moment.time());
            message.setMailFrom(fact.from());
            message.setSize(fact.size());
            message.setRecipients(fact.recipients());
        }
        accept(moment, message);
    }

    private void accept(Moment moment, OpenMessage message) {
        if (message.getClient() != null && message.getSenderTime() != null && !message.getEmitted()) {
            emit(moment, message);
        }
        put(moment, message);
    }

    /** Removed from the queue: so it had been accepted, even where the line that says so was lost. */
    void removed(Moment moment, Removed fact) {
        OpenMessage message = find(moment, fact.queueId());
        if (message == null) {
            return;
        }
        if (message.getClient() != null && !message.getEmitted()) {
            emit(moment, message);
        }
        remove(moment, message);
    }

    /** Refused as a whole: there will be no event of it. */
    void refused(Moment moment, OpenMessage message) {
        if (!message.getEmitted()) {
            remove(moment, message);
        }
    }

    /** No line about it any more: handed on where the session's counters tell that it was accepted. */
    void timedOut(Moment moment, OpenMessage message) {
        if (message.getData() && !message.getEmitted()) {
            emit(moment, message);
        }
        drop(moment, message);
    }

    private void drop(Moment moment, OpenMessage message) {
        if (message.getClient() != null && !message.getEmitted()) {
            statistics.incident(Incident.MESSAGE_ABANDONED);
        }
        remove(moment, message);
    }

    private void remove(Moment moment, OpenMessage message) {
        state.removeMessage(MessageKey.of(message));
        moment.host().setMessages(moment.host().getMessages() - 1);
    }

    private void emit(Moment moment, OpenMessage message) {
        OpenSession session = sessions.ofMessage(message);
        SmtpEvent event = session == null
                ? ofMessageAlone(message)
                : Emission.ofSession(session, EventKind.MESSAGE, message.getTime());
        event.setQueueId(message.getQueueId());
        event.setMessageId(message.getMessageId());
        event.setMailFrom(message.getMailFrom());
        event.setSize(message.getSize());
        event.setRecipients(message.getRecipients());
        emission.emit(moment, event, 0);
        message.setEmitted(true);
        if (session != null) {
            session.setAccepted(session.getAccepted() + 1);
            Sessions.noLongerWaits(session, message.getQueueId());
            state.putSession(session);
        }
    }

    static SmtpEvent ofMessageAlone(OpenMessage message) {
        SmtpEvent event = Emission.blank(EventKind.MESSAGE, message.getTime());
        event.setConnection(message.getConnection());
        event.setMta(message.getMta());
        event.setHost(message.getHost());
        event.setService(message.getService());
        event.setPid(message.getPid());
        event.setClient(message.getClient());
        event.setClientName(message.getClientName());
        event.setHelo(message.getHelo());
        event.setProtocol(message.getProtocol());
        event.setTlsProtocol(message.getTlsProtocol());
        event.setSaslMethod(message.getSaslMethod());
        return event;
    }
}
