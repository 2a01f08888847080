package org.slash64.deploy.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.slash64.deploy.check.Reports.all;
import static org.slash64.deploy.check.Reports.only;
import static org.slash64.deploy.check.Reports.receiver;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.slash64.enrichers.domain.DomainName;

/** Where mail goes, and whether a 421 over IPv6 leads to IPv4. */
class ReceiverCheckTest {

    private static final String SEPARATE = """
            example.org. IN MX 10 mx6.example.org.
            example.org. IN MX 10 mx4.example.org.
            mx6.example.org. IN AAAA 2001:db8:0:1::25
            mx4.example.org. IN A 192.0.2.25
            """;

    private static Finding fallback(String zone) {
        return only(receiver(zone), CheckKind.MX_FALLBACK);
    }

    @Test
    void receiver_twoTargetsOfEqualPreference_passesAll() {
        CheckReport report = receiver(SEPARATE);
        assertThat(report.count(Grade.PASS)).isEqualTo(report.findings().size());
        assertThat(fallback(SEPARATE).found()).contains("mx4.example.org");
        assertThat(only(report, CheckKind.MX_ORDER).found())
                .isEqualTo("10: mx4.example.org (IPv4), mx6.example.org (IPv6)");
    }

    @Test
    void fallback_targetsWithBothFamilies_warnsWithRecordsThatPass() {
        Finding finding = fallback("""
                example.org. IN MX 10 mail.example.org.
                mail.example.org. IN AAAA 2001:db8:0:1::25
                mail.example.org. IN A 192.0.2.25
                """);
        assertThat(finding.grade()).isEqualTo(Grade.WARN);
        assertThat(String.join("\n", finding.publish()) + "\n").isEqualTo(SEPARATE);
    }

    @Test
    void fallback_twoTargetsWithBothFamilies_warns() {
        assertThat(fallback("""
                example.org. IN MX 10 a.example.org.
                example.org. IN MX 20 b.example.org.
                a.example.org. IN AAAA 2001:db8:0:1::25
                a.example.org. IN A 192.0.2.25
                b.example.org. IN AAAA 2001:db8:0:1::26
                b.example.org. IN A 192.0.2.26
                """).grade()).isEqualTo(Grade.WARN);
    }

    @Test
    void fallback_ipv6Alone_fails() {
        Finding finding = fallback("""
                example.org. IN MX 10 mx6.example.org.
                mx6.example.org. IN AAAA 2001:db8:0:1::25
                """);
        assertThat(finding.grade()).isEqualTo(Grade.FAIL);
        assertThat(finding.publish()).contains("mx4.example.org. IN A ADDRESS");
    }

    @Test
    void fallback_ipv4Alone_passes() {
        assertThat(fallback("""
                example.org. IN MX 10 mx4.example.org.
                mx4.example.org. IN A 192.0.2.25
                """).grade()).isEqualTo(Grade.PASS);
    }

    @Test
    void fallback_ipv4AtWorsePreference_warns() {
        assertThat(fallback("""
                example.org. IN MX 10 mx6.example.org.
                example.org. IN MX 20 mx4.example.org.
                mx6.example.org. IN AAAA 2001:db8:0:1::25
                mx4.example.org. IN A 192.0.2.25
                """).grade()).isEqualTo(Grade.WARN);
    }

    @Test
    void fallback_ipv4Preferred_passes() {
        assertThat(fallback("""
                example.org. IN MX 20 mx6.example.org.
                example.org. IN MX 10 mx4.example.org.
                mx6.example.org. IN AAAA 2001:db8:0:1::25
                mx4.example.org. IN A 192.0.2.25
                """).grade()).isEqualTo(Grade.PASS);
    }

    @Test
    void fallback_asManyIpv6AsPostfixTriesBeforeIpv4_fails() {
        Finding finding = fallback("""
                example.org. IN MX 10 mx6.example.org.
                example.org. IN MX 20 mx4.example.org.
                mx6.example.org. IN AAAA 2001:db8:0:1::25
                mx6.example.org. IN AAAA 2001:db8:0:1::26
                mx4.example.org. IN A 192.0.2.25
                """);
        assertThat(finding.grade()).isEqualTo(Grade.FAIL);
        assertThat(finding.publish().stream().filter(line -> line.contains("AAAA")))
                .hasSize(1);
    }

    @Test
    void fallback_moreIpv6AddressesThanOne_warnsHowOftenIpv4IsMissed() {
        Finding finding = fallback(SEPARATE + "mx6.example.org. IN AAAA 2001:db8:0:1::26\n");
        assertThat(finding.grade()).isEqualTo(Grade.WARN);
        assertThat(finding.found()).contains("33%");
    }

    @Test
    void order_addressOfTwoTargets_warns() {
        CheckReport report = receiver(
                SEPARATE + "example.org. IN MX 10 mx5.example.org.\nmx5.example.org. IN AAAA 2001:db8:0:1::25\n");
        Finding finding = only(report, CheckKind.MX_ORDER);
        assertThat(finding.grade()).isEqualTo(Grade.WARN);
        assertThat(finding.found()).contains("more than once: 2001:db8:0:1::25");
        assertThat(fallback(SEPARATE).grade()).isEqualTo(Grade.PASS);
    }

