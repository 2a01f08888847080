package org.slash64.connectors.opendkim;

import org.slash64.connectors.log.SmtpFact.Claim;
import org.slash64.connectors.verdict.DomainText;

/** The signature that ends a statement: {@code key retrieval failed (s=sel, d=example.org): …}. */
final class SignatureNames {

    private static final String SELECTOR = " (s=";
    private static final String DOMAIN = ", d=";

    private SignatureNames() {}

    /** The result's claim, with the names where the text has them. */
    static Claim in(String text, String result) {
        int selector = text.indexOf(SELECTOR);
        int domain = selector < 0 ? -1 : text.indexOf(DOMAIN, selector);
        int end = domain < 0 ? -1 : end(text, domain + DOMAIN.length());
        return end < 0
                ? OpenDkimParser.claim(result, null, null)
                : OpenDkimParser.claim(
                        result,
                        DomainText.domain(text.substring(domain + DOMAIN.length(), end)),
                        DomainText.selector(text.substring(selector + SELECTOR.length(), domain)));
    }

    private static int end(String text, int start) {
        int end = start;
        while (end < text.length() && text.charAt(end) != ')' && text.charAt(end) != ',') {
            end++;
        }
        return end;
    }
}
