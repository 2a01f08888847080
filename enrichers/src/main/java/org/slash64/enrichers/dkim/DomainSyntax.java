package org.slash64.enrichers.dkim;

/** Names as in d= and s=: sub-domains of RFC 5321 section 4.1.2, and underscores, which DNS has and mail uses. */
final class DomainSyntax {
    /** RFC 1035 section 2.3.4. */
    private static final int MAX_LABEL = 63;
    /** In text; 255 bytes on the wire. */
    private static final int MAX_NAME = 253;

    private DomainSyntax() {}

    /** Two labels or more. */
    static boolean isDomain(String text) {
        return isSelector(text) && text.indexOf('.') > 0;
    }

    /** One label or more. */
    static boolean isSelector(String text) {
        if (text.length() > MAX_NAME) {
            return false;
        }
        int start = 0;
        for (int dot = text.indexOf('.'); dot >= 0; dot = text.indexOf('.', start)) {
            if (!isLabel(text, start, dot)) {
                return false;
            }
            start = dot + 1;
        }
        return isLabel(text, start, text.length());
    }

    private static boolean isLabel(String text, int start, int end) {
        if (start == end || end - start > MAX_LABEL || text.charAt(start) == '-' || text.charAt(end - 1) == '-') {
            return false;
        }
        for (int i = start; i < end; i++) {
            char c = text.charAt(i);
            if (!Text.isLetter(c) && !Text.isDigit(c) && c != '-' && c != '_') {
                return false;
            }
        }
        return true;
    }

    /** Whether a name is the domain or below it; both in lower case. */
    static boolean isWithin(String name, String domain) {
        return name.equals(domain) || name.endsWith("." + domain);
    }
}