    @Test
    void order_moreAddressesThanPostfixTries_isSaid() {
        String more = IntStream.range(0, 5)
                .mapToObj(i -> "mx4.example.org. IN A 198.51.100." + i + "\n")
                .collect(Collectors.joining());
        assertThat(only(receiver(SEPARATE + more), CheckKind.MX_ORDER).found())
                .contains("a sending Postfix tries 5 of the 7 addresses");
    }

    @Test
    void mx_null_fails() {
        CheckReport report = receiver("example.org. IN MX 0 .");
        assertThat(only(report, CheckKind.MX).grade()).isEqualTo(Grade.FAIL);
        assertThat(only(report, CheckKind.MX).found()).contains("RFC 7505");
        assertThat(report.findings()).hasSize(1);
    }

    @Test
    void mx_nullBesideOthers_fails() {
        Finding finding = only(receiver(SEPARATE + "example.org. IN MX 0 .\n"), CheckKind.MX);
        assertThat(finding.grade()).isEqualTo(Grade.FAIL);
        assertThat(finding.advice()).contains("example.org. IN MX 0 .");
    }

    @Test
    void mx_addressesAlone_warns() {
        CheckReport report = receiver("example.org. IN A 192.0.2.25");
        assertThat(only(report, CheckKind.MX).grade()).isEqualTo(Grade.WARN);
        assertThat(only(report, CheckKind.MX).publish()).containsExactly("example.org. IN MX 10 example.org.");
        assertThat(only(report, CheckKind.MX_HOST).grade()).isEqualTo(Grade.PASS);
    }

    @Test
    void mx_nothing_fails() {
        assertThat(only(receiver("example.org. IN TXT x"), CheckKind.MX).grade())
                .isEqualTo(Grade.FAIL);
    }

    @Test
    void mx_nxdomain_fails() {
        assertThat(only(receiver(""), CheckKind.MX).found()).contains("does not exist");
    }

    @Test
    void mx_servfail_failsAsUnanswered() {
        ReceiverCheck check = new ReceiverCheck(ZoneDns.of(SEPARATE).broken("example.org"));
        CheckReport report = check.of(DomainName.parse("example.org"));
        assertThat(only(report, CheckKind.MX).found()).contains("DNS could not say");
        assertThat(report.count(Grade.FAIL)).isEqualTo(1);
    }

    @Test
    void host_servfail_leavesTheFallbackOpen() {
        ReceiverCheck check = new ReceiverCheck(ZoneDns.of(SEPARATE).broken("mx4.example.org"));
        CheckReport report = check.of(DomainName.parse("example.org"));
        assertThat(all(report, CheckKind.MX_HOST))
                .extracting(Finding::grade)
                .containsExactlyInAnyOrder(Grade.PASS, Grade.FAIL);
        assertThat(only(report, CheckKind.MX_FALLBACK).found()).contains("DNS could not say");
    }

    @Test
    void host_alias_failsWithTheNameItStandsFor() {
        Finding finding = only(receiver("""
                example.org. IN MX 10 mx.example.org.
                mx.example.org. IN CNAME host.example.org.
                host.example.org. IN A 192.0.2.25
                """), CheckKind.MX_HOST);
        assertThat(finding.grade()).isEqualTo(Grade.FAIL);
        assertThat(finding.publish()).containsExactly("example.org. IN MX 10 host.example.org.");
    }

    @Test
    void host_address_fails() {
        Finding finding = only(receiver("example.org. IN MX 10 192.0.2.25."), CheckKind.MX_HOST);
        assertThat(finding.grade()).isEqualTo(Grade.FAIL);
        assertThat(finding.found()).contains("no host name");
    }

    @Test
    void host_withoutAddress_fails() {
        Finding finding = only(receiver("example.org. IN MX 10 gone.example.org."), CheckKind.MX_HOST);
        assertThat(finding.grade()).isEqualTo(Grade.FAIL);
        assertThat(finding.found()).isEqualTo("no address");
    }

    @Test
    void host_withPrivateAddress_fails() {
        Finding finding = only(receiver("""
                example.org. IN MX 10 mx.example.org.
                mx.example.org. IN A 10.0.0.1
                """), CheckKind.MX_HOST);
        assertThat(finding.grade()).isEqualTo(Grade.FAIL);
        assertThat(finding.found()).contains("10.0.0.1");
    }

    @Test
    void receiver_thousandTargets_areLookedAtInPart() {
        String zone = IntStream.range(0, 1_000)
                .mapToObj(i -> "example.org. IN MX 10 mx" + i + ".example.org.\n")
                .collect(Collectors.joining());
        ZoneDns dns = ZoneDns.of(zone);
        CheckReport report = new ReceiverCheck(dns).of(DomainName.parse("example.org"));
        assertThat(all(report, CheckKind.MX_HOST)).hasSize(CheckLimits.MAX_MX_TARGETS);
        assertThat(report.notes()).containsExactly("980 more MX targets were not looked at");
        assertThat(dns.questions()).isLessThan(100);
    }
}
