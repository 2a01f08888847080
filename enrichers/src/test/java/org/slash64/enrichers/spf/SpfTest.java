package org.slash64.enrichers.spf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slash64.enrichers.dns.Dns;
import org.slash64.enrichers.dns.DnsAnswer;
import org.slash64.enrichers.dns.DnsOutcome;
import org.xbill.DNS.Address;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.PTRRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.ReverseMap;

class SpfTest {
    private static final String V4 = "192.0.2.1";
    private static final String V6 = "2001:db8::1";

    private static InetAddress ip(String text) {
        try {
            return InetAddress.getByAddress(
                    Address.toByteArray(text, text.indexOf(':') < 0 ? Address.IPv4 : Address.IPv6));
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static SpfQuery from(String client) {
        return SpfQuery.mailFrom(ip(client), "user@example.com", "mx.example.org");
    }

    private static SpfResult check(Dns dns, String client) {
        return new Spf(dns).check(from(client)).join();
    }

    private static SpfResult check(Dns dns, String client, int voidLookups) {
        SpfLimits limits = SpfLimits.DEFAULTS.withVoidLookups(voidLookups);
        return new Spf(dns, limits, "mx.receiver.example", Clock.systemUTC())
                .check(from(client))
                .join();
    }

    @Test
    void check_passThroughIncludes_namesThePath() throws Exception {
        RecordedDns dns = RecordedDns.of(
                "example.com. TXT \"v=spf1 include:a.example.net -all\"",
                "a.example.net. TXT \"v=spf1 ?include:no.example.net include:b.example.net -all\"",
                "no.example.net. TXT \"v=spf1 -ip6:2001:db8::/32\"",
                "b.example.net. TXT \"v=spf1 ip6:2001:db8::/32 -all\"");
        SpfResult result = check(dns, V6);
        assertThat(result.status()).isEqualTo(SpfStatus.PASS);
        assertThat(result.path())
                .containsExactly(
                        new SpfMatch("example.com", "include:a.example.net"),
                        new SpfMatch("a.example.net", "include:b.example.net"),
                        new SpfMatch("b.example.net", "ip6:2001:db8::/32"));
        assertThat(result.match()).contains(new SpfMatch("b.example.net", "ip6:2001:db8::/32"));
        assertThat(result.dnsTerms()).isEqualTo(3);
        assertThat(result.queries()).isEqualTo(4);
        assertThat(result.reason()).isEqualTo("ip6:2001:db8::/32 of b.example.net matches");
    }

    @Test
    void check_redirectInInclude_returnsToTheIncluder() throws Exception {
        RecordedDns dns = RecordedDns.of(
                "example.com. TXT \"v=spf1 include:a.example.net ~all\"",
                "a.example.net. TXT \"v=spf1 redirect=b.example.net exp=no.example.net\"",
                "b.example.net. TXT \"v=spf1 -all\"");
        assertThat(check(dns, V4).match()).contains(new SpfMatch("example.com", "~all"));
    }

    @Test
    void check_nullSender_isPostmasterAtHelo() throws Exception {
        RecordedDns dns = RecordedDns.of(
                "mx.example.org. TXT \"v=spf1 exists:%{l}.%{o}.x.example.org -all\"",
                "postmaster.mx.example.org.x.example.org. A 127.0.0.2");
        SpfResult result = new Spf(dns)
                .check(SpfQuery.mailFrom(ip(V4), "", "mx.example.org"))
                .join();
        assertThat(result.status()).isEqualTo(SpfStatus.PASS);
        assertThat(result.domain()).isEqualTo("mx.example.org");
        assertThat(new Spf(dns)
                        .check(SpfQuery.helo(ip(V4), "mx.example.org."))
                        .join()
                        .domain())
                .isEqualTo("mx.example.org");
    }

    @Test
    void check_internationalDomain_asksForALabels() throws Exception {
        RecordedDns dns = RecordedDns.of("xn--bcher-kva.example. TXT \"v=spf1 -all\"");
        SpfResult result = new Spf(dns)
                .check(SpfQuery.mailFrom(ip(V4), "a@b\u00fccher.example", "mx.example.org"))
                .join();
        assertThat(result.status()).isEqualTo(SpfStatus.FAIL);
    }

    @Test
    void check_internationalDomain_isALabelsInMacros() throws Exception {
        RecordedDns dns = RecordedDns.of(
                "xn--bcher-kva.example. TXT \"v=spf1 exists:%{o}.%{d}.x.test exists:%{h}.x.test exists:%{s}.x.test -all\"",
                "user\\@xn--bcher-kva.example.x.test. A 127.0.0.2");
        SpfResult result = new Spf(dns)
                .check(SpfQuery.mailFrom(ip(V4), "user@B\u00dcCHER\u3002example", "\u00fc.example"))
                .join();
        assertThat(result.status()).isEqualTo(SpfStatus.PASS);
        assertThat(dns.questions())
                .containsExactly(
                        "xn--bcher-kva.example",
                        "xn--bcher-kva.example.xn--bcher-kva.example.x.test",
                        "xn--tda.example.x.test",
                        "user\\@xn--bcher-kva.example.x.test");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "mx", "ptr", "exists", "include"})
    void check_localPartBeyondAscii_matchesNothing(String mechanism) throws Exception {
        RecordedDns dns = RecordedDns.of(
                "example.com. TXT \"v=spf1 " + mechanism + ":%{l}.x.test " + mechanism + ":%{s} ~all\"",
                "*.x.test. A 192.0.2.1");
        SpfResult result = new Spf(dns)
                .check(SpfQuery.mailFrom(ip(V4), "\u00fc@example.com", "mx.example.org"))
                .join();
        assertThat(result.status()).isEqualTo(SpfStatus.SOFTFAIL);
        assertThat(dns.questions()).containsExactly("example.com");
        assertThat(result.dnsTerms()).isEqualTo(2);
    }

    @Test
    void check_localPartBeyondAscii_isNotRedirectedNorExplained() throws Exception {
        SpfQuery query = SpfQuery.mailFrom(ip(V4), "\u00fc@example.com", "mx.example.org");
        RecordedDns redirect = RecordedDns.of("example.com. TXT \"v=spf1 redirect=%{l}.x.test\"");
        assertThat(new Spf(redirect).check(query).join().status()).isEqualTo(SpfStatus.NEUTRAL);
        RecordedDns exp = RecordedDns.of("example.com. TXT \"v=spf1 -all exp=%{l}.x.test\"");
        assertThat(new Spf(exp).check(query).join().explanation()).isEmpty();
        RecordedDns text = RecordedDns.of("example.com. TXT \"v=spf1 -all exp=x.test\"", "x.test. TXT \"no %{s}\"");
        assertThat(new Spf(text).check(query).join().explanation()).contains("no ?");
    }

    @Test
    void check_ipv4OnlyHosts_breakTheVoidLimitForIpv6Alone() throws Exception {
        RecordedDns dns = RecordedDns.of(
                "example.com. TXT \"v=spf1 a a:b.example.com a:c.example.com ip6:2001:db8::/32 ip4:192.0.2.0/24 -all\"",
                "example.com. A 198.51.100.1",
                "b.example.com. A 198.51.100.2",
                "c.example.com. A 198.51.100.3");
        assertThat(check(dns, V4).status()).isEqualTo(SpfStatus.PASS);
        SpfResult result = check(dns, V6);
        assertThat(result.status()).isEqualTo(SpfStatus.PERMERROR);
        assertThat(result.voidLimit()).isTrue();
        assertThat(result.voidLookups()).isEqualTo(3);
        assertThat(check(dns, V6, 3).status()).isEqualTo(SpfStatus.PASS);
    }

    @Test
    void check_permerrorOfTheRecord_isNotTheVoidLimits() throws Exception {
        SpfResult result = check(RecordedDns.of("example.com. TXT \"v=spf1 oops -all\""), V4);
        assertThat(result.status()).isEqualTo(SpfStatus.PERMERROR);
        assertThat(result.voidLimit()).isFalse();
        assertThat(result.reason()).contains("oops");
    }

    @ParameterizedTest
    @EnumSource(
            value = DnsOutcome.class,
            names = {"SERVFAIL", "REFUSED", "TIMEOUT", "ERROR"})
    void check_failureOfATerm_isTempError(DnsOutcome failure) throws Exception {
        for (String term : List.of("include:x.test", "a:x.test", "mx:x.test", "mx:m.test", "exists:x.test")) {
            RecordedDns dns = RecordedDns.of("example.com. TXT \"v=spf1 " + term + " -all\"", "m.test. MX 0 x.test.")
                    .failing("x.test.", failure);
            assertThat(check(dns, V4).status()).as(term).isEqualTo(SpfStatus.TEMPERROR);
        }
        RecordedDns redirect =
                RecordedDns.of("example.com. TXT \"v=spf1 redirect=x.test\"").failing("x.test.", failure);
        assertThat(check(redirect, V4).status()).isEqualTo(SpfStatus.TEMPERROR);
        RecordedDns first = RecordedDns.of("x.test. A 192.0.2.1").failing("example.com.", failure);
        assertThat(check(first, V4).status()).isEqualTo(SpfStatus.TEMPERROR);
    }

    @ParameterizedTest
    @EnumSource(
            value = DnsOutcome.class,
            names = {"SERVFAIL", "REFUSED", "TIMEOUT", "ERROR"})
    void check_failureOfPtr_isNoMatch(DnsOutcome failure) throws Exception {
        RecordedDns dns = RecordedDns.of(
                        "example.com. TXT \"v=spf1 ptr -all\"",
                        "1.2.0.192.in-addr.arpa. PTR bad.example.com.",
                        "1.2.0.192.in-addr.arpa. PTR good.example.com.",
                        "good.example.com. A 192.0.2.1")
                .failing("bad.example.com.", failure);
        assertThat(check(dns, V4).status()).isEqualTo(SpfStatus.PASS);
        dns.failing("1.2.0.192.in-addr.arpa.", failure);
        assertThat(check(dns, V4).status()).isEqualTo(SpfStatus.FAIL);
    }

    @Test
    void check_failureOfExp_leavesTheResult() throws Exception {
        RecordedDns dns =
                RecordedDns.of("example.com. TXT \"v=spf1 -all exp=x.test\"").failing("x.test.", DnsOutcome.TIMEOUT);
        SpfResult result = check(dns, V4);
        assertThat(result.status()).isEqualTo(SpfStatus.FAIL);
        assertThat(result.explanation()).isEmpty();
    }

    @Test
    void check_exp_isExpanded() throws Exception {
        RecordedDns dns = RecordedDns.of(
                "example.com. TXT \"v=spf1 -all exp=x.test\"", "x.test. TXT \"%{i} is not %{p}\" \" of %{d}\"");
        assertThat(check(dns, V4).explanation()).contains("192.0.2.1 is not unknown of example.com");
    }

    @Test
    void check_includeLoop_endsAtTheTermLimit() throws Exception {
        RecordedDns dns = RecordedDns.of(
                "example.com. TXT \"v=spf1 include:a.test -all\"",
                "a.test. TXT \"v=spf1 include:b.test -all\"",
                "b.test. TXT \"v=spf1 include:a.test -all\"");
        SpfResult result = check(dns, V4);
        assertThat(result.status()).isEqualTo(SpfStatus.PERMERROR);
        assertThat(result.voidLimit()).isFalse();
        assertThat(dns.questions()).hasSize(1 + SpfLimits.MAX_DNS_TERMS);
    }

    @Test
    void check_widestTree_asksBoundedlyOften() throws Exception {
        List<String> lines = new ArrayList<>();
        lines.add("example.com. TXT \"v=spf1" + " mx:m.test".repeat(10) + " -all\"");
        for (int i = 0; i < 10; i++) {
            lines.add("m.test. MX " + i + " h" + i + ".test.");
            lines.add("h" + i + ".test. A 198.51.100.1");
        }
        RecordedDns dns = RecordedDns.of(lines.toArray(String[]::new));
        assertThat(check(dns, V4).status()).isEqualTo(SpfStatus.FAIL);
        assertThat(dns.questions()).hasSize(1 + 10 + 100);
    }

    @Test
    void check_elevenMx_isPermErrorUnlessAnEarlierMatches() throws Exception {
        List<String> lines = new ArrayList<>(List.of("example.com. TXT \"v=spf1 mx -all\""));
        for (int i = 0; i <= 10; i++) {
            lines.add("example.com. MX " + i + " h" + i + ".test.");
            lines.add("h" + i + ".test. A 192.0.2." + i);
        }
        RecordedDns dns = RecordedDns.of(lines.toArray(String[]::new));
        assertThat(check(dns, "192.0.2.9").status()).isEqualTo(SpfStatus.PASS);
        assertThat(check(dns, "192.0.2.10").status()).isEqualTo(SpfStatus.PERMERROR);
    }

    @Test
    void check_ptrWithTenThousandNames_asksForTen() throws Exception {
        Name reverse = ReverseMap.fromAddress(ip(V4));
        List<Record> names = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            names.add(new PTRRecord(reverse, DClass.IN, 60, Name.fromString("h" + i + ".example.com.")));
        }
        DnsAnswer ptr = new DnsAnswer(DnsOutcome.ANSWER, names, Duration.ofHours(1), "");
        RecordedDns dns = RecordedDns.of("example.com. TXT \"v=spf1 ptr ptr exists:%{p}.x.test -all\"");
        Dns withNames =
                (name, type) -> name.equals(reverse) ? CompletableFuture.completedFuture(ptr) : dns.query(name, type);
        assertThat(check(withNames, V4).status()).isEqualTo(SpfStatus.FAIL);
        assertThat(dns.questions()).hasSize(1 + SpfLimits.MAX_PTR_NAMES + 1);
    }

