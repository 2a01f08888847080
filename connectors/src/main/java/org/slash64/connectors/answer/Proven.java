package org.slash64.connectors.answer;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slash64.enrichers.authentication.AuthenticatedDomain;
import org.slash64.enrichers.authentication.Authentication;
import org.slash64.enrichers.authentication.Method;
import org.slash64.schemas.Domain;
import org.slash64.schemas.Standing;

/**
 * A domain that a mail is proven to be of.
 *
 * @param organisational its organisational domain, by which it is rated
 * @param method what proved it
 */
record Proven(Domain domain, Domain organisational, Method method) {

    /** Those of them that lists can have. */
    static List<Proven> of(Authentication authentication) {
        List<Proven> all = new ArrayList<>();
        for (AuthenticatedDomain authenticated : authentication.domains()) {
            Optional<Domain> domain = Domain.parse(authenticated.domain());
            Optional<Domain> organisational =
                    authenticated.organisationalDomain().equals(authenticated.domain())
                            ? domain
                            : Domain.parse(authenticated.organisationalDomain());
            if (domain.isPresent() && organisational.isPresent()) {
                all.add(new Proven(domain.get(), organisational.get(), authenticated.method()));
            }
        }
        return all;
    }

    /** True where it is in good standing and the client is one of its own, by SPF. */
    boolean isGoodBySpf(Knowledge known) {
        return method != Method.DKIM && known.standing(organisational) == Standing.GOOD;
    }
}
