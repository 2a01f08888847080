package org.slash64.connectors.verdict;

import java.util.Locale;

/** The results of RFC 8601 section 2.7, and what programs say instead of them. */
public final class ResultWord {

    private static final int MAX_WORD = 16;

    private ResultWord() {}

    /** The word of RFC 8601, or null where the text is none of them. */
    public static String of(String text) {
        if (text.length() > MAX_WORD) {
            return null;
        }
        String word = text.toLowerCase(Locale.ROOT);
        return switch (word) {
            case "none", "pass", "fail", "softfail", "neutral", "policy", "temperror", "permerror" -> word;
            case "hardfail" -> "fail"; // RFC 7601 section 2.7.2 retired it
            case "tempfail", "temp_error" -> "temperror";
            case "permfail", "perm_error", "invalid" -> "permerror";
            default -> null;
        };
    }
}
