package org.slash64.connectors.verdict;

import java.util.Locale;

/** Domains and selectors in logs, which may hold anything that a sender wrote. */
public final class DomainText {

    private static final int MAX_DOMAIN = 253; // RFC 1035 section 2.3.4

    private DomainText() {}

    /** The domain in lower case without a dot at its end, or null where the text is none. */
    public static String domain(String text) {
        String name = text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
        return name.indexOf('.') > 0 && isName(name) ? name.toLowerCase(Locale.ROOT) : null;
    }

    /** The selector (RFC 6376 section 3.1) in lower case, or null where the text is none. */
    public static String selector(String text) {
        return isName(text) ? text.toLowerCase(Locale.ROOT) : null;
    }

    private static boolean isName(String text) {
        for (int i = 0; i < text.length() && i <= MAX_DOMAIN; i++) {
            char c = text.charAt(i);
            boolean ascii = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
            boolean beyond = c > 0x7f && Character.isLetterOrDigit(c); // U-labels, RFC 6532
            if (!ascii && !beyond && c != '-' && c != '_' && c != '.') {
                return false;
            }
        }
        return !text.isEmpty() && text.length() <= MAX_DOMAIN;
    }
}
