package org.slash64.topology.correlate;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.slash64.connectors.log.SmtpFact.Envelope;
import org.slash64.connectors.log.SmtpFact.Field;
import org.slash64.connectors.log.SmtpFact.Observed;
import org.slash64.connectors.log.SmtpFact.Session;
import org.slash64.connectors.log.SmtpFact.SessionObserved;
import org.slash64.connectors.log.SmtpFact.Tls;
import org.slash64.schemas.EventField;
import org.slash64.schemas.EventKind;
import org.slash64.schemas.SessionEnd;
import org.slash64.schemas.SmtpEvent;
import org.slash64.schemas.state.HostState;
import org.slash64.schemas.state.OpenMessage;
import org.slash64.topology.correlate.CorrelatorStatistics.Incident;

/**
 * What slash64's own milter saw. It adds to what the log tells of the same message; where the log does not tell of it in
 * time, it is the event. So each message is one event, whether its log comes or not.
 */
final class Observations {

    /** Where the log of a host comes, but not yet of what was seen, it is waited for so long. */
    private static final Duration LOG_WAIT = Duration.ofSeconds(30);

    /** What was seen comes at most so much later than the log: by a queue of the milter's that Kafka is slow to take. */
    static final Duration MAX_DELAY = Duration.ofMinutes(10);

    /** A milter that has seen nothing for so long is taken for switched off. */
    private static final Duration SWITCHED_OFF = Duration.ofHours(1);

    /** By how much the clocks of milter and mail server may differ, and a second more that is cut off stamps in whole seconds. */
    private static final Duration CLOCKS = Duration.ofSeconds(2);

    private static final String CONNECTION_ID = "SESSION";
    private static final String END_OF_MESSAGE = "END-OF-MESSAGE";

    private final CorrelatorStatistics statistics;
    private final Emission emission;
    private final Messages messages;
    private final Duration wait;
    private final Duration waitForLog;

    Observations(CorrelatorSettings settings, CorrelatorStatistics statistics, Emission emission, Messages messages) {
        this.statistics = statistics;
        this.emission = emission;
        this.messages = messages;
        this.wait = settings.companions();
        Duration inTime = settings.lateness().dividedBy(2); // later, the event would count late
        Duration most = inTime.compareTo(LOG_WAIT) < 0 ? inTime : LOG_WAIT;
        this.waitForLog = most.compareTo(wait) < 0 ? wait : most;
    }

    /** True where what a milter sees comes from the host. */
    static boolean isObserved(Moment moment) {
        Instant latest = moment.host().getObserved();
        return latest != null && !latest.isBefore(moment.clock().minus(SWITCHED_OFF));
    }

    private static void takeNote(Moment moment) {
        Instant latest = moment.host().getObserved();
        if (latest == null || latest.isBefore(moment.time())) {
            moment.host().setObserved(moment.time());
        }
    }

    void observed(Moment moment, Observed fact) {
        takeNote(moment);
        String place = fact.queueId() == null ? fact.session().id() + '.' + fact.number() : fact.queueId();
        OpenMessage message = messages.find(moment, place);
        if (message != null && isAnother(message, moment, fact)) {
            messages.drop(moment, message);
            message = null;
        }
        if (message != null && (message.getEmitted() || Messages.isDone(message))) {
            statistics.incident(message.getObserved() == null ? Incident.OBSERVED_TOO_LATE : Incident.LINE_RESENT);
            return;
        }
        SmtpEvent event = event(moment, fact);
        await(moment, messages.findOrBegin(moment, place), event, fact.session().id());
    }

    void sessionObserved(Moment moment, SessionObserved fact) {
        takeNote(moment);
        OpenMessage place = messages.findOrBegin(moment, fact.session().id());
        SmtpEvent event = ofSession(moment, EventKind.CONNECTION, fact.connected(), fact.connected(), fact.session());
        know(event, fact.envelope(), fact.tls());
        event.setEnd(SessionEnd.QUIT);
        event.setDuration(
                Math.max(0, Duration.between(fact.connected(), moment.time()).toMillis()));
        await(moment, place, event, fact.session().id());
    }

    private void await(Moment moment, OpenMessage message, SmtpEvent event, String session) {
        message.setObserved(event);
        message.setObservedSession(session);
        message.setObservedAt(moment.time());
        messages.identify(moment, message, event.getMessageId());
        if (!message.getAccepted() && message.getRefusal() == null) {
            Messages.comeBackTo(moment, message, moment.host().getLogged() == null ? wait : waitForLog);
        }
        messages.put(moment, message);
    }

