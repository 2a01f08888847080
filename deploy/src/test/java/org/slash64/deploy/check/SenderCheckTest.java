package org.slash64.deploy.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.slash64.deploy.check.Reports.all;
import static org.slash64.deploy.check.Reports.only;
import static org.slash64.deploy.check.Reports.sender;
import static org.slash64.deploy.check.Reports.sendingFrom;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slash64.enrichers.domain.DomainName;

/** What a domain shows that sends. */
class SenderCheckTest {

    private static final String MX = """
            example.org. IN MX 10 mail.example.org.
            mail.example.org. IN AAAA 2001:db8:0:1::25
            mail.example.org. IN A 192.0.2.25
            """;

    private static final String GOOD = MX + """
            example.org. IN TXT "v=spf1 mx -all"
            mail.example.org. IN TXT "v=spf1 a -all"
            25.2.0.192.in-addr.arpa. IN PTR mail.example.org.
            5.2.0.0.0.0.0.0.0.0.0.0.0.0.0.0.1.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa. IN PTR mail.example.org.
            """;

    private static String spf(String record) {
        return "example.org. IN TXT \"" + record + "\"\n";
    }

    @Test
    void sender_inOrder_passesAll() {
        CheckReport report = sender(GOOD);
        assertThat(report.findings()).allMatch(finding -> finding.grade() == Grade.PASS);
        assertThat(all(report, CheckKind.SPF))
                .extracting(Finding::subject)
                .containsExactly("2001:db8:0:1::25", "192.0.2.25");
        assertThat(report.notes()).anyMatch(note -> note.startsWith("DKIM was not looked at"));
    }

    @Test
    void spfRecord_missing_failsWithARecordForTheMxTargets() {
        Finding finding = only(sender(MX), CheckKind.SPF_RECORD);
        assertThat(finding.grade()).isEqualTo(Grade.FAIL);
        assertThat(finding.publish())
                .containsExactly("example.org. IN TXT \"v=spf1 ip6:2001:db8:0:1::25 ip4:192.0.2.25 -all\"");
        assertThat(all(sender(MX), CheckKind.SPF)).isEmpty();
    }

    @Test
    void spfRecord_missingWithoutAnyAddress_proposesTheMailHosts() {
        assertThat(only(sender("example.org. IN MX 10 gone.example.org."), CheckKind.SPF_RECORD)
                        .publish())
                .containsExactly("example.org. IN TXT \"v=spf1 mx -all\"");
    }

    @Test
    void spfRecord_two_failsWithOne() {
        Finding finding =
                only(sender(MX + spf("v=spf1 mx -all") + spf("v=spf1 ip4:192.0.2.0/24 -all")), CheckKind.SPF_RECORD);
        assertThat(finding.grade()).isEqualTo(Grade.FAIL);
        assertThat(finding.publish()).hasSize(1);
        assertThat(finding.publish().get(0))
                .contains("mx")
                .contains("ip4:192.0.2.0/24")
                .endsWith("-all\"")
                .containsOnlyOnce("v=spf1");
    }

    @Test
    void spfRecord_malformed_failsWithTheTerm() {
        Finding finding = only(sender(MX + spf("v=spf1 ipv4:192.0.2.25 -all")), CheckKind.SPF_RECORD);
        assertThat(finding.grade()).isEqualTo(Grade.FAIL);
        assertThat(finding.found()).contains("ipv4:192.0.2.25");
    }

    @Test
    void spfRecord_includeOfNothing_fails() {
        Finding finding = only(sender(MX + spf("v=spf1 mx include:gone.example -all")), CheckKind.SPF_RECORD);
        assertThat(finding.grade()).isEqualTo(Grade.FAIL);
        assertThat(finding.found()).contains("gone.example");
    }

    @Test
    void spfRecord_servfail_failsAsUnanswered() {
        SenderCheck check = new SenderCheck(ZoneDns.of(GOOD).broken("example.org"), Reports.nothing());
        CheckReport report = check.ofDomain(DomainName.parse("example.org"));
        assertThat(only(report, CheckKind.SPF_RECORD).found()).contains("DNS could not say");
        assertThat(only(report, CheckKind.MX).found()).contains("DNS could not say");
    }

