package org.slash64.deploy.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.slash64.deploy.check.Reports.all;
import static org.slash64.deploy.check.Reports.only;
import static org.slash64.deploy.check.Reports.sender;
import static org.slash64.deploy.check.Reports.withSelectors;

import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.slash64.enrichers.domain.DomainName;

/** DKIM keys as published. */
class DkimCheckTest {

    private static final String DOMAIN =
            "example.org. IN MX 10 mail.example.org.\nexample.org. IN TXT \"v=spf1 -all\"\n";

    private static String rsa(int bits) {
        return "v=DKIM1; k=rsa; p=" + Base64.getEncoder().encodeToString(key("RSA", bits));
    }

    private static String ed25519() {
        byte[] info = key("Ed25519", 255);
        return "v=DKIM1; k=ed25519; p="
                + Base64.getEncoder().encodeToString(Arrays.copyOfRange(info, info.length - 32, info.length));
    }

    private static byte[] key(String type, int bits) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(type);
            generator.initialize(bits);
            return generator.generateKeyPair().getPublic().getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String record(String selector, String text) {
        return ZoneLine.txt(selector + "._domainkey.example.org", text) + "\n";
    }

    private static Finding finding(String... records) {
        StringBuilder zone = new StringBuilder(DOMAIN);
        Arrays.stream(records).forEach(text -> zone.append(record("s", text)));
        return only(sender(zone.toString(), withSelectors("s")), CheckKind.DKIM_KEY);
    }

    @Test
    void key_rsa2048_passes() {
        assertThat(finding(rsa(2048)).grade()).isEqualTo(Grade.PASS);
        assertThat(finding(rsa(2048)).found()).isEqualTo("RSA, 2048 bits");
    }

    @Test
    void key_rsa1024_warns() {
        assertThat(finding(rsa(1024)).grade()).isEqualTo(Grade.WARN);
    }

    @Test
    void key_rsa768_fails() {
        assertThat(finding(rsa(768)).grade()).isEqualTo(Grade.FAIL);
    }

    @Test
    void key_forTests_warns() {
        Finding finding = finding("t=y; " + rsa(2048).substring("v=DKIM1; ".length()));
        assertThat(finding.grade()).isEqualTo(Grade.WARN);
        assertThat(finding.found()).contains("t=y");
    }

    @Test
    void key_forSha1Alone_fails() {
        assertThat(finding("h=sha1; " + rsa(2048).substring("v=DKIM1; ".length()))
                        .grade())
                .isEqualTo(Grade.FAIL);
    }

    @Test
    void key_revoked_fails() {
        Finding finding = finding("v=DKIM1; p=");
        assertThat(finding.grade()).isEqualTo(Grade.FAIL);
        assertThat(finding.found()).contains("revoked");
    }

    @Test
    void key_thatIsNone_fails() {
        assertThat(finding("v=DKIM1; k=rsa; p=AAAA").grade()).isEqualTo(Grade.FAIL);
        assertThat(finding("hello").grade()).isEqualTo(Grade.FAIL);
    }

    @Test
    void key_missing_failsWithTheNameToPublishAt() {
        Finding finding = finding();
        assertThat(finding.grade()).isEqualTo(Grade.FAIL);
        assertThat(finding.publish()).containsExactly("s._domainkey.example.org. IN TXT \"v=DKIM1; k=rsa; p=BASE64\"");
    }

    @Test
    void key_besideAnother_warns() {
        assertThat(finding(rsa(2048), "t=s; " + rsa(2048).substring("v=DKIM1; ".length()))
                        .grade())
                .isEqualTo(Grade.WARN);
    }

    @Test
    void key_servfail_failsAsUnanswered() {
        ZoneDns dns = ZoneDns.of(DOMAIN).broken("s._domainkey.example.org");
        CheckReport report = new SenderCheck(dns, withSelectors("s")).ofDomain(DomainName.parse("example.org"));
        assertThat(only(report, CheckKind.DKIM_KEY).found()).contains("DNS could not say");
    }

    @Test
    void key_selectorThatIsNoName_fails() {
        CheckReport report = sender(DOMAIN, withSelectors("a b\u001b[31m"));
        assertThat(only(report, CheckKind.DKIM_KEY).grade()).isEqualTo(Grade.FAIL);
        assertThat(only(report, CheckKind.DKIM_KEY).subject()).isEqualTo("a b?[31m._domainkey.example.org");
    }

    @Test
    void ed25519_alone_warns() {
        CheckReport report = sender(DOMAIN + record("s", ed25519()), withSelectors("s"));
        assertThat(only(report, CheckKind.DKIM_KEY).grade()).isEqualTo(Grade.PASS);
        assertThat(only(report, CheckKind.DKIM_ED25519).grade()).isEqualTo(Grade.WARN);
    }

    @Test
    void ed25519_besideRsa_passes() {
        CheckReport report = sender(DOMAIN + record("s", ed25519()) + record("r", rsa(2048)), withSelectors("s", "r"));
        assertThat(all(report, CheckKind.DKIM_KEY)).extracting(Finding::grade).containsExactly(Grade.PASS, Grade.PASS);
        assertThat(all(report, CheckKind.DKIM_ED25519)).isEmpty();
    }
}
