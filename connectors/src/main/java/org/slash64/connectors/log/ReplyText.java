package org.slash64.connectors.log;

import org.slash64.connectors.log.SmtpFact.Reply;

/** Replies of SMTP servers as logs have them: {@code 550 5.7.1 No such user here}. */
public final class ReplyText {

    private static final int MAX_STATUS_DIGITS = 3; // RFC 3463 section 2: subject and detail have up to three digits

    private ReplyText() {}

    /** Splits off the reply code and the enhanced status code; either may be missing. */
    public static Reply of(String text) {
        int at = 0;
        int code = 0;
        if (digitsAt(text, 0) == 3 && (text.length() == 3 || text.charAt(3) == ' ' || text.charAt(3) == '-')) {
            code = Integer.parseInt(text, 0, 3, 10);
            at = Math.min(4, text.length());
        }
        int statusEnd = statusEnd(text, at);
        String status = statusEnd > at ? text.substring(at, statusEnd) : null;
        return new Reply(code, status, SafeText.of(text.substring(statusEnd).strip()));
    }

    private static int statusEnd(String text, int start) {
        if (digitsAt(text, start) != 1 || "245".indexOf(text.charAt(start)) < 0) {
            return start;
        }
        int at = start + 1;
        for (int part = 0; part < 2; part++) {
            int digits = text.startsWith(".", at) ? digitsAt(text, at + 1) : 0;
            if (digits == 0 || digits > MAX_STATUS_DIGITS) {
                return start;
            }
            at += 1 + digits;
        }
        return at == text.length() || text.charAt(at) == ' ' ? at : start;
    }

    private static int digitsAt(String text, int start) {
        int at = start;
        while (at < text.length() && at - start <= MAX_STATUS_DIGITS && isDigit(text.charAt(at))) {
            at++;
        }
        return at - start;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