    @Test
    void spf_addressLeftOut_failsWithTheRecordChanged() {
        CheckReport report =
                sender(MX + spf("v=spf1 mx -all"), sendingFrom("2001:db8:0:1::25", "198.51.100.1", "198.51.100.2"));
        assertThat(all(report, CheckKind.SPF))
                .extracting(Finding::grade)
                .containsExactly(Grade.PASS, Grade.FAIL, Grade.FAIL);
        assertThat(all(report, CheckKind.SPF).get(1).publish())
                .isEqualTo(all(report, CheckKind.SPF).get(2).publish())
                .containsExactly("example.org. IN TXT \"v=spf1 ip4:198.51.100.1 ip4:198.51.100.2 mx -all\"");
    }

    @ParameterizedTest
    @CsvSource({
        "v=spf1 mx +all, FAIL, v=spf1 mx -all",
        "v=spf1 mx all, FAIL, v=spf1 mx -all",
        "v=spf1 mx ip4:0.0.0.0/0 ~all, FAIL, v=spf1 mx -all",
        "v=spf1 mx ?all, WARN, v=spf1 mx -all",
        "v=spf1 mx, WARN, v=spf1 mx -all",
        "v=spf1 mx ~all, PASS, ''",
        "v=spf1 mx -all, PASS, ''"
    })
    void spfOthers_byTheEnd_isGraded(String record, Grade grade, String proposed) {
        Finding finding = only(sender(MX + spf(record)), CheckKind.SPF_OTHERS);
        assertThat(finding.grade()).isEqualTo(grade);
        assertThat(finding.publish())
                .isEqualTo(
                        proposed.isEmpty() ? List.of() : List.of(spf(proposed).strip()));
    }

    @Test
    void spfOthers_openRedirect_isNotThisRecordsToChange() {
        Finding finding = only(
                sender(MX + spf("v=spf1 redirect=other.example") + "other.example. IN TXT \"v=spf1 ?all\"\n"),
                CheckKind.SPF_OTHERS);
        assertThat(finding.grade()).isEqualTo(Grade.WARN);
        assertThat(finding.publish()).isEmpty();
    }

    @Test
    void spfTerms_overAllRecords_areCounted() {
        CheckReport report = sender(MX + spf("v=spf1 mx include:other.example -all")
                + "other.example. IN TXT \"v=spf1 a exists:%{i}.other.example ?all\"\nother.example. IN A 192.0.2.9\n");
        Finding finding = only(report, CheckKind.SPF_TERMS);
        assertThat(finding.grade()).isEqualTo(Grade.PASS);
        assertThat(finding.found()).isEqualTo("4 of 10 terms that ask DNS: example.org 2, other.example 2");
    }

    @Test
    void spfTerms_elevenInAll_fail() {
        String other = "v=spf1 " + String.join(" ", Collections.nCopies(9, "a")) + " ?all";
        CheckReport report = sender(MX + spf("v=spf1 mx include:other.example -all") + "other.example. IN TXT \""
                + other + "\"\nother.example. IN A 192.0.2.9\nother.example. IN AAAA 2001:db8:9::9\n");
        Finding finding = only(report, CheckKind.SPF_TERMS);
        assertThat(finding.grade()).isEqualTo(Grade.FAIL);
        assertThat(finding.found()).startsWith("11 of 10 terms");
        assertThat(only(report, CheckKind.SPF_RECORD).grade()).isEqualTo(Grade.PASS);
        assertThat(all(report, CheckKind.SPF)).allMatch(spf -> spf.grade() == Grade.PASS);
    }

    @Test
    void spfTerms_afterAll_doNotCount() {
        assertThat(only(sender(MX + spf("v=spf1 mx -all a a a redirect=other.example")), CheckKind.SPF_TERMS)
                        .found())
                .startsWith("1 of 10");
    }