    @Test
    void check_hundredKilobytesOfTxt_isRead() throws Exception {
        String string = "\"" + "ip4:198.51.100.1 ".repeat(14) + "\" ";
        RecordedDns dns = RecordedDns.of("example.com. TXT \"v=spf1 \" " + string.repeat(420) + "\"-all\"");
        assertThat(check(dns, V4).status()).isEqualTo(SpfStatus.FAIL);
        RecordedDns other = RecordedDns.of("example.com. TXT " + string.repeat(420));
        assertThat(check(other, V4).status()).isEqualTo(SpfStatus.NONE);
    }

    @Test
    void check_macroBombs_end() throws Exception {
        String bomb = ("\"" + "%{s}".repeat(60) + "\" ").repeat(250);
        RecordedDns dns = RecordedDns.of(
                "example.com. TXT \"v=spf1 exists:\" " + bomb + "\".%{d} -all exp=x.test\"", "x.test. TXT " + bomb);
        SpfQuery query = SpfQuery.mailFrom(ip(V4), "a.".repeat(100_000) + "@example.com", "h".repeat(100_000));
        SpfResult result = new Spf(dns).check(query).join();
        assertThat(result.status()).isEqualTo(SpfStatus.FAIL);
        assertThat(result.explanation()).isEmpty();
    }