    /** Queue ids come again: the message in the place is of another time. */
    private static boolean isAnother(OpenMessage message, Moment moment, Observed fact) {
        if (message.getObservedAt() != null && message.getObserved() != null) {
            return !fact.session().id().equals(message.getObservedSession());
        }
        return message.getTime() != null
                && (message.getTime().isBefore(fact.connected().minus(CLOCKS))
                        || message.getTime().isAfter(moment.time().plus(CLOCKS)));
    }

    private SmtpEvent event(Moment moment, Observed fact) {
        EventKind kind = fact.refusal() == null ? EventKind.MESSAGE : EventKind.REJECTION;
        SmtpEvent event = ofSession(moment, kind, fact.started(), fact.connected(), fact.session());
        know(event, fact.envelope(), fact.tls());
        event.setQueueId(fact.queueId());
        event.setMessageId(fact.messageId());
        event.setMailFrom(fact.envelope().from());
        event.setFromDomains(fact.headers().getOrDefault(Field.FROM, List.of()));
        event.setReplyToDomains(fact.headers().getOrDefault(Field.REPLY_TO, List.of()));
        event.setSenderDomains(fact.headers().getOrDefault(Field.SENDER, List.of()));
        event.setDkim(fact.dkim());
        event.setInlineVerdicts(fact.verdicts());
        if (fact.refusal() == null) {
            event.setSize(fact.size());
            event.setRecipients(fact.recipients());
        } else {
            event.setStage(END_OF_MESSAGE);
            event.setReplyCode(fact.refusal().code());
            event.setEnhancedStatus(fact.refusal().enhancedStatus());
            event.setReason(fact.refusal().text());
        }
        return event;
    }

    private SmtpEvent ofSession(Moment moment, EventKind kind, Instant time, Instant connected, Session session) {
        String host = moment.line().host();
        String client = session.client().toString();
        SmtpEvent event = Emission.blank(kind, time);
        event.setConnection(emission.ids()
                .id(CONNECTION_ID, host, session.service(), session.id(), connected.getEpochSecond(), client, null, 0));
        event.setMta(moment.source());
        event.setHost(host);
        event.setService(session.service());
        event.setPid(-1L);
        event.setClient(client);
        event.setClientName(session.clientName());
        return event;
    }

    private static void know(SmtpEvent event, Envelope envelope, Tls tls) {
        event.setHelo(envelope.helo());
        event.setSaslMethod(envelope.saslMethod());
        event.setTlsProtocol(tls.protocol());
    }

    /** Adds to an event that the log gives what only the milter saw; header fields it saw whole. */
    static void tell(SmtpEvent event, OpenMessage message) {
        SmtpEvent observed = message.getObserved();
        event.setDkim(observed.getDkim());
        event.setFromDomains(observed.getFromDomains());
        event.setReplyToDomains(observed.getReplyToDomains());
        event.setSenderDomains(observed.getSenderDomains());
        message.getCut()
                .removeAll(List.of(EventField.FROM_DOMAINS, EventField.REPLY_TO_DOMAINS, EventField.SENDER_DOMAINS));
        if (event.getMessageId() == null) {
            event.setMessageId(observed.getMessageId());
        }
        if (event.getReplyCode() == null && isSameRefusal(event, observed)) {
            event.setReplyCode(observed.getReplyCode()); // Postfix logs a milter's refusal without its code
        }
        if (event.getHelo() == null) {
            event.setHelo(observed.getHelo());
        }
        if (event.getTlsProtocol() == null) {
            event.setTlsProtocol(observed.getTlsProtocol());
        }
        if (event.getSaslMethod() == null) {
            event.setSaslMethod(observed.getSaslMethod());
        }
        if (isAlike(event, observed)) {
            event.setInlineVerdicts(observed.getInlineVerdicts());
        }
    }

    /** Of whom other things are logged the milter's verdicts say nothing. */
    private static boolean isAlike(SmtpEvent event, SmtpEvent observed) {
        return Objects.equals(event.getClient(), observed.getClient())
                && Objects.equals(event.getHelo(), observed.getHelo())
                && Objects.equals(event.getMailFrom(), observed.getMailFrom());
    }

    private static boolean isSameRefusal(SmtpEvent event, SmtpEvent observed) {
        return event.getKind() == observed.getKind()
                && Objects.equals(event.getEnhancedStatus(), observed.getEnhancedStatus());
    }

    /** True where the log of the host told of sessions at the time, and so of this one too. */
    static boolean isLogged(HostState host, SmtpEvent observed) {
        return host.getLogged() != null
                && !host.getLogged().isBefore(observed.getTime().minus(CLOCKS));
    }
}
