package org.slash64.enrichers.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slash64.enrichers.dns.DnsOutcome;
import org.xbill.DNS.Type;

class DomainExistenceTest {
    private static final String NAME = "example.test";

    private final ScriptedDns dns = new ScriptedDns();

    private Existence check(String name) {
        return new DomainExistence(dns).check(DomainName.parse(name)).join();
    }

    private ExistenceStatus status() {
        return check(NAME).status();
    }

    private ScriptedDns withoutMx() {
        return dns.ends(NAME, Type.MX, DnsOutcome.NODATA);
    }

    @Test
    void check_mx_isHasMxAndOneQuestion() throws Exception {
        dns.answers(NAME, Type.MX, "10 mail.example.test.", "20 backup.example.test.");
        assertThat(check("Example.TEST.")).isEqualTo(new Existence(ExistenceStatus.HAS_MX, "2 MX"));
        assertThat(dns.questions()).containsExactly("example.test MX");
    }

    @Test
    void check_nullMx_isNullMx() throws Exception {
        dns.answers(NAME, Type.MX, "0 .");
        assertThat(status()).isEqualTo(ExistenceStatus.NULL_MX);
    }

    @Test
    void check_rootBesideAHost_isHasMx() throws Exception {
        dns.answers(NAME, Type.MX, "0 .", "10 mail.example.test.");
        assertThat(status()).isEqualTo(ExistenceStatus.HAS_MX);
    }

    @Test
    void check_noMxButEitherAddress_isAddressOnly() throws Exception {
        withoutMx().answers(NAME, Type.A, "192.0.2.1").ends(NAME, Type.AAAA, DnsOutcome.NODATA);
        assertThat(check(NAME)).isEqualTo(new Existence(ExistenceStatus.ADDRESS_ONLY, "no MX, 1 addresses"));
        withoutMx().ends(NAME, Type.A, DnsOutcome.SERVFAIL).answers(NAME, Type.AAAA, "2001:db8::1");
        assertThat(status()).isEqualTo(ExistenceStatus.ADDRESS_ONLY);
    }

    @Test
    void check_neitherMxNorAddress_isNoMailHost() {
        withoutMx().ends(NAME, Type.A, DnsOutcome.NODATA).ends(NAME, Type.AAAA, DnsOutcome.NODATA);
        assertThat(status()).isEqualTo(ExistenceStatus.NO_MAIL_HOST);
    }

    @Test
    void check_nxdomain_isNxdomainAndOneQuestion() {
        assertThat(status()).isEqualTo(ExistenceStatus.NXDOMAIN);
        assertThat(dns.questions()).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(names = {"SERVFAIL", "REFUSED", "TIMEOUT", "ERROR"})
    void check_failureOnMx_isTempErrorThatNamesIt(DnsOutcome failure) throws Exception {
        dns.ends(NAME, Type.MX, failure).answers(NAME, Type.A, "192.0.2.1");
        assertThat(check(NAME))
                .isEqualTo(new Existence(ExistenceStatus.TEMPERROR, "MX lookup: " + failure + ", scripted"));
    }

    @ParameterizedTest
    @EnumSource(names = {"SERVFAIL", "REFUSED", "TIMEOUT", "ERROR"})
    void check_failureOnOneAddressAndNoneOfTheOther_isTempError(DnsOutcome failure) {
        withoutMx().ends(NAME, Type.A, DnsOutcome.NODATA).ends(NAME, Type.AAAA, failure);
        assertThat(check(NAME))
                .isEqualTo(new Existence(ExistenceStatus.TEMPERROR, "address lookup: " + failure + ", scripted"));
    }

    @Test
    void check_noName_isInvalidAndAsksNobody() {
        assertThat(check("[192.0.2.1]")).isEqualTo(new Existence(ExistenceStatus.INVALID, "an address in brackets"));
        assertThat(check("a..b")).isEqualTo(new Existence(ExistenceStatus.INVALID, "an empty label"));
        assertThat(dns.questions()).isEmpty();
    }

    @Test
    void check_clientClosed_isCancelledAndNoVerdict() {
        dns.fails(NAME, Type.MX, new CancellationException("closed"));
        assertThatThrownBy(() -> check(NAME)).hasRootCauseInstanceOf(CancellationException.class);
    }
}
