package org.slash64.enrichers.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.Type;

class DomainChecksTest {
    private final ScriptedDns dns = new ScriptedDns();
    private final DomainChecks checks =
            new DomainChecks(dns, new DnsBlocklists(List.of(BlocklistPreset.SPAMHAUS_DBL.list())));

    private static SeenName seen(DomainRole role, String text) {
        return new SeenName(role, text);
    }

    private List<DomainResult> check(SeenName... names) {
        return checks.check(List.of(names)).join().domains();
    }

    @Test
    void check_oneName_saysAllThereIs() throws Exception {
        dns.answers("mail.example.test", Type.MX, "10 mail.example.test.")
                .answers("mail.example.test.dbl.spamhaus.org", Type.A, "127.0.1.2");
        assertThat(check(seen(DomainRole.MAIL_FROM, "Mail.Example.TEST")))
                .containsExactly(new DomainResult(
                        "Mail.Example.TEST",
                        EnumSet.of(DomainRole.MAIL_FROM),
                        new DomainName(DomainName.Kind.DOMAIN, "mail.example.test", ""),
                        PublicSuffixes.of("mail.example.test"),
                        new Existence(ExistenceStatus.HAS_MX, "1 MX"),
                        List.of(new BlocklistAnswer(
                                "spamhaus-dbl",
                                BlocklistStatus.LISTED,
                                List.of(new Listing(new Meaning(ListingKind.BAD, "spam"), "127.0.1.2")),
                                ""))));
    }

    @Test
    void check_sameNameInSeveralRoles_isAskedOnce() {
        List<DomainResult> results = check(
                seen(DomainRole.HELO, "bücher.example"),
                seen(DomainRole.FROM, "other.example"),
                seen(DomainRole.PTR, "xn--bcher-kva.example"),
                seen(DomainRole.PTR, "BÜCHER.example."));
        assertThat(results).extracting(DomainResult::text).containsExactly("bücher.example", "other.example");
        assertThat(results.get(0).roles()).containsExactly(DomainRole.PTR, DomainRole.HELO);
        assertThat(dns.questions())
                .containsOnlyOnce("xn--bcher-kva.example MX")
                .containsOnlyOnce("xn--bcher-kva.example.dbl.spamhaus.org A");
    }

    @Test
    void check_wildcardOfACertificate_isTheNameBelowIt() {
        List<DomainResult> results =
                check(seen(DomainRole.TLS_NAME, "*.example.test"), seen(DomainRole.HELO, "*.example.test"));
        assertThat(results)
                .extracting(result -> result.name().kind())
                .containsExactly(DomainName.Kind.DOMAIN, DomainName.Kind.INVALID);
        assertThat(results.get(0).text()).isEqualTo("*.example.test");
        assertThat(results.get(0).name().ascii()).isEqualTo("example.test");
    }

    @Test
    void check_moreNamesThanTheLimit_passesOverTheLast() {
        List<SeenName> names = new ArrayList<>();
        IntStream.range(0, 100).forEach(i -> names.add(seen(DomainRole.FROM, "n" + i + ".test")));
        names.add(seen(DomainRole.HELO, "N0.test"));
        DomainReport report = checks.check(names).join();
        assertThat(report.domains()).hasSize(32);
        assertThat(report.domains().get(0).roles()).containsExactly(DomainRole.HELO, DomainRole.FROM);
        assertThat(report.passedOver()).isEqualTo(68);
    }

    @Test
    void check_noNames_isAnEmptyReport() {
        assertThat(checks.check(List.of()).join()).isEqualTo(new DomainReport(List.of(), 0));
    }

    @Test
    void check_answersAtHand_isDoneAtOnce() {
        assertThat(checks.check(List.of(seen(DomainRole.HELO, "example.test")))).isDone();
    }

    @Test
    void check_deadlinePasses_isTempErrorWithWhatIsKnown() throws Exception {
        dns.answers("a.test", Type.MX, "10 a.test.")
                .hangs("a.test.dbl.spamhaus.org", Type.A)
                .hangs("b.test", Type.MX);
        DomainChecks hasty = new DomainChecks(
                dns,
                new DnsBlocklists(List.of(BlocklistPreset.SPAMHAUS_DBL.list())),
                new DomainLimits(32, Duration.ofMillis(30)));
        List<DomainResult> results = hasty.check(
                        List.of(seen(DomainRole.FROM, "a.test"), seen(DomainRole.FROM, "b.test")))
                .get()
                .domains();
        assertThat(results)
                .extracting(result -> result.existence().status())
                .containsExactly(ExistenceStatus.HAS_MX, ExistenceStatus.TEMPERROR);
        assertThat(results)
                .extracting(result -> result.blocklists().get(0).status())
                .containsExactly(BlocklistStatus.TEMPERROR, BlocklistStatus.NOT_LISTED);
        assertThat(results.get(1).existence().reason()).isEqualTo("MX lookup: TIMEOUT, no answer in time");
    }

    @Test
    void check_clientClosed_isCancelledAndNoVerdict() {
        dns.fails("a.test", Type.MX, new CancellationException("closed"));
        CompletableFuture<DomainReport> report = checks.check(List.of(seen(DomainRole.FROM, "a.test")));
        assertThatThrownBy(report::join).hasRootCauseInstanceOf(CancellationException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\u0000b", "a\u001b[31m.test", "\u202etset.elpmaxe", "a\u2028b", "\ud800", "\ue000"})
    void check_hostileText_isShownSafely(String text) {
        DomainResult result = check(seen(DomainRole.HELO, text)).get(0);
        assertThat(result.name().kind()).isEqualTo(DomainName.Kind.INVALID);
        assertThat(result.text()).contains("?").doesNotContainPattern("[\\p{Cntrl}\\u202e\\u2028\\ud800\\ue000]");
        assertThat(dns.questions()).isEmpty();
    }

    @Test
    void check_hugeText_isCut() {
        assertThat(check(seen(DomainRole.HELO, "a.".repeat(1_000_000))).get(0).text())
                .hasSize(253);
        assertThat(check(seen(DomainRole.HELO, "😀".repeat(1_000_000))).get(0).text())
                .hasSizeLessThanOrEqualTo(254);
    }

    @Test
    void check_randomText_neverFails() {
        Random random = new Random(64);
        String alphabet = "abAB01-_.。[]:*@ xn\u0000\u00df\u00fc\u05d0\u0661\u200d\u202e\ud83d\ude00\ud800";
        for (int i = 0; i < 5_000; i++) {
            StringBuilder text = new StringBuilder(random.nextInt(4) == 0 ? "xn--" : "");
            random.ints(random.nextInt(20), 0, alphabet.length()).forEach(at -> text.append(alphabet.charAt(at)));
            DomainResult result =
                    check(seen(DomainRole.TLS_NAME, text.toString())).get(0);
            assertThat(result.name().ascii()).matches("[a-z0-9_.-]*");
        }
    }
}
