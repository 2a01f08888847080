package org.slash64.connectors.opensmtpd;

import org.slash64.connectors.log.SmtpFact.Session;
import org.slash64.schemas.Address;

/** Ids of sessions: 16 hex digits, in lower case. */
final class SessionId {

    private static final int MIN_DIGITS = 8;
    private static final int MAX_DIGITS = 16;

    private SessionId() {}

    /** The length of the id at a place of a text, before a blank, a colon or the end; 0 where there is none. */
    static int length(String text, int start) {
        int end = start;
        while (end < text.length() && end - start <= MAX_DIGITS && isHexDigit(text.charAt(end))) {
            end++;
        }
        boolean ends = end == text.length() || text.charAt(end) == ' ' || text.charAt(end) == ':';
        int length = end - start;
        return ends && length >= MIN_DIGITS && length <= MAX_DIGITS ? length : 0;
    }

    private static boolean isHexDigit(char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
    }

    /** The session, of whose client a line may tell nothing. */
    static Session session(String id, Address client, String clientName) {
        return new Session(OpenSmtpdParser.SERVICE, id, client, clientName);
    }
}
