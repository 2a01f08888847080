package org.slash64.enrichers.authentication;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.slash64.enrichers.dkim.DkimFlag;
import org.slash64.enrichers.dkim.DkimResult;
import org.slash64.enrichers.dkim.DkimStatus;
import org.slash64.enrichers.domain.DomainName;
import org.slash64.enrichers.domain.PublicSuffixes;
import org.slash64.enrichers.fcrdns.FcrdnsStatus;
import org.slash64.enrichers.spf.SpfResult;
import org.slash64.enrichers.spf.SpfStatus;

/**
 * Sums up verdicts. A pure function:
 *
 * <ul>
 *   <li>The client's condition is that reverse DNS passes.
 *   <li>The sender's condition is that SPF passes for MAIL FROM or HELO, or a DKIM signature passes. It is known to fail
 *       only where both SPF on MAIL FROM and DKIM were checked.
 *   <li>A signature proves nothing while its domain only tests DKIM (RFC 6376 section 3.6.1), nor where it leaves a part
 *       of the body unsigned (section 8.2).
 * </ul>
 */
public final class Authenticator {

    /** A proven name, before it is held against the From field. */
    private record Proven(String domain, Method method) {}

    private final Findings findings;
    private final Optional<String> from;

    private Authenticator(Findings findings) {
        this.findings = findings;
        this.from = onlyDomain(findings.fromDomains());
    }

    /** What the verdicts come to. */
    public static Authentication summarise(Findings findings) {
        return new Authenticator(findings).summarise();
    }

    private Authentication summarise() {
        List<AuthenticatedDomain> domains = new ArrayList<>();
        proven().forEach(proven -> domains.add(authenticated(proven)));
        AuthenticationOutcome outcome = client().and(sender());
        return new Authentication(outcome, domains, alignment(domains), reason());
    }

    private AuthenticationOutcome client() {
        return findings.client()
                .map(status -> switch (status) {
                    case PASS -> AuthenticationOutcome.PASSED;
                    case FAIL, PERMERROR -> AuthenticationOutcome.FAILED;
                    case TEMPERROR -> AuthenticationOutcome.TEMPERROR;
                })
                .orElse(AuthenticationOutcome.NOT_KNOWN);
    }

    private AuthenticationOutcome sender() {
        AuthenticationOutcome mailFrom =
                findings.mailFrom().map(Authenticator::outcome).orElse(AuthenticationOutcome.NOT_KNOWN);
        AuthenticationOutcome helo =
                findings.helo().map(Authenticator::outcome).orElse(AuthenticationOutcome.FAILED); // need not be asked
        AuthenticationOutcome dkim =
                findings.dkim().map(Authenticator::outcome).orElse(AuthenticationOutcome.NOT_KNOWN);
        return mailFrom.or(helo).or(dkim);
    }

    private static AuthenticationOutcome outcome(SpfResult result) {
        return switch (result.status()) {
            case PASS -> AuthenticationOutcome.PASSED;
            case TEMPERROR -> AuthenticationOutcome.TEMPERROR;
            case NONE, NEUTRAL, FAIL, SOFTFAIL, PERMERROR -> AuthenticationOutcome.FAILED;
        };
    }

    private static AuthenticationOutcome outcome(List<DkimResult> results) {
        AuthenticationOutcome outcome = AuthenticationOutcome.FAILED;
        for (DkimResult result : results) {
            if (proves(result)) {
                return AuthenticationOutcome.PASSED;
            }
            if (result.status() == DkimStatus.TEMPERROR) {
                outcome = AuthenticationOutcome.TEMPERROR;
            }
        }
        return outcome;
    }

    private static boolean proves(DkimResult result) {
        return result.status() == DkimStatus.PASS
                && !result.flags().contains(DkimFlag.TESTING)
                && !result.flags().contains(DkimFlag.UNSIGNED_BODY);
    }

    /** Each once. */
    private Set<Proven> proven() {
        Set<Proven> proven = new LinkedHashSet<>();
        findings.mailFrom().ifPresent(spf -> addPassed(spf, Method.SPF_MAIL_FROM, proven));
        findings.helo().ifPresent(spf -> addPassed(spf, Method.SPF_HELO, proven));
        for (DkimResult result : findings.dkim().orElse(List.of())) {
            if (proves(result)) {
                add(result.signer().domain(), Method.DKIM, proven);
            }
        }
        return proven;
    }

