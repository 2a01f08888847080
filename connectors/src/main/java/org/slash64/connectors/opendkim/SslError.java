package org.slash64.connectors.opendkim;

import java.util.List;
import org.slash64.connectors.log.SmtpFact.Claim;
import org.slash64.connectors.verdict.DomainText;

/**
 * {@code s=sel d=example.org a=rsa-sha256 SSL error:04091068:rsa routines::bad signature}. The line is also written when
 * nothing failed, then without an error, and says nothing about the result.
 */
final class SslError {

    private static final String DOMAIN = " d=";
    private static final String SSL = " SSL ";

    private SslError() {}

    static List<Claim> read(String text) {
        int domain = text.indexOf(DOMAIN);
        int ssl = domain < 0 ? -1 : text.indexOf(SSL, domain);
        boolean failed = ssl >= 0 && text.startsWith("error:", ssl + SSL.length());
        if (!failed) {
            return List.of();
        }
        int domainStart = domain + DOMAIN.length();
        int blank = text.indexOf(' ', domainStart);
        String selector = DomainText.selector(text.substring("s=".length(), domain));
        return List.of(OpenDkimParser.claim("fail", DomainText.domain(text.substring(domainStart, blank)), selector));
    }
}
