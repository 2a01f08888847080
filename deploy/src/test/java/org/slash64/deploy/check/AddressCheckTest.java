package org.slash64.deploy.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.slash64.deploy.check.Reports.all;
import static org.slash64.deploy.check.Reports.host;
import static org.slash64.deploy.check.Reports.only;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slash64.enrichers.domain.DomainName;

/** What one address shows. */
class AddressCheckTest {

    private static final String ARPA_25 = "5.2.0.0.0.0.0.0.0.0.0.0.0.0.0.0.1.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa.";

    @ParameterizedTest
    @CsvSource({
        "2002:c000:201::25, 6to4",
        "2001:0:c000:201::1, Teredo",
        "64:ff9b::c000:201, NAT64",
        "64:ff9b:1::c000:201, NAT64",
        "fe80::1, reserved",
        "fd00::25, reserved",
        "::1, reserved",
        "10.0.0.1, reserved",
        "127.0.0.1, reserved"
    })
    void address_thatIsNobodysOwn_fails(String address, String found) {
        Finding finding = only(host("", address), CheckKind.ADDRESS);
        assertThat(finding.grade()).isEqualTo(Grade.FAIL);
        assertThat(finding.found()).contains(found);
        assertThat(all(host("", address), CheckKind.INTERFACE_ID)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "2001:db8:0:1::25, PASS, low byte",
        "2001:db8:0:1:192:0:2:25, PASS, IPv4 address",
        "2001:db8:0:1:cafe:0:0:1, PASS, pattern",
        "2001:db8:0:1:200:5eff:fe00:5301, WARN, 00:00:5e:00:53:01",
        "2001:db8:0:1:0:5efe:c000:201, WARN, ISATAP",
        "2001:db8:0:1:8a1c:93d7:4be2:6f05, WARN, random"
    })
    void interfaceId_byHowItWasMade_passesOrWarns(String address, Grade grade, String found) {
        Finding finding = only(host("", address), CheckKind.INTERFACE_ID);
        assertThat(finding.grade()).isEqualTo(grade);
        assertThat(finding.found()).contains(found);
    }

    @Test
    void interfaceId_thatShowsHardware_isToBeFixedInItsOwnNetwork() {
        Finding finding = only(host("", "2001:db8:0:1:200:5eff:fe00:5301"), CheckKind.INTERFACE_ID);
        assertThat(finding.advice()).contains("2001:db8:0:1::25");
    }

    @Test
    void interfaceId_ofIpv4_isNotLookedAt() {
        assertThat(all(host("", "192.0.2.1"), CheckKind.INTERFACE_ID)).isEmpty();
    }

    @Test
    void notes_ofIpv6_nameTheNetworkThatIsCounted() {
        assertThat(host("", "2001:db8:0:1::25").notes()).anyMatch(note -> note.startsWith("2001:db8:0:1::/64 "));
        assertThat(host("", "192.0.2.1").notes()).isEmpty();
    }

    @Test
    void ptr_missing_failsWithTheRecord() {
        Finding finding = only(host("", "2001:db8:0:1::25"), CheckKind.PTR);
        assertThat(finding.grade()).isEqualTo(Grade.FAIL);
        assertThat(finding.publish())
                .containsExactly(ARPA_25 + " IN PTR mail.YOUR-DOMAIN.", "mail.YOUR-DOMAIN. IN AAAA 2001:db8:0:1::25");
    }

    @Test
    void ptr_missingWithAKnownName_failsWithThatName() {
        SenderCheck check = new SenderCheck(ZoneDns.of(""), Reports.withHelo("mail.example.org"));
        Finding finding = only(check.ofAddress(Reports.address("192.0.2.25")), CheckKind.PTR);
        assertThat(finding.publish())
                .containsExactly(
                        "25.2.0.192.in-addr.arpa. IN PTR mail.example.org.", "mail.example.org. IN A 192.0.2.25");
    }

    @Test
    void ptr_servfail_failsAsUnanswered() {
        ZoneDns dns = ZoneDns.of("").broken("25.2.0.192.in-addr.arpa");
        SenderCheck check = new SenderCheck(dns, Reports.nothing());
        Finding finding = only(check.ofAddress(Reports.address("192.0.2.25")), CheckKind.PTR);
        assertThat(finding.grade()).isEqualTo(Grade.FAIL);
        assertThat(finding.found()).contains("DNS could not say").contains("SERVFAIL");
    }

    @Test
    void fcrdns_nameWithoutTheAddress_failsWithTheRecord() {
        CheckReport report = host(ARPA_25 + " IN PTR mail.example.org.", "2001:db8:0:1::25");
        assertThat(only(report, CheckKind.PTR).grade()).isEqualTo(Grade.PASS);
        Finding finding = only(report, CheckKind.FCRDNS);
        assertThat(finding.grade()).isEqualTo(Grade.FAIL);
        assertThat(finding.publish()).containsExactly("mail.example.org. IN AAAA 2001:db8:0:1::25");
    }

    @Test
    void fcrdns_nameWithTheAddress_passes() {
        CheckReport report = host(
                ARPA_25 + " IN PTR mail.example.org.\nmail.example.org. IN AAAA 2001:db8:0:1::25", "2001:db8:0:1::25");
        assertThat(only(report, CheckKind.FCRDNS).grade()).isEqualTo(Grade.PASS);
        assertThat(only(report, CheckKind.GENERIC_NAME).grade()).isEqualTo(Grade.PASS);
    }

