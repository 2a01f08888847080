package org.slash64.topology.enrich;

import org.slash64.schemas.FcrdnsResult;
import org.slash64.schemas.Outcome;
import org.slash64.schemas.SmtpEvent;

/**
 * What each event is evidence of. A rejection speaks against a client only where it is permanent and the client's own
 * doing; an accepted message speaks for a client only where the client can be named.
 */
final class OutcomeTable {

    /** Replies that slash64 gave itself carry this word; they prove nothing, or the list would feed itself. */
    private static final String OWN_REPLY = "slash64";

    /**
     * @param outcome good, bad or neutral
     * @param row the row of the table that applied, for people
     */
    record Row(Outcome outcome, String row) {}

    private OutcomeTable() {}

    /** The row for an event whose client has this FCrDNS result. */
    static Row of(SmtpEvent event, FcrdnsResult fcrdns) {
        return switch (event.getKind()) {
            case CONNECTION -> new Row(Outcome.NEUTRAL, "connection");
            case MESSAGE ->
                fcrdns == FcrdnsResult.PASS
                        ? new Row(Outcome.GOOD, "message accepted from a client with confirmed reverse DNS")
                        : new Row(Outcome.NEUTRAL, "message accepted from a client without confirmed reverse DNS");
            case REJECTION -> rejection(event);
        };
    }

    private static Row rejection(SmtpEvent event) {
        if (event.getReason() != null && event.getReason().contains(OWN_REPLY)) {
            return new Row(Outcome.NEUTRAL, "refused by slash64 itself");
        }
        Integer code = event.getReplyCode();
        if (code == null) {
            return new Row(Outcome.NEUTRAL, "refused without a reply code");
        }
        if (code < 500) {
            return new Row(Outcome.NEUTRAL, "refused for now (" + code + ")");
        }
        String status = event.getEnhancedStatus() == null ? "" : event.getEnhancedStatus();
        if (code == 530) {
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

    /** The last two parts of an enhanced status code (RFC 3463 section 2). */
    private static String subjectAndDetail(String status) {
        int dot = status.indexOf('.');
        return dot < 0 ? "" : status.substring(dot + 1);
    }
}