    @Test
    void spfTerms_includeOfItself_ends() {
        Finding finding = only(sender(MX + spf("v=spf1 include:example.org -all")), CheckKind.SPF_TERMS);
        assertThat(finding.grade()).isEqualTo(Grade.FAIL);
    }

    @Test
    void spfVoid_ipv4HostsOverIpv6_warnWithTheirAddresses() {
        CheckReport report = sender(MX + spf("v=spf1 a:one.example a:two.example a:three.example -all") + """
                one.example. IN A 198.51.100.1
                two.example. IN A 198.51.100.2
                three.example. IN A 198.51.100.3
                """);
        Finding finding = only(report, CheckKind.SPF_VOID);
        assertThat(finding.grade()).isEqualTo(Grade.WARN);
        assertThat(finding.found()).startsWith("void lookups: 3 for an IPv6 client, 0 for an IPv4 client");
        assertThat(finding.publish())
                .containsExactly(spf("v=spf1 ip4:198.51.100.1 ip4:198.51.100.2 ip4:198.51.100.3 -all")
                        .strip());
        assertThat(all(report, CheckKind.SPF)).extracting(Finding::grade).containsOnly(Grade.PASS);
    }

    @Test
    void spfVoid_beforeAnIpv6Address_failsForThatAddressAlone() {
        CheckReport report = sender(
                MX + spf("v=spf1 a:one.example a:two.example a:three.example ip6:2001:db8:0:1::25 -all") + """
                one.example. IN A 198.51.100.1
                two.example. IN A 198.51.100.2
                three.example. IN A 198.51.100.3
                """,
                sendingFrom("198.51.100.3", "2001:db8:0:1::25"));
        List<Finding> found = all(report, CheckKind.SPF);
        assertThat(found).extracting(Finding::grade).containsExactly(Grade.PASS, Grade.FAIL);
        assertThat(found.get(1).found()).contains("permerror").contains("void");
        assertThat(found.get(1).publish().get(0)).contains("\"v=spf1 ip6:2001:db8:0:1::25 ip4:198.51.100.1 ");
    }

    @Test
    void spfVoid_termsThatLeadNowhere_warnWithoutARecord() {
        Finding finding = only(
                sender(MX + spf("v=spf1 mx a:one.example a:two.example a:three.example -all")), CheckKind.SPF_VOID);
        assertThat(finding.grade()).isEqualTo(Grade.WARN);
        assertThat(finding.publish()).isEmpty();
    }

    @Test
    void spfVoid_ipv6HostsOverIpv4_warnWithTheirAddresses() {
        Finding finding = only(
                sender(MX + spf("v=spf1 a:one.example a:two.example a:three.example -all") + """
                        one.example. IN AAAA 2001:db8:7::1
                        two.example. IN AAAA 2001:db8:7::2
                        three.example. IN AAAA 2001:db8:7::3
                        """), CheckKind.SPF_VOID);
        assertThat(finding.found()).startsWith("void lookups: 0 for an IPv6 client, 3 for an IPv4 client");
        assertThat(finding.publish().get(0)).contains("ip6:2001:db8:7::1 ip6:2001:db8:7::2 ip6:2001:db8:7::3 -all");
    }

    @Test
    void addresses_ofSpfHostsAndSingleAddresses_areFound() {
        CheckReport report = sender(MX
                + spf("v=spf1 ip4:198.51.100.7 ip6:2001:db8:7::7 a:out.example ip4:203.0.113.0/24"
                        + " include:other.example -all")
                + """
                out.example. IN A 198.51.100.8
                other.example. IN TXT "v=spf1 ip4:198.51.100.99 -all"
                """);
        assertThat(all(report, CheckKind.SPF))
                .extracting(Finding::subject)
                .containsExactly("198.51.100.7", "2001:db8:7::7", "198.51.100.8");
        assertThat(report.notes())
                .anyMatch(note -> note.startsWith("ip4:203.0.113.0/24: its hosts were not looked at"))
                .anyMatch(note -> note.startsWith("include:other.example: its hosts were not looked at"))
                .anyMatch(note -> note.startsWith("192.0.2.25 is an MX target's, and SPF does not let it send"));
    }

