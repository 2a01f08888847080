package org.slash64.topology.correlate;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.slash64.schemas.EventField;
import org.slash64.schemas.EventKind;
import org.slash64.schemas.MissingField;
import org.slash64.schemas.MissingReason;
import org.slash64.schemas.SmtpEvent;

/** Says of an event which fields were seen and which are missing, and why. */
final class FieldsSeen {

    /** Fields whose absence is no gap: a session without authentication has no mechanism. */
    private static final Set<EventField> OPTIONAL = EnumSet.of(
            EventField.SASL_METHOD,
            EventField.TLS_NAMES,
            EventField.REPLY_TO_DOMAINS,
            EventField.SENDER_DOMAINS,
            EventField.CLAIMS);

    private static final Map<EventField, Predicate<SmtpEvent>> IS_SEEN = isSeen();

    private static final Map<EventKind, Set<EventField>> POSSIBLE = Map.of(
            EventKind.CONNECTION,
            ofSession(EventField.END, EventField.DURATION, EventField.COMMANDS),
            EventKind.MESSAGE,
            ofSession(
                    EventField.QUEUE_ID,
                    EventField.MESSAGE_ID,
                    EventField.MAIL_FROM,
                    EventField.RECIPIENTS,
                    EventField.SIZE,
                    EventField.FROM_DOMAINS,
                    EventField.REPLY_TO_DOMAINS,
                    EventField.SENDER_DOMAINS,
                    EventField.DKIM),
            EventKind.REJECTION,
            ofSession(
                    EventField.QUEUE_ID,
                    EventField.MAIL_FROM,
                    EventField.RCPT_TO,
                    EventField.STAGE,
                    EventField.REPLY_CODE,
                    EventField.ENHANCED_STATUS,
                    EventField.REASON));

    /** What any event of a session may have, and more. */
    private static Set<EventField> ofSession(EventField... more) {
        Set<EventField> fields = EnumSet.of(
                EventField.CLIENT_NAME,
                EventField.HELO,
                EventField.PROTOCOL,
                EventField.TLS_PROTOCOL,
                EventField.TLS_NAMES,
                EventField.SASL_METHOD,
                EventField.CLAIMS);
        fields.addAll(List.of(more));
        return fields;
    }

    private FieldsSeen() {}

    private static Map<EventField, Predicate<SmtpEvent>> isSeen() {
        Map<EventField, Predicate<SmtpEvent>> seen = new EnumMap<>(EventField.class);
        seen.put(EventField.CLIENT_NAME, event -> event.getClientName() != null);
        seen.put(EventField.HELO, event -> event.getHelo() != null);
        seen.put(EventField.PROTOCOL, event -> event.getProtocol() != null);
        seen.put(EventField.TLS_PROTOCOL, event -> event.getTlsProtocol() != null);
        seen.put(EventField.TLS_NAMES, event -> !event.getTlsNames().isEmpty());
        seen.put(EventField.SASL_METHOD, event -> event.getSaslMethod() != null);
        seen.put(EventField.QUEUE_ID, event -> event.getQueueId() != null);
        seen.put(EventField.MESSAGE_ID, event -> event.getMessageId() != null);
        seen.put(EventField.MAIL_FROM, event -> event.getMailFrom() != null);
        seen.put(EventField.RCPT_TO, event -> event.getRcptTo() != null);
        seen.put(EventField.RECIPIENTS, event -> event.getRecipients() != null);
        seen.put(EventField.SIZE, event -> event.getSize() != null);
        seen.put(EventField.STAGE, event -> event.getStage() != null);
        seen.put(EventField.REPLY_CODE, event -> event.getReplyCode() != null);
        seen.put(EventField.ENHANCED_STATUS, event -> event.getEnhancedStatus() != null);
        seen.put(EventField.REASON, event -> event.getReason() != null);
        seen.put(EventField.END, event -> event.getEnd() != null);
        seen.put(EventField.DURATION, event -> event.getDuration() != null);
        seen.put(EventField.COMMANDS, event -> !event.getCommands().isEmpty());
        seen.put(EventField.FROM_DOMAINS, event -> !event.getFromDomains().isEmpty());
        seen.put(
                EventField.REPLY_TO_DOMAINS, event -> !event.getReplyToDomains().isEmpty());
        seen.put(EventField.SENDER_DOMAINS, event -> !event.getSenderDomains().isEmpty());
        seen.put(EventField.DKIM, event -> event.getDkim() != null);
        seen.put(EventField.CLAIMS, event -> !event.getClaims().isEmpty());
        return seen;
    }

    /** @param cut fields of which the log had only the beginning */
    static void note(SmtpEvent event, Collection<EventField> cut) {
        List<EventField> seen = new ArrayList<>();
        List<MissingField> missing = new ArrayList<>();
        for (EventField field : POSSIBLE.get(event.getKind())) {
            if (IS_SEEN.get(field).test(event)) {
                seen.add(field);
            } else if (!OPTIONAL.contains(field) && !cut.contains(field)) {
                missing.add(new MissingField(field, reason(event, field)));
            }
        }
        cut.forEach(field -> missing.add(new MissingField(field, MissingReason.CUT)));
        event.setSeen(seen);
        event.setMissing(missing);
    }

    /** Postfix's postscreen looks up no names. */
    private static MissingReason reason(SmtpEvent event, EventField field) {
        return field == EventField.CLIENT_NAME && !event.getService().endsWith("postscreen")
                ? MissingReason.NO_NAME
                : MissingReason.NOT_LOGGED;
    }
}
