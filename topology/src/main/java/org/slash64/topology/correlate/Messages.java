package org.slash64.topology.correlate;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.slash64.connectors.log.SmtpFact.Described;
import org.slash64.connectors.log.SmtpFact.Envelope;
import org.slash64.connectors.log.SmtpFact.Field;
import org.slash64.connectors.log.SmtpFact.Header;
import org.slash64.connectors.log.SmtpFact.InSession;
import org.slash64.connectors.log.SmtpFact.MessageId;
import org.slash64.connectors.log.SmtpFact.Queued;
import org.slash64.connectors.log.SmtpFact.Received;
import org.slash64.connectors.log.SmtpFact.Removed;
import org.slash64.connectors.log.SmtpFact.Sender;
import org.slash64.schemas.Claim;
import org.slash64.schemas.EventField;
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

    /** Domains of one header field that are kept. */
    private static final int MAX_DOMAINS = 20;

    private final CorrelatorSettings settings;
    private final CorrelationState state;
    private final CorrelatorStatistics statistics;
    private final Emission emission;
    private final Sessions sessions;
    private final MessageIds messageIds;

    Messages(
            CorrelatorSettings settings,
            CorrelationState state,
            CorrelatorStatistics statistics,
            Emission emission,
            Sessions sessions,
            MessageIds messageIds) {
        this.settings = settings;
        this.messageIds = messageIds;
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

    OpenMessage findOrBegin(Moment moment, String queueId) {
        OpenMessage found = find(moment, queueId);
        return found == null ? begin(moment, queueId) : found;
    }

    private OpenMessage begin(Moment moment, String queueId) {
        OpenMessage message = new OpenMessage();
        message.setHost(moment.line().host());
        message.setQueueId(queueId);
        message.setPid(-1);
        message.setTlsNames(new ArrayList<>());
        message.setFromDomains(new ArrayList<>());
        message.setReplyToDomains(new ArrayList<>());
        message.setSenderDomains(new ArrayList<>());
        message.setCut(new ArrayList<>());
        message.setClaims(new ArrayList<>());
        moment.host().setMessages(moment.host().getMessages() + 1);
        return message;
    }

    void put(Moment moment, OpenMessage message) {
        message.setLastSeen(moment.clock());
        state.putMessage(message);
    }

    void queued(Moment moment, Queued fact) {
        OpenSession session = sessionOf(moment, fact, fact.envelope());
        if (session == null) {
            return;
        }
        OpenMessage message = ofSession(moment, fact.queueId(), session);
        describe(message, fact.envelope(), null, null);
        watch(session, message);
        sessions.put(moment, session);
        accept(moment, message);
    }

    /** Null where it is not known, which is counted. */
    private OpenSession sessionOf(Moment moment, InSession fact, Envelope envelope) {
        OpenSession session = sessions.findOrBegin(moment, fact.session());
        if (session == null) {
            statistics.incident(Incident.FACT_WITHOUT_CLIENT);
        } else {
            Sessions.learn(session, envelope);
        }
        return session;
    }

    void received(Moment moment, Received fact) {
        OpenSession session = sessionOf(moment, fact, fact.envelope());
        if (session == null) {
            return;
        }
        if (fact.tls() != null) {
            Sessions.learn(session, fact.tls());
        }
        OpenMessage message = ofSession(moment, fact.queueId(), session);
        if (message.getSenderTime() == null) {
            message.setSenderTime(moment.time());
        }
        describe(message, fact.envelope(), fact.size(), fact.recipients());
        identify(moment, message, fact.messageId());
        watch(session, message);
        sessions.put(moment, session);
        accept(moment, message);
    }

    private static void describe(OpenMessage message, Envelope envelope, Long size, Integer recipients) {
        if (envelope.from() != null) {
            message.setMailFrom(envelope.from());
        }
        if (size != null) {
            message.setSize(size);
        }
        if (recipients != null) {
            message.setRecipients(recipients);
        }
    }

    void described(Moment moment, Described fact) {
        OpenSession session = sessionOf(moment, fact, fact.envelope());
        if (session != null) {
            sessions.put(moment, session);
        }
        OpenMessage message = findOrBegin(moment, fact.queueId());
        describe(message, fact.envelope(), fact.size(), fact.recipients());
        identify(moment, message, fact.messageId());
        put(moment, message);
    }

    private static void watch(OpenSession session, OpenMessage message) {
        boolean known = session.getWaiting().contains(message.getQueueId());
        if (!message.getEmitted() && !known && session.getWaiting().size() < MAX_WAITING) {
            session.getWaiting().add(message.getQueueId());
        }
    }

    private OpenMessage ofSession(Moment moment, String queueId, OpenSession session) {
        OpenMessage message = find(moment, queueId);
        if (message != null && isOrigin(message, session, moment)) {
            return message;
        }
        if (message != null && isEarlier(message, moment)) {
            drop(moment, message);
            message = null;
        }
        OpenMessage fresh = message == null ? begin(moment, queueId) : message;
        fresh.setMta(session.getMta());
        fresh.setService(session.getService());
        fresh.setSession(session.getSession());
        fresh.setPid(session.getPid());
        fresh.setConnection(session.getConnection());
        fresh.setClient(session.getClient());
        fresh.setClientName(session.getClientName());
        fresh.setTime(moment.time());
        know(fresh, session);
        return fresh;
    }

    /** What the session has come to know. */
    static void know(OpenMessage message, OpenSession session) {
        if (session.getHelo() != null) {
            message.setHelo(session.getHelo());
        }
        if (session.getProtocol() != null) {
            message.setProtocol(session.getProtocol());
        }
        message.setTlsProtocol(session.getTlsProtocol());
        message.setTlsNames(new ArrayList<>(session.getTlsNames()));
        message.setSaslMethod(session.getSaslMethod());
    }

    /** True where the session has said before that it has the message, in the very same line or in another. */
    private static boolean isOrigin(OpenMessage message, OpenSession session, Moment moment) {
        boolean goesOn = session.getConnection().equals(message.getConnection())
                && !message.getAccepted()
                && !message.getEmitted();
        return goesOn || isSameLine(message, session, moment);
    }

    private static boolean isSameLine(OpenMessage message, OpenSession session, Moment moment) {
        return message.getClient() != null
                && message.getClient().equals(session.getClient())
                && message.getSession().equals(session.getSession())
                && message.getService().equals(session.getService())
                && message.getTime().getEpochSecond() == moment.second();
    }

    /** True where the id was used before: by a message of another session, or by one without SMTP. */
    private static boolean isEarlier(OpenMessage message, Moment moment) {
        Instant sender = message.getSenderTime();
        Instant observed = message.getObservedAt();
        return message.getClient() != null
                || (sender != null && sender.isBefore(moment.time().minus(ORDER_SLACK)))
                || (observed != null && observed.isBefore(moment.time().minus(ORDER_SLACK)));
    }

    void messageId(Moment moment, MessageId fact) {
        OpenMessage message = findOrBegin(moment, fact.queueId());
        identify(moment, message, fact.messageId());
        put(moment, message);
    }

    void identify(Moment moment, OpenMessage message, String messageId) {
        if (messageId != null && !messageId.isEmpty()) {
            message.setMessageId(messageId);
            messageIds.belongsTo(moment, messageId, message);
        }
    }

    void header(Moment moment, Header fact) {
        OpenMessage message = findOrBegin(moment, fact.queueId());
        if (message.getHelo() == null) {
            message.setHelo(fact.envelope().helo());
        }
        if (message.getProtocol() == null) {
            message.setProtocol(fact.envelope().protocol());
        }
        if (fact.field() != null) {
            addDomains(message, fact);
        }
        tellSession(message, fact.envelope());
        put(moment, message);
    }

    /** What the client had said is true of its session too. */
    private void tellSession(OpenMessage message, Envelope envelope) {
        OpenSession session = message.getClient() == null ? null : sessions.ofMessage(message);
        if (session != null && session.getOpen() && session.getHelo() == null) {
            Sessions.learn(session, envelope);
            state.putSession(session);
        }
    }

    private static void addDomains(OpenMessage message, Header fact) {
        List<String> domains = domainsOf(message, fact.field());
        for (String domain : fact.domains()) {
            if (domains.size() < MAX_DOMAINS && !domains.contains(domain)) {
                domains.add(domain);
            }
        }
        EventField field = fieldOf(fact.field());
        if (fact.cut() && !message.getCut().contains(field)) {
            message.getCut().add(field);
        }
    }

    private static List<String> domainsOf(OpenMessage message, Field field) {
        return switch (field) {
            case FROM -> message.getFromDomains();
            case REPLY_TO -> message.getReplyToDomains();
            case SENDER -> message.getSenderDomains();
        };
    }

    private static EventField fieldOf(Field field) {
        return switch (field) {
            case FROM -> EventField.FROM_DOMAINS;
            case REPLY_TO -> EventField.REPLY_TO_DOMAINS;
            case SENDER -> EventField.SENDER_DOMAINS;
        };
    }

    void sender(Moment moment, Sender fact) {
        OpenMessage message = findOrBegin(moment, fact.queueId());
        if (message.getSenderTime() == null) {
            message.setSenderTime(moment.time());
            message.setMailFrom(fact.from());
            message.setSize(fact.size());
            message.setRecipients(fact.recipients());
        }
        accept(moment, message);
    }

    /** Accepted: it has its turn when others have had time to say something about it. */
    private void accept(Moment moment, OpenMessage message) {
        boolean complete = message.getClient() != null && message.getSenderTime() != null;
        if (complete && !message.getEmitted() && !message.getAccepted()) {
            message.setAccepted(true);
            comeBackTo(moment, message);
        }
        put(moment, message);
    }

    private void comeBackTo(Moment moment, OpenMessage message) {
        comeBackTo(moment, message, settings.companions());
    }

    /** Gives the message a turn, instead of any that it was to have. */
    static void comeBackTo(Moment moment, OpenMessage message, Duration wait) {
        Instant turn = moment.time().plus(wait).truncatedTo(ChronoUnit.MILLIS); // as finely as states keep it
        message.setTurn(turn);
        moment.agenda().message(turn, message.getQueueId());
    }

    /** Others have had time to say something about the message. */
    void hasItsTurn(Moment moment, String queueId) {
        OpenMessage message = state.message(new MessageKey(moment.host().getHost(), queueId));
        if (message == null || !moment.time().equals(message.getTurn())) {
            return;
        }
        if (isDone(message)) {
            remove(moment, message);
            return;
        }
        handOn(moment, message);
        if (message.getRemoved()) {
            leave(moment, message);
        } else {
            state.putMessage(message);
        }
    }

    /** Handed on and gone from the queue. */
    static boolean isDone(OpenMessage message) {
        return message.getRemoved() && message.getRefusal() == null && (message.getEmitted() || !message.getAccepted());
    }

    /** What a milter saw of it may still come, and must not be taken for another message then. */
    private void leave(Moment moment, OpenMessage message) {
        if (message.getObserved() == null && Observations.isObserved(moment)) {
            message.setRemoved(true);
            comeBackTo(moment, message, Observations.MAX_DELAY);
            state.putMessage(message);
        } else {
            remove(moment, message);
        }
    }

    /** What is known of the message's fate, if that was not done before. */
    private void handOn(Moment moment, OpenMessage message) {
        if (message.getRefusal() != null) {
            SmtpEvent refusal = message.getRefusal();
            tell(refusal, message);
            emission.emit(moment, refusal, message.getRefusalSession(), message.getRefusalOrdinal(), message.getCut());
            message.setRefusal(null);
            message.setRemoved(true);
        } else if (message.getAccepted() && !message.getEmitted()) {
            emit(moment, message);
        } else if (message.getObserved() != null && message.getClient() == null && !message.getEmitted()) {
            emitObserved(moment, message);
        }
    }

    /** The log has not told of it. */
    private void emitObserved(Moment moment, OpenMessage message) {
        SmtpEvent event = message.getObserved();
        boolean connection = event.getKind() == EventKind.CONNECTION;
        message.setRemoved(connection);
        message.setEmitted(true);
        if (!connection || !Observations.isLogged(moment.host(), event)) {
            event.setClaims(List.copyOf(message.getClaims()));
            emission.emit(moment, event, message.getObservedSession(), 0, List.of());
        }
    }

    /** Removed from the queue: so it had been accepted, even where the line that says so was lost. */
    void removed(Moment moment, Removed fact) {
        OpenMessage message = find(moment, fact.queueId());
        if (message == null) {
            return;
        }
        boolean known = message.getClient() != null && !message.getEmitted();
        if (known && !message.getAccepted() && message.getRefusal() == null) {
            message.setAccepted(true);
            comeBackTo(moment, message);
        }
        if (known) {
            message.setRemoved(true);
            put(moment, message);
        } else if (message.getEmitted()) {
            leave(moment, message);
        } else {
            remove(moment, message);
        }
    }

    /**
     * Refused as a whole, so it is not accepted, even where that was said before: Sendmail tells a size before it asks its
     * milters. The refusal is handed on when others have had time to say something about the message.
     *
     * @param session what the mail server calls the session, or its process id
     * @param ordinal of the refusal among equals
     */
    void refused(Moment moment, OpenMessage message, SmtpEvent refusal, String session, int ordinal) {
        if (message.getEmitted() && message.getObserved() != null) {
            statistics.incident(Incident.EVENT_RESENT); // slash64's milter had told it before its log came
            return;
        }
        if (message.getRefusal() != null) {
            handOn(moment, message);
        }
        message.setAccepted(false);
        message.setRefusal(refusal);
        message.setRefusalSession(session);
        message.setRefusalOrdinal(ordinal);
        comeBackTo(moment, message);
        put(moment, message);
    }

    /** No line about it any more: handed on where the session's counters tell that it was accepted. */
    void timedOut(Moment moment, OpenMessage message) {
        boolean observed =
                message.getObserved() != null && message.getObserved().getKind() == EventKind.MESSAGE;
        message.setAccepted(message.getAccepted() || message.getData() || (observed && message.getClient() != null));
        drop(moment, message);
    }

    void drop(Moment moment, OpenMessage message) {
        handOn(moment, message);
        if (message.getClient() != null && !message.getEmitted() && !message.getRemoved()) {
            statistics.incident(Incident.MESSAGE_ABANDONED);
        }
        remove(moment, message);
    }

    private void remove(Moment moment, OpenMessage message) {
        messageIds.forget(moment, message);
        state.removeMessage(MessageKey.of(message));
        moment.host().setMessages(moment.host().getMessages() - 1);
    }

    private void emit(Moment moment, OpenMessage message) {
        OpenSession session = sessions.ofMessage(message);
        SmtpEvent event = session == null
                ? ofMessageAlone(message)
                : Emission.ofSession(session, EventKind.MESSAGE, message.getTime());
        event.setMailFrom(message.getMailFrom());
        tell(event, message);
        event.setSize(message.getSize());
        event.setRecipients(message.getRecipients());
        emission.emit(moment, event, message.getSession(), 0, message.getCut());
        message.setEmitted(true);
        if (session != null) {
            session.setAccepted(session.getAccepted() + 1);
            Sessions.noLongerWaits(session, message.getQueueId());
            state.putSession(session);
        }
    }

    /** What is known about the message itself, in addition to what is known about its session. */
    static void tell(SmtpEvent event, OpenMessage message) {
        event.setQueueId(message.getQueueId());
        event.setMessageId(message.getMessageId());
        event.setFromDomains(List.copyOf(message.getFromDomains()));
        event.setReplyToDomains(List.copyOf(message.getReplyToDomains()));
        event.setSenderDomains(List.copyOf(message.getSenderDomains()));
        if (event.getHelo() == null) {
            event.setHelo(message.getHelo());
        }
        if (event.getProtocol() == null) {
            event.setProtocol(message.getProtocol());
        }
        List<Claim> claims = new ArrayList<>(event.getClaims());
        claims.addAll(message.getClaims());
        event.setClaims(claims);
        if (message.getObserved() != null) {
            Observations.tell(event, message);
        }
    }

    private static SmtpEvent ofMessageAlone(OpenMessage message) {
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
        event.setTlsNames(List.copyOf(message.getTlsNames()));
        event.setSaslMethod(message.getSaslMethod());
        return event;
    }
}
