package org.slash64.enrichers.dkim;

import java.util.Optional;
import org.slash64.enrichers.domain.Idna;

/**
 * Names as in d= and s=: sub-domains of RFC 5321 section 4.1.2, and underscores, which DNS has and mail uses. In mail
 * with internationalized header fields they may have U-labels, which are looked up and compared as A-labels (RFC 8616
 * sections 3 and 5).
 */
final class DomainSyntax {
    /** RFC 1035 section 2.3.4. */
    private static final int MAX_LABEL = 63;
    /** In text; 255 bytes on the wire. */
    private static final int MAX_NAME = 253;
    /** In UTF-8, four bytes a character at most; an A-label is never shorter than its U-label has characters. */
    private static final int MAX_TEXT = 4 * MAX_NAME;

    private DomainSyntax() {}

    /** The domain in lower case and A-labels, two or more; empty for what is none. */
    static Optional<String> domain(String text) {
        return selector(text).filter(name -> name.indexOf('.') > 0);
    }

    /** The same for one label or more. */
    static Optional<String> selector(String text) {
        if (text.length() > MAX_TEXT) {
            return Optional.empty();
        }
        Optional<String> name = Text.isAscii(text)
                ? Optional.of(Text.lower(text))
                : Text.utf8(text).flatMap(Idna::toAscii);
        return name.filter(DomainSyntax::isName);
    }

    private static boolean isName(String text) {
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

    /** Whether a name is the domain or below it; both in lower case and A-labels. */
    static boolean isWithin(String name, String domain) {
        return name.equals(domain) || name.endsWith("." + domain);
    }
}
