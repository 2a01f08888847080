package org.slash64.topology.enrich;

import java.util.Optional;
import org.slash64.schemas.AuthenticationOutcome;
import org.slash64.schemas.AuthenticationVerdict;
import org.slash64.schemas.EventKind;
import org.slash64.schemas.Outcome;
import org.slash64.schemas.SmtpEvent;

/**
 * What each event is evidence of. A rejection speaks against a client only where it is permanent and the client's own
 * doing; an accepted message speaks for a client only where it is authenticated.
 */
public final class OutcomeTable {

    /** Replies that slash64 gave itself carry this word; they prove nothing, or the list would feed itself. */
    private static final String OWN_REPLY = "slash64";

    /**
     * @param outcome good, bad or neutral
     * @param row the row of the table that applied, for people
     */
    record Row(Outcome outcome, String row) {}

    private OutcomeTable() {}

    /** The row for an event and what authentication says about it. */
    static Row of(SmtpEvent event, Optional<AuthenticationVerdict> authentication) {
        return switch (event.getKind()) {
            case CONNECTION -> new Row(Outcome.NEUTRAL, "connection");
            case MESSAGE ->
                authentication
                        .map(AuthenticationVerdict::getOutcome)
                        .map(OutcomeTable::accepted)
                        .orElse(accepted(AuthenticationOutcome.NOT_KNOWN));
            case REJECTION -> rejection(event);
        };
    }

    private static Row accepted(AuthenticationOutcome outcome) {
        return switch (outcome) {
            case PASSED -> new Row(Outcome.GOOD, "authenticated message accepted");
            case FAILED -> new Row(Outcome.NEUTRAL, "unauthenticated message accepted");
            case TEMPERROR -> new Row(Outcome.NEUTRAL, "message accepted, authentication not settled");
            case NOT_KNOWN -> new Row(Outcome.NEUTRAL, "message accepted, authentication not known");
        };
    }

    private static Row rejection(SmtpEvent event) {
        if (isOwn(event)) {
            return new Row(Outcome.NEUTRAL, "refused by slash64 itself");
        }
        Integer code = event.getReplyCode();
        String status = event.getEnhancedStatus() == null ? "" : event.getEnhancedStatus();
        if (code == null && status.isEmpty()) {
            return new Row(Outcome.NEUTRAL, "refused without a code");
        }
        boolean permanent = code == null ? status.startsWith("5") : code >= 500;
        if (!permanent) {
            return new Row(Outcome.NEUTRAL, "refused for now (" + (code == null ? status : code) + ")");
        }
        if (code != null && code == 530) {
            return new Row(Outcome.NEUTRAL, "TLS or authentication asked for (530)");
        }
        return switch (subjectAndDetail(status)) {
            case "2.0", "2.1", "2.2", "2.3", "2.4" ->
                new Row(Outcome.NEUTRAL, "mailbox can't take it (" + status + ")");
            case "3.0", "3.1", "3.2", "3.4", "3.5" ->
                new Row(Outcome.NEUTRAL, "mail system can't take it (" + status + ")");
            default -> new Row(Outcome.BAD, "refused for good (" + (status.isEmpty() ? code : status) + ")");
        };
    }

    /** Whether it is a rejection that slash64 itself caused, so that it says nothing about the client. */
    public static boolean isOwn(SmtpEvent event) {
        return event.getKind() == EventKind.REJECTION && namesUs(event);
    }

    /** What clients say is quoted in angle or square brackets, or is the name of a login; that word of theirs is void. */
    private static boolean namesUs(SmtpEvent event) {
        String reason = event.getReason();
        if (reason == null || "AUTH".equals(event.getStage())) {
            return false;
        }
        int quoted = Math.max(reason.lastIndexOf('>'), reason.lastIndexOf(']'));
        return reason.indexOf(OWN_REPLY, quoted + 1) >= 0;
    }

    /** The last two parts of an enhanced status code (RFC 3463 section 2). */
    private static String subjectAndDetail(String status) {
        int dot = status.indexOf('.');
        return dot < 0 ? "" : status.substring(dot + 1);
    }
}
