package org.slash64.connectors.verdict;

import org.slash64.connectors.log.SmtpFact.Claim;
import org.slash64.connectors.log.SmtpFact.Method;

/** Spam scores. */
public final class Score {

    private static final int MAX_TEXT = 16;
    private static final String SPAM = "spam";
    private static final String HAM = "ham";

    private Score() {}

    /** The number {@code -1.9}, or null where the text is none. */
    public static Double parse(String text) {
        boolean digit = false;
        int points = 0;
        for (int i = 0; i < text.length() && i <= MAX_TEXT; i++) {
            char c = text.charAt(i);
            boolean sign = i == 0 && (c == '-' || c == '+');
            points += c == '.' ? 1 : 0;
            digit |= c >= '0' && c <= '9';
            if (!sign && c != '.' && (c < '0' || c > '9')) {
                return null;
            }
        }
        return digit && points <= 1 && text.length() <= MAX_TEXT ? Double.valueOf(text) : null;
    }

    /** The verdict of a spam filter; the score may be null. */
    public static Claim claim(boolean spam, Double score) {
        return new Claim(Method.SPAM, spam ? SPAM : HAM, null, null, score);
    }
}
