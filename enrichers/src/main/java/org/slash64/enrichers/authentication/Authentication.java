package org.slash64.enrichers.authentication;

import java.util.List;

/**
 * What the verdicts on one event come to.
 *
 * @param outcome whether mandatory authentication is met
 * @param domains proven domains, each with each method once, in the order MAIL FROM, HELO, signatures
 * @param alignment the best alignment of the From field with a proven domain, as DMARC has it (RFC 7489 section 3.1):
 *     SPF counts there with MAIL FROM alone
 * @param reason how the outcome came about, in words for people
 */
public record Authentication(
        AuthenticationOutcome outcome, List<AuthenticatedDomain> domains, Alignment alignment, String reason) {
    /** Copies the list. */
    public Authentication {
        domains = List.copyOf(domains);
    }
}