    /** They would take time in proportion to record and HELO, and never come to a length that ends it. */
    @Test
    void check_macrosThatStandForNothing_areNotExpanded() throws Exception {
        String nothing = ("\"" + "%{h1}".repeat(50) + "\" ").repeat(250);
        RecordedDns dns = RecordedDns.of(
                "example.com. TXT \"v=spf1 exists:\" " + nothing + "\".%{d} -all exp=x.test\"",
                "x.test. TXT " + nothing);
        SpfResult result = new Spf(dns)
                .check(SpfQuery.mailFrom(ip(V4), "user@example.com", "a.".repeat(100_000)))
                .join();
        assertThat(result.status()).isEqualTo(SpfStatus.FAIL);
        assertThat(result.explanation()).isEmpty();
        assertThat(dns.questions()).containsExactly("example.com", "x.test");
    }

    @Test
    void check_hostileIdentities_areNone() throws Exception {
        RecordedDns dns = RecordedDns.of("example.com. TXT \"v=spf1 -all\"");
        for (String domain : List.of(
                "",
                ".",
                "com",
                "a..example.com",
                "x".repeat(64) + ".example.com",
                "[192.0.2.1]",
                "\u0000.\ud800.",
                "a.".repeat(100_000),
                "\u00fc.".repeat(120),
                "\u00fc".repeat(250) + ".example",
                "\u200d.example",
                "\u00fc..example")) {
            SpfResult result = new Spf(dns)
                    .check(SpfQuery.mailFrom(ip(V4), "user@" + domain, domain))
                    .join();
            assertThat(result.status()).isEqualTo(SpfStatus.NONE);
        }
    }

