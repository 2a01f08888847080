package org.slash64.connectors.amavis;

import java.util.List;
import org.slash64.connectors.log.SafeText;
import org.slash64.connectors.log.SmtpFact;
import org.slash64.connectors.log.SmtpFact.Claim;
import org.slash64.connectors.log.SmtpFact.Claimed;
import org.slash64.connectors.log.SmtpFact.Ignored;
import org.slash64.connectors.log.SmtpFact.Ignored.Why;
import org.slash64.connectors.log.SmtpFact.Method;
import org.slash64.connectors.spamassassin.TestNames;
import org.slash64.connectors.verdict.AngleAddress;
import org.slash64.connectors.verdict.Claims;
import org.slash64.connectors.verdict.DomainText;
import org.slash64.connectors.verdict.QueueId;
import org.slash64.connectors.verdict.Score;

/**
 * {@code CLEAN {RelayedInbound}, [192.0.2.1]:25 [192.0.2.1] <from> -> <to>,<to>, Queue-ID: X, Message-ID: <…>, mail_id: …,
 * Hits: -1.9, size: …, Tests: [A=1,B=2], dkim_sd=sel:example.org, … ms}. Addresses, Message-ID and, in the verbose template,
 * the subject are the sender's. The queue id stands behind the addresses, which are read with their quotes; the score is the
 * last one before the subject.
 */
final class MessageReport {

    private static final String RECIPIENTS = " -> ";
    private static final String QUEUE_ID = ", Queue-ID: ";
    private static final String QUARANTINE = ", quarantine: ";
    private static final String MESSAGE_ID = ", Message-ID: <";
    private static final String HITS = ", Hits: ";
    private static final String SUBJECT = ", Subject: \"";
    private static final String TESTS = ", Tests: [";
    private static final String SIGNATURES = ", dkim_sd=";
    private static final int MAX_RECIPIENTS = 1_000;
    private static final int MAX_SIGNATURES = 16;

    private final String text;

    private MessageReport(String text) {
        this.text = text;
    }

    /** What the line says from the category on. */
    static SmtpFact parse(String text, int start) {
        return new MessageReport(text).read(start);
    }

    private SmtpFact read(int start) {
        int fields = afterAddresses(start);
        if (fields < 0) {
            return new Ignored(Why.NO_EVENT); // the line is one of several for a very long one
        }
        int queueStart = text.startsWith(QUARANTINE, fields) ? valueEnd(fields + QUARANTINE.length()) : fields;
        String queueId = queueId(queueStart);
        int idStart = queueId == null ? queueStart : queueStart + QUEUE_ID.length() + queueId.length();
        String messageId = messageId(idStart);
        List<Claim> claims = claims(start, idStart);
        boolean named = queueId != null || messageId != null;
        return named && !claims.isEmpty() ? new Claimed(queueId, null, messageId, claims) : new Ignored(Why.NO_EVENT);
    }

    private String queueId(int at) {
        if (!text.startsWith(QUEUE_ID, at)) {
            return null;
        }
        String id = text.substring(at + QUEUE_ID.length(), valueEnd(at + QUEUE_ID.length()));
        return QueueId.is(id) ? id : null;
    }

    private String messageId(int at) {
        int end = text.startsWith(MESSAGE_ID, at) ? text.indexOf(">, ", at) : -1;
        return end < 0 ? null : SafeText.of(text.substring(at + MESSAGE_ID.length(), end));
    }

    /** The place behind {@code <from> -> <to>,<to>}, or -1. */
    private int afterAddresses(int start) {
        int open = text.indexOf('<', start);
        int at = open < 0 ? -1 : AngleAddress.end(text, open);
        if (at < 0 || !text.startsWith(RECIPIENTS, at)) {
            return -1;
        }
        at += RECIPIENTS.length();
        for (int i = 0; i < MAX_RECIPIENTS && text.startsWith("<", at); i++) {
            at = AngleAddress.end(text, at);
            if (at < 0 || !text.startsWith(",<", at)) {
                return at;
            }
            at++;
        }
        return at;
    }

    private int valueEnd(int start) {
        int comma = text.indexOf(", ", start);
        return comma < 0 ? text.length() : comma;
    }

    private List<Claim> claims(int category, int fields) {
        Claims claims = new Claims();
        int subject = text.lastIndexOf(SUBJECT);
        int hits = text.lastIndexOf(HITS, subject < 0 ? text.length() : subject);
        Double score = hits < fields ? null : score(hits + HITS.length());
        Boolean spam = isSpam(category, score);
        if (spam != null) {
            claims.add(Score.claim(spam, score));
        }
        int tests = text.lastIndexOf(TESTS);
        if (tests >= fields) {
            int close = text.indexOf(']', tests + TESTS.length());
            TestNames.read(text, tests + TESTS.length(), close < 0 ? text.length() : close, claims);
        }
        signatures(fields, claims);
        return claims.list();
    }

    /** {@code -1.9}, or {@code -1.9..6.2} where recipients differ: the higher one; {@code -} where nothing was checked. */
    private Double score(int start) {
        String value = text.substring(start, valueEnd(start));
        int range = value.indexOf("..");
        return Score.parse(range < 0 ? value : value.substring(range + 2));
    }

    /** Null where the category outranks spam, so that nobody knows: a virus, a banned file, what could not be checked. */
    private Boolean isSpam(int category, Double score) {
        if (text.startsWith("SPAM", category)) {
            return true; // SPAM, and SPAMMY below it
        }
        boolean below = text.startsWith("CLEAN", category)
                || text.startsWith("BAD-HEADER", category)
                || text.startsWith("OVERSIZED", category)
                || text.startsWith("MTA-BLOCKED", category);
        return (below && score != null) ? Boolean.FALSE : null;
    }

    /** {@code sel:example.org,sel2:example.net}: signatures that are valid. */
    private void signatures(int fields, Claims claims) {
        int at = text.lastIndexOf(SIGNATURES);
        if (at < fields) {
            return;
        }
        int end = valueEnd(at + SIGNATURES.length());
        at += SIGNATURES.length();
        for (int i = 0; i < MAX_SIGNATURES && at < end; i++) {
            int comma = text.indexOf(',', at);
            int signatureEnd = comma < 0 || comma > end ? end : comma;
            signature(text.substring(at, signatureEnd), claims);
            at = signatureEnd + 1;
        }
    }

    private static void signature(String signature, Claims claims) {
        int colon = signature.indexOf(':');
        String domain = colon < 0 ? null : DomainText.domain(signature.substring(colon + 1));
        if (domain != null) {
            String selector = DomainText.selector(signature.substring(0, colon));
            claims.add(new Claim(Method.DKIM, "pass", domain, selector, null));
        }
    }
}