    @Test
    void addresses_ofARedirect_areFound() {
        CheckReport report = sender(
                MX + spf("v=spf1 redirect=other.example") + "other.example. IN TXT \"v=spf1 ip4:198.51.100.7 -all\"\n");
        assertThat(only(report, CheckKind.SPF).subject()).isEqualTo("198.51.100.7");
    }

    @Test
    void addresses_noneKnown_isSaid() {
        assertThat(sender("example.org. IN MX 10 gone.example.org.\n" + spf("v=spf1 -all"))
                        .notes())
                .anyMatch(note -> note.startsWith("no address that sends is known"));
    }

    @Test
    void addresses_thousandInTheRecord_areLookedAtInPart() {
        String hosts =
                IntStream.range(0, 200).mapToObj(i -> " ip4:198.51.100." + i).collect(Collectors.joining());
        ZoneDns dns = ZoneDns.of(MX + "example.org. IN TXT \"v=spf1\" "
                + IntStream.range(0, 20)
                        .mapToObj(i ->
                                '"' + hosts.substring(hosts.length() * i / 20, hosts.length() * (i + 1) / 20) + '"')
                        .collect(Collectors.joining(" "))
                + "\n");
        CheckReport report = new SenderCheck(dns, Reports.nothing()).ofDomain(DomainName.parse("example.org"));
        assertThat(all(report, CheckKind.SPF)).hasSize(CheckLimits.MAX_ADDRESSES);
        assertThat(dns.questions()).isLessThan(400);
    }

    @Test
    void includes_inABush_areReadInPart() {
        String bush = IntStream.range(0, 40)
                .mapToObj(i -> "i" + i + ".example. IN TXT \"v=spf1"
                        + " include:i1.example include:i2.example".repeat(4) + "\"\n")
                .collect(Collectors.joining());
        ZoneDns dns = ZoneDns.of(spf("v=spf1 include:i0.example -all") + bush);
        CheckReport report = new SenderCheck(dns, Reports.nothing()).ofDomain(DomainName.parse("example.org"));
        assertThat(only(report, CheckKind.SPF_TERMS).grade()).isEqualTo(Grade.FAIL);
        assertThat(dns.questions()).isLessThan(200);
    }

    @Test
    void ptr_missing_isToNameTheMxTargetThatHasTheAddress() {
        List<Finding> found = all(sender(MX + spf("v=spf1 mx -all")), CheckKind.PTR);
        assertThat(found.get(1).publish().get(0)).isEqualTo("25.2.0.192.in-addr.arpa. IN PTR mail.example.org.");
    }

    @Test
    void mx_null_failsAsBouncesHaveNowhereToGo() {
        assertThat(only(sender("example.org. IN MX 0 .\n" + spf("v=spf1 -all")), CheckKind.MX)
                        .grade())
                .isEqualTo(Grade.FAIL);
    }

    @Test
    void fallback_isNoConcernOfASender() {
        assertThat(all(sender(GOOD), CheckKind.MX_FALLBACK)).isEmpty();
    }

    @Test
    void sender_dnsThatNeverAnswers_endsAtTheDeadline() {
        SenderCheck check =
                new SenderCheck((name, type) -> new CompletableFuture<>(), Reports.nothing(), Duration.ofMillis(20));
        CheckReport report = check.ofDomain(DomainName.parse("example.org"));
        assertThat(report.findings())
                .isNotEmpty()
                .allMatch(finding -> finding.found().startsWith("DNS could not say: TIMEOUT"));
    }

    @Test
    void question_withTooManyAddresses_isRefused() {
        List<String> selectors = Collections.nCopies(CheckLimits.MAX_SELECTORS + 1, "s");
        assertThatThrownBy(() -> new SenderQuestion(List.of(), List.of(), selectors))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
