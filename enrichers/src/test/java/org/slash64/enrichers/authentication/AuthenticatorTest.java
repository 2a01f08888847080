package org.slash64.enrichers.authentication;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.slash64.enrichers.dkim.DkimFlag;
import org.slash64.enrichers.dkim.DkimResult;
import org.slash64.enrichers.dkim.DkimStatus;
import org.slash64.enrichers.dkim.Signer;
import org.slash64.enrichers.fcrdns.FcrdnsStatus;
import org.slash64.enrichers.spf.SpfResult;
import org.slash64.enrichers.spf.SpfStatus;

class AuthenticatorTest {

    private Optional<FcrdnsStatus> client = Optional.of(FcrdnsStatus.PASS);
    private Optional<SpfResult> mailFrom = Optional.empty();
    private Optional<SpfResult> helo = Optional.empty();
    private Optional<List<DkimResult>> dkim = Optional.empty();
    private List<String> from = List.of();

    private static Optional<SpfResult> spf(SpfStatus status, String domain) {
        return Optional.of(new SpfResult(status, domain, Optional.empty(), List.of(), 0, 1, 0, false, "said so"));
    }

    private static DkimResult signature(DkimStatus status, String domain, DkimFlag... flags) {
        return new DkimResult(status, new Signer(domain, "s1", "@" + domain, "rsa-sha256"), 2048, Set.of(flags), "so");
    }

    private Authentication summary() {
        Authentication summary = Authenticator.summarise(new Findings(client, mailFrom, helo, dkim, from));
        assertThat(summary.reason()).isNotBlank();
        return summary;
    }

    private List<String> domains() {
        return summary().domains().stream()
                .map(domain -> domain.domain() + " " + domain.method())
                .toList();
    }

    /** "-" is what was not seen. */
    private void see(String reverse, String spf, String signature) {
        client = "-".equals(reverse) ? Optional.empty() : Optional.of(FcrdnsStatus.valueOf(reverse));
        mailFrom = "-".equals(spf) ? Optional.empty() : spf(SpfStatus.valueOf(spf), "example.org");
        dkim = switch (signature) {
            case "-" -> Optional.empty();
            case "NONE" -> Optional.of(List.of());
            default -> Optional.of(List.of(signature(DkimStatus.valueOf(signature), "example.org")));
        };
    }

    @ParameterizedTest
    @CsvSource({
        "PASS,      PASS,      -,         PASSED",
        "PASS,      PASS,      NONE,      PASSED",
        "PASS,      PASS,      TEMPERROR, PASSED",
        "PASS,      FAIL,      PASS,      PASSED",
        "PASS,      TEMPERROR, PASS,      PASSED",
        "PASS,      -,         PASS,      PASSED",
        "PASS,      FAIL,      NONE,      FAILED",
        "PASS,      NONE,      FAIL,      FAILED",
        "PASS,      PERMERROR, POLICY,    FAILED",
        "PASS,      FAIL,      -,         NOT_KNOWN",
        "PASS,      -,         NONE,      NOT_KNOWN",
        "PASS,      -,         -,         NOT_KNOWN",
        "PASS,      TEMPERROR, -,         NOT_KNOWN",
        "PASS,      TEMPERROR, NONE,      TEMPERROR",
        "PASS,      NONE,      TEMPERROR, TEMPERROR",
        "FAIL,      PASS,      PASS,      FAILED",
        "PERMERROR, PASS,      PASS,      FAILED",
        "PERMERROR, -,         -,         FAILED",
        "TEMPERROR, PASS,      -,         TEMPERROR",
        "TEMPERROR, FAIL,      NONE,      FAILED",
        "TEMPERROR, FAIL,      -,         NOT_KNOWN",
        "-,         PASS,      PASS,      NOT_KNOWN",
        "-,         FAIL,      NONE,      FAILED"
    })
    void outcome_needsReverseDnsAndSpfOrDkim(
            String reverse, String spf, String signature, AuthenticationOutcome expected) {
        see(reverse, spf, signature);
        assertThat(summary().outcome()).isEqualTo(expected);
    }

    @Test
    void outcome_heloThatPasses_suffices() {
        see("PASS", "NONE", "-");
        helo = spf(SpfStatus.PASS, "mx.example.net");
        assertThat(summary().outcome()).isEqualTo(AuthenticationOutcome.PASSED);
        assertThat(domains()).containsExactly("mx.example.net SPF_HELO");
    }

    @Test
    void outcome_heloThatDnsCouldNotSettle_mayStillPass() {
        see("PASS", "FAIL", "NONE");
        helo = spf(SpfStatus.TEMPERROR, "mx.example.net");
        assertThat(summary().outcome()).isEqualTo(AuthenticationOutcome.TEMPERROR);
    }

    @ParameterizedTest
    @EnumSource(
            value = DkimFlag.class,
            names = {"TESTING", "UNSIGNED_BODY"})
    void outcome_signatureThatProvesNothing_isLikeNone(DkimFlag flag) {
        mailFrom = spf(SpfStatus.NONE, "example.org");
        dkim = Optional.of(List.of(signature(DkimStatus.PASS, "example.org", flag)));
        assertThat(summary().outcome()).isEqualTo(AuthenticationOutcome.FAILED);
        assertThat(summary().domains()).isEmpty();
        assertThat(summary().reason()).contains("DKIM pass that proves nothing");
    }

