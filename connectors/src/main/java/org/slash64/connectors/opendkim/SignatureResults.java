package org.slash64.connectors.opendkim;

import java.util.List;
import org.slash64.connectors.log.SmtpFact.Claim;
import org.slash64.connectors.verdict.Claims;
import org.slash64.connectors.verdict.DomainText;

/**
 * What LogResults adds: {@code signature=Ab3x domain=example.org selector=sel result="no signature error"; signature=…}. The
 * words are those of dkim_sig_geterrorstr() of libopendkim.
 */
final class SignatureResults {

    private static final int MAX_SIGNATURES = 32;
    private static final String DOMAIN = " domain=";
    private static final String SELECTOR = " selector=";
    private static final String RESULT = " result=\"";

    private SignatureResults() {}

    static List<Claim> read(String text) {
        Claims claims = new Claims();
        int at = 0;
        for (int i = 0; i < MAX_SIGNATURES && at >= 0 && at < text.length(); i++) {
            at = next(text, at, claims);
        }
        return claims.list();
    }

    /** Reads one; the place of the next, or -1. */
    private static int next(String text, int at, Claims claims) {
        int domain = text.indexOf(DOMAIN, at);
        int selector = domain < 0 ? -1 : text.indexOf(SELECTOR, domain);
        int result = selector < 0 ? -1 : text.indexOf(RESULT, selector);
        int end = result < 0 ? -1 : text.indexOf('"', result + RESULT.length());
        if (end < 0) {
            return -1;
        }
        String word = result(text.substring(result + RESULT.length(), end));
        claims.add(OpenDkimParser.claim(
                word,
                DomainText.domain(text.substring(domain + DOMAIN.length(), selector)),
                DomainText.selector(text.substring(selector + SELECTOR.length(), result))));
        return end + 1;
    }

    private static String result(String error) {
        return switch (error) {
            case "no signature error" -> "pass";
            case "signature verification failed", "body hash mismatch", "signature-key hash mismatch" -> "fail";
            case "key DNS query failed" -> "temperror";
            case "signing key too small" -> "policy"; // RFC 8601 section 2.7.1: not acceptable to the verifier
            default -> "permerror";
        };
    }
}