    @Test
    void genericName_warns() {
        CheckReport report = host("""
                25.2.0.192.in-addr.arpa. IN PTR dyn-192-0-2-25.isp.example.
                dyn-192-0-2-25.isp.example. IN A 192.0.2.25
                """, "192.0.2.25");
        assertThat(only(report, CheckKind.FCRDNS).grade()).isEqualTo(Grade.PASS);
        assertThat(only(report, CheckKind.GENERIC_NAME).grade()).isEqualTo(Grade.WARN);
    }

    @Test
    void heloSpf_ofThePtrName_isLookedAt() {
        String zone = """
                25.2.0.192.in-addr.arpa. IN PTR mail.example.org.
                mail.example.org. IN A 192.0.2.25
                """;
        Finding missing = only(host(zone, "192.0.2.25"), CheckKind.HELO_SPF);
        assertThat(missing.grade()).isEqualTo(Grade.WARN);
        assertThat(missing.publish()).containsExactly("mail.example.org. IN TXT \"v=spf1 a -all\"");
        Finding there = only(host(zone + missing.publish().get(0) + "\n", "192.0.2.25"), CheckKind.HELO_SPF);
        assertThat(there.grade()).isEqualTo(Grade.PASS);
    }

    @Test
    void heloSpf_missingOverIpv6_fails() {
        CheckReport report = host(
                ARPA_25 + " IN PTR mail.example.org.\nmail.example.org. IN AAAA 2001:db8:0:1::25", "2001:db8:0:1::25");
        assertThat(only(report, CheckKind.HELO_SPF).grade()).isEqualTo(Grade.FAIL);
    }

    @Test
    void heloSpf_thatLeavesTheAddressOut_failsWithTheRecordChanged() {
        SenderCheck check = new SenderCheck(ZoneDns.of("""
                mail.example.org. IN A 192.0.2.26
                mail.example.org. IN TXT "v=spf1 a -all"
                """), Reports.withHelo("mail.example.org"));
        CheckReport report = check.ofAddress(Reports.address("192.0.2.25"));
        Finding helo = only(report, CheckKind.HELO);
        assertThat(helo.grade()).isEqualTo(Grade.WARN);
        assertThat(helo.publish()).containsExactly("mail.example.org. IN A 192.0.2.25");
        Finding spf = only(report, CheckKind.HELO_SPF);
        assertThat(spf.grade()).isEqualTo(Grade.FAIL);
        assertThat(spf.publish()).containsExactly("mail.example.org. IN TXT \"v=spf1 ip4:192.0.2.25 a -all\"");
    }

    @Test
    void heloSpf_ofSeveralAddresses_isOneRecord() {
        SenderCheck check = new SenderCheck(ZoneDns.of("""
                        example.org. IN TXT "v=spf1 ip4:192.0.2.25 ip4:192.0.2.26 -all"
                        mail.example.org. IN A 192.0.2.25
                        mail.example.org. IN TXT "v=spf1 -all"
                        """), Reports.withHelo("mail.example.org"));
        CheckReport report = check.ofDomain(DomainName.parse("example.org"));
        assertThat(all(report, CheckKind.HELO_SPF))
                .hasSize(2)
                .allMatch(finding -> finding.publish()
                        .equals(List.of("mail.example.org. IN TXT \"v=spf1 ip4:192.0.2.25 ip4:192.0.2.26 -all\"")));
    }

    @Test
    void heloSpf_ofTheDomainItself_isProposedWithTheDomain() {
        SenderCheck check =
                new SenderCheck(ZoneDns.of("example.org. IN A 192.0.2.25"), Reports.withHelo("example.org"));
        CheckReport report = check.ofDomain(DomainName.parse("example.org"));
        assertThat(only(report, CheckKind.SPF_RECORD).publish()).hasSize(1);
        assertThat(only(report, CheckKind.HELO_SPF).publish()).isEmpty();
    }

    @Test
    void helo_ofSeveralNames_isTheOneWithTheAddress() {
        SenderCheck check =
                new SenderCheck(ZoneDns.of("""
                mail1.example.org. IN A 192.0.2.25
                mail2.example.org. IN A 192.0.2.26
                """), Reports.withHelo("mail1.example.org", "mail2.example.org"));
        Finding helo = only(check.ofAddress(Reports.address("192.0.2.26")), CheckKind.HELO);
        assertThat(helo.subject()).isEqualTo("mail2.example.org");
        assertThat(helo.grade()).isEqualTo(Grade.PASS);
    }

    @Test
    void ptr_namesThatSteerTerminals_areShownSafely() {
        CheckReport report = host("25.2.0.192.in-addr.arpa. IN PTR a\\027\\[31m\\010b.example.", "192.0.2.25");
        assertThat(report.findings())
                .allMatch(finding -> finding.found().chars().noneMatch(Character::isISOControl))
                .allMatch(finding ->
                        finding.publish().stream().allMatch(line -> line.chars().noneMatch(Character::isISOControl)));
        assertThat(only(report, CheckKind.FCRDNS).publish()).hasSize(1);
    }

    @Test
    void heloName_thatIsNoName_isNotAskedFor() {
        CheckReport report = host("""
                25.2.0.192.in-addr.arpa. IN PTR a\\032b.example.
                a\\032b.example. IN A 192.0.2.25
                """, "192.0.2.25");
        assertThat(only(report, CheckKind.FCRDNS).grade()).isEqualTo(Grade.PASS);
        assertThat(all(report, CheckKind.HELO_SPF)).isEmpty();
    }
}