    private static void addPassed(SpfResult spf, Method method, Set<Proven> proven) {
        if (spf.status() == SpfStatus.PASS) {
            add(spf.domain(), method, proven);
        }
    }

    private static void add(String domain, Method method, Set<Proven> proven) {
        name(domain).ifPresent(name -> proven.add(new Proven(name, method)));
    }

    private AuthenticatedDomain authenticated(Proven proven) {
        return new AuthenticatedDomain(
                proven.domain(), organisational(proven.domain()), proven.method(), alignment(proven));
    }

    private Alignment alignment(Proven proven) {
        if (from.isEmpty()) {
            return Alignment.NOT_KNOWN;
        }
        return proven.method() == Method.SPF_HELO ? Alignment.NONE : compare(from.get(), proven.domain());
    }

    private static Alignment compare(String from, String other) {
        if (from.equals(other)) {
            return Alignment.STRICT;
        }
        return organisational(from).equals(organisational(other)) ? Alignment.RELAXED : Alignment.NONE;
    }

    /** The best of all; where there is none, whether all that could have been one is settled. */
    private Alignment alignment(List<AuthenticatedDomain> domains) {
        Set<Alignment> found = EnumSet.noneOf(Alignment.class);
        domains.forEach(domain -> found.add(domain.alignment()));
        if (found.contains(Alignment.STRICT)) {
            return Alignment.STRICT;
        }
        if (found.contains(Alignment.RELAXED)) {
            return Alignment.RELAXED;
        }
        if (from.isEmpty() || findings.mailFrom().isEmpty() || findings.dkim().isEmpty()) {
            return Alignment.NOT_KNOWN;
        }
        return unsettled().anyMatch(domain -> compare(from.get(), domain) != Alignment.NONE)
                ? Alignment.TEMPERROR
                : Alignment.NONE;
    }

    /** Domains that DNS could not settle now. */
    private Stream<String> unsettled() {
        Stream<String> spf = findings
                .mailFrom()
                .filter(result -> result.status() == SpfStatus.TEMPERROR)
                .flatMap(result -> name(result.domain()))
                .stream();
        Stream<String> dkim = findings.dkim().orElse(List.of()).stream()
                .filter(result -> result.status() == DkimStatus.TEMPERROR)
                .flatMap(result -> name(result.signer().domain()).stream());
        return Stream.concat(spf, dkim);
    }

    private String reason() {
        List<String> parts = new ArrayList<>();
        parts.add("reverse DNS " + findings.client().map(FcrdnsStatus::text).orElse("not asked"));
        parts.add("SPF "
                + findings.mailFrom().map(result -> result.status().text()).orElse("not checked"));
        findings.helo()
                .ifPresent(result -> parts.add("SPF of HELO " + result.status().text()));
        parts.add("DKIM " + findings.dkim().map(Authenticator::inWords).orElse("not seen"));
        return String.join(", ", parts);
    }

    private static String inWords(List<DkimResult> results) {
        Set<String> words = new LinkedHashSet<>();
        for (DkimResult result : results) {
            boolean weak = result.status() == DkimStatus.PASS && !proves(result);
            words.add(weak ? "pass that proves nothing" : result.status().text());
        }
        return words.isEmpty() ? DkimStatus.NONE.text() : String.join(" and ", words);
    }

    /** The one domain that the From field names; with several nobody knows which is meant (RFC 7489 section 6.6.1). */
    private static Optional<String> onlyDomain(List<String> domains) {
        Set<String> names = new HashSet<>();
        domains.forEach(domain -> names.add(name(domain).orElse("")));
        return names.size() == 1
                ? Optional.of(names.iterator().next()).filter(name -> !name.isEmpty())
                : Optional.empty();
    }

    private static Optional<String> name(String text) {
        return Optional.of(DomainName.parse(text)).filter(DomainName::isName).map(DomainName::ascii);
    }

    /** Of a name of two labels it is the name: registered below a suffix of one label, or a suffix itself. */
    private static String organisational(String name) {
        boolean two = name.indexOf('.') == name.lastIndexOf('.');
        return two ? name : PublicSuffixes.of(name).organisational().orElse(name);
    }
}
