package org.slash64.enrichers.dkim;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slash64.enrichers.dns.DnsAnswer;
import org.slash64.enrichers.dns.DnsOutcome;
import org.xbill.DNS.Record;

/** Keys without signatures. */
class DkimKeyLookupTest {

    private static DkimKeyReport find(String... texts) {
        List<Record> records = Stream.of(texts).map(Keys::txt).toList();
        return answered(new DnsAnswer(DnsOutcome.ANSWER, records, Duration.ZERO, ""));
    }

    private static DkimKeyReport answered(DnsAnswer answer) {
        return new DkimKeyLookup((name, type) -> CompletableFuture.completedFuture(answer))
                .find("Sel", "Example.com")
                .join();
    }

    @Test
    void find_rsa_isUsable() {
        DkimKeyReport report = find("v=DKIM1; h=sha256; t=y:s; p=" + Keys.data(Keys.RSA));
        assertThat(report)
                .isEqualTo(new DkimKeyReport(
                        "sel._domainkey.example.com",
                        DkimKeyStatus.USABLE,
                        "rsa",
                        2_048,
                        List.of("sha256"),
                        true,
                        1,
                        ""));
    }

    @Test
    void find_ed25519_isUsable() {
        DkimKeyReport report = find("k=ed25519; p=" + Keys.rawData(Keys.ED25519));
        assertThat(report.status()).isEqualTo(DkimKeyStatus.USABLE);
        assertThat(report.type()).isEqualTo("ed25519");
        assertThat(report.bits()).isEqualTo(256);
        assertThat(report.testing()).isFalse();
    }

    @Test
    void find_emptyKey_isRevoked() {
        assertThat(find("v=DKIM1; p=").status()).isEqualTo(DkimKeyStatus.REVOKED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "hello", "v=DKIM2; p=AAAA", "k=rsa; p=AAAA", "s=tlsrpt; p=", "p=!"})
    void find_whatIsNoKey_isUnusable(String text) {
        DkimKeyReport report = find(text);
        assertThat(report.status()).isEqualTo(DkimKeyStatus.UNUSABLE);
        assertThat(report.reason()).isNotEmpty();
    }

    @Test
    void find_severalRecords_areCounted() {
        assertThat(find("p=" + Keys.data(Keys.RSA), "p=").records()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({
        "NXDOMAIN, NONE",
        "NODATA, NONE",
        "SERVFAIL, TEMPERROR",
        "TIMEOUT, TEMPERROR",
        "REFUSED, TEMPERROR",
        "ERROR, TEMPERROR"
    })
    void find_noAnswer_isToldApart(DnsOutcome outcome, DkimKeyStatus status) {
        assertThat(answered(new DnsAnswer(outcome, List.of(), Duration.ZERO, "told"))
                        .status())
                .isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource({"'', example.com", "a b, example.com", "sel, com", "sel, -x.com", "a..b, example.com"})
    void find_noName_isNotAsked(String selector, String domain) {
        DkimKeyReport report = new DkimKeyLookup((name, type) -> {
                    throw new IllegalStateException("asked for " + name);
                })
                .find(selector, domain)
                .join();
        assertThat(report.status()).isEqualTo(DkimKeyStatus.INVALID);
    }

    @Test
    void find_nameThatIsTooLong_isNotAsked() {
        String selector = String.join(".", "a".repeat(60), "b".repeat(60), "c".repeat(60), "d".repeat(60));
        DkimKeyReport report = new DkimKeyLookup((name, type) -> {
                    throw new IllegalStateException("asked for " + name);
                })
                .find(selector, "example.com")
                .join();
        assertThat(report.status()).isEqualTo(DkimKeyStatus.INVALID);
    }
}