    @Test
    void check_thousandInFlight_waitWithoutThreads() throws Exception {
        RecordedDns answers = RecordedDns.of("example.com. TXT \"v=spf1 a -all\"", "example.com. A 192.0.2.1");
        List<Runnable> pending = new ArrayList<>();
        Spf spf = new Spf((name, type) -> {
            CompletableFuture<DnsAnswer> answer = new CompletableFuture<>();
            pending.add(() -> answer.complete(answers.answer(name, type)));
            return answer;
        });
        List<CompletableFuture<SpfResult>> checks = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            checks.add(spf.check(from(V4)));
        }
        assertThat(checks).noneMatch(CompletableFuture::isDone);
        while (!pending.isEmpty()) {
            List<Runnable> now = List.copyOf(pending);
            pending.clear();
            now.forEach(Runnable::run);
        }
        assertThat(checks).allMatch(done -> done.isDone() && done.join().status() == SpfStatus.PASS);
    }

    @Test
    void check_answersThatNeverCome_isTempErrorAtTheDeadline() {
        SpfLimits limits = SpfLimits.DEFAULTS.withDeadline(Duration.ofMillis(1));
        Spf spf = new Spf((name, type) -> new CompletableFuture<>(), limits, "unknown", Clock.systemUTC());
        assertThat(spf.check(from(V4)).join().status()).isEqualTo(SpfStatus.TEMPERROR);
    }

    @Test
    void check_deadlineDuringExp_leavesTheResult() throws Exception {
        RecordedDns answers = RecordedDns.of("example.com. TXT \"v=spf1 -all exp=x.test\"");
        Name slow = Name.fromString("x.test.");
        SpfLimits limits = SpfLimits.DEFAULTS.withDeadline(Duration.ofMillis(1));
        Spf spf = new Spf(
                (name, type) -> name.equals(slow) ? new CompletableFuture<>() : answers.query(name, type),
                limits,
                "unknown",
                Clock.systemUTC());
        assertThat(spf.check(from(V4)).join().status()).isEqualTo(SpfStatus.FAIL);
    }

    @Test
    void check_closedClient_isNoVerdict() {
        CancellationException closed = new CancellationException("closed");
        Spf spf = new Spf((name, type) -> CompletableFuture.failedFuture(closed));
        assertThatThrownBy(() -> spf.check(from(V4)).join()).isInstanceOf(CancellationException.class);
    }

    @Test
    void check_changedRecord_isReadAnew() throws Exception {
        List<RecordedDns> zones = new ArrayList<>(List.of(
                RecordedDns.of("example.com. TXT \"v=spf1 -all\""),
                RecordedDns.of("example.com. TXT \"v=spf1 +all\"")));
        Spf spf = new Spf((name, type) -> zones.get(0).query(name, type));
        assertThat(spf.check(from(V4)).join().status()).isEqualTo(SpfStatus.FAIL);
        zones.remove(0);
        assertThat(spf.check(from(V4)).join().status()).isEqualTo(SpfStatus.PASS);
    }
}