    @Test
    void outcome_legacySignatureThatWasAllowed_counts() {
        dkim = Optional.of(List.of(signature(DkimStatus.PASS, "example.org", DkimFlag.LEGACY)));
        assertThat(summary().outcome()).isEqualTo(AuthenticationOutcome.PASSED);
    }

    @Test
    void domains_areThoseThatPassedInOrderAndOnce() {
        mailFrom = spf(SpfStatus.PASS, "Bounce.Example.ORG");
        helo = spf(SpfStatus.FAIL, "mx.example.org");
        dkim = Optional.of(List.of(
                signature(DkimStatus.FAIL, "forged.example"),
                signature(DkimStatus.PASS, "mail.example.co.uk"),
                signature(DkimStatus.PASS, "mail.example.co.uk"),
                signature(DkimStatus.TEMPERROR, "slow.example")));
        assertThat(domains()).containsExactly("bounce.example.org SPF_MAIL_FROM", "mail.example.co.uk DKIM");
        assertThat(summary().domains())
                .extracting(AuthenticatedDomain::organisationalDomain)
                .containsExactly("example.org", "example.co.uk");
    }

    @Test
    void domains_uLabels_becomeALabels() {
        mailFrom = spf(SpfStatus.PASS, "m\u00fcller.example");
        assertThat(domains()).containsExactly("xn--mller-kva.example SPF_MAIL_FROM");
    }

    @Test
    void domains_publicSuffix_standsForItself() {
        dkim = Optional.of(List.of(signature(DkimStatus.PASS, "co.uk")));
        assertThat(summary().domains().get(0).organisationalDomain()).isEqualTo("co.uk");
    }

    @Test
    void domains_whatIsNoName_isLeftOut() {
        mailFrom = spf(SpfStatus.PASS, "not a name");
        assertThat(summary().domains()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "example.org,      STRICT",
        "EXAMPLE.org,      STRICT",
        "news.example.org, RELAXED",
        "example.net,      NONE"
    })
    void alignment_holdsFromAgainstTheProvenDomain(String domain, Alignment expected) {
        from = List.of(domain);
        see("PASS", "PASS", "NONE");
        assertThat(summary().alignment()).isEqualTo(expected);
        assertThat(summary().domains().get(0).alignment()).isEqualTo(expected);
    }

    @Test
    void alignment_suffixInCommon_isNotAligned() {
        from = List.of("alice.github.io");
        mailFrom = spf(SpfStatus.PASS, "bob.github.io");
        dkim = Optional.of(List.of());
        assertThat(summary().alignment()).isEqualTo(Alignment.NONE);
    }

    @Test
    void alignment_bestOfAllCounts() {
        from = List.of("example.org");
        mailFrom = spf(SpfStatus.PASS, "bounce.example.org");
        dkim = Optional.of(
                List.of(signature(DkimStatus.PASS, "esp.example"), signature(DkimStatus.PASS, "example.org")));
        assertThat(summary().alignment()).isEqualTo(Alignment.STRICT);
        assertThat(summary().domains())
                .extracting(AuthenticatedDomain::alignment)
                .containsExactly(Alignment.RELAXED, Alignment.NONE, Alignment.STRICT);
    }

    @Test
    void alignment_heloOfAMessageWithASender_cannotVouchForFrom() {
        from = List.of("example.org");
        see("PASS", "FAIL", "NONE");
        helo = spf(SpfStatus.PASS, "example.org");
        assertThat(summary().alignment()).isEqualTo(Alignment.NONE);
    }

    @Test
    void alignment_fromNotSeenOrOfSeveralDomains_isNotKnown() {
        see("PASS", "PASS", "PASS");
        assertThat(summary().alignment()).isEqualTo(Alignment.NOT_KNOWN);
        from = List.of("example.org", "example.net");
        assertThat(summary().alignment()).isEqualTo(Alignment.NOT_KNOWN);
        from = List.of("example.org", "Example.ORG");
        assertThat(summary().alignment()).isEqualTo(Alignment.STRICT);
    }

    @ParameterizedTest
    @CsvSource({
        "FAIL,      -,         NOT_KNOWN",
        "-,         FAIL,      NOT_KNOWN",
        "FAIL,      FAIL,      NONE",
        "TEMPERROR, NONE,      TEMPERROR",
        "NONE,      TEMPERROR, TEMPERROR"
    })
    void alignment_nothingProven_saysWhetherAllIsSettled(String spf, String signature, Alignment expected) {
        from = new ArrayList<>(List.of("example.org"));
        see("PASS", spf, signature);
        assertThat(summary().alignment()).isEqualTo(expected);
    }

    @Test
    void alignment_unsettledDomainOfAnotherOrganisation_doesNotMatter() {
        from = List.of("example.net");
        see("PASS", "FAIL", "TEMPERROR");
        assertThat(summary().alignment()).isEqualTo(Alignment.NONE);
    }
}
