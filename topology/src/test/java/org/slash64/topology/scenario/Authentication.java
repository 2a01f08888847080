package org.slash64.topology.scenario;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slash64.schemas.Alignment;
import org.slash64.schemas.AuthenticatedDomain;
import org.slash64.schemas.AuthenticationMethod;
import org.slash64.schemas.AuthenticationOutcome;
import org.slash64.schemas.AuthenticationVerdict;
import org.slash64.schemas.FcrdnsResult;
import org.slash64.topology.Events;
import org.slash64.topology.enrich.LookedUp;

/**
 * What looking an event up finds: {@code failed}, {@code not known}, {@code temperror}, {@code passed by example.org},
 * {@code passed by a.example and b.example}, or {@code passed by a domain of each client}, which are the organisational domains
 * domain-0.example, domain-1.example and so on.
 */
record Authentication(AuthenticationOutcome outcome, List<String> domains, boolean ofEachClient) {

    private static final String PASSED = "passed by ";

    static Authentication parse(String text) {
        if (text.equals(PASSED + "a domain of each client")) {
            return new Authentication(AuthenticationOutcome.PASSED, List.of(), true);
        }
        if (text.startsWith(PASSED)) {
            List<String> domains = List.of(text.substring(PASSED.length()).split(" and ", -1));
            return new Authentication(AuthenticationOutcome.PASSED, domains, false);
        }
        AuthenticationOutcome outcome = Stream.of(AuthenticationOutcome.values())
                .filter(value ->
                        value != AuthenticationOutcome.PASSED && words(value).equals(text))
                .findFirst()
                .orElseThrow(
                        () -> new IllegalArgumentException("is none of failed, not known, temperror, passed by D"));
        return new Authentication(outcome, List.of(), false);
    }

    private static String words(AuthenticationOutcome outcome) {
        return Words.of(outcome);
    }

    /** What is found out about the events of the client with this number. */
    LookedUp of(int client) {
        List<String> proven = ofEachClient ? List.of("domain-" + client + ".example") : domains;
        AuthenticationVerdict verdict = new AuthenticationVerdict(
                outcome,
                proven.stream().map(Authentication::proven).toList(),
                Alignment.NOT_KNOWN,
                "said by the scenario");
        return new LookedUp(
                Events.fcrdns(fcrdns()), List.of(), Optional.empty(), Optional.of(verdict), List.of(), 0, List.of());
    }

    private static AuthenticatedDomain proven(String domain) {
        return new AuthenticatedDomain(domain, domain, AuthenticationMethod.SPF_MAIL_FROM, Alignment.NOT_KNOWN);
    }

    private FcrdnsResult fcrdns() {
        return switch (outcome) {
            case PASSED, NOT_KNOWN -> FcrdnsResult.PASS;
            case FAILED -> FcrdnsResult.PERMERROR;
            case TEMPERROR -> FcrdnsResult.TEMPERROR;
        };
    }
}
