package org.slash64.connectors.milter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.slash64.enrichers.authentication.Findings;
import org.slash64.enrichers.dkim.DkimMaterial;
import org.slash64.enrichers.dkim.DkimResult;
import org.slash64.enrichers.dkim.DkimStatus;
import org.slash64.enrichers.dkim.Octets;
import org.slash64.enrichers.dkim.SignatureMaterial;
import org.slash64.enrichers.dkim.Signer;
import org.slash64.enrichers.dkim.SigningAlgorithm;
import org.slash64.enrichers.fcrdns.FcrdnsStatus;
import org.slash64.enrichers.spf.SpfStatus;
import org.slash64.schemas.Address;

class AuthenticationResultsTest {

    @Test
    void everything_isALineEach() {
        Message message = message("2001:db8::25", "a@example.org", signature(new byte[] {-1, -1, -1, 1, 2, 3, 4}));
        Findings findings = Milters.findings(List.of(Milters.dkim(DkimStatus.PASS, "")));
        assertThat(AuthenticationResults.value("mx.example.net", findings, message))
                .isEqualTo("mx.example.net;\n\tiprev=pass policy.iprev=\"2001:db8::25\";"
                        + "\n\tspf=pass smtp.mailfrom=example.org;\n\tspf=none smtp.helo=mail.example.org;"
                        + "\n\tdkim=pass header.d=example.org header.s=s1 header.a=rsa-sha256 header.b=\"////AQID\"");
    }

    @Test
    void failure_hasItsReasonQuoted() {
        Message message = message("192.0.2.1", "", signature(new byte[0]));
        DkimResult failed = Milters.dkim(DkimStatus.FAIL, "the \"body\" is\r\nanother \u00fc\\");
        Findings findings = new Findings(
                Optional.of(FcrdnsStatus.PERMERROR),
                Optional.of(Milters.spf(SpfStatus.SOFTFAIL, "mail.example.org")),
                Optional.empty(),
                Optional.of(List.of(failed)),
                List.of());
        assertThat(AuthenticationResults.value("mx.example.net", findings, message))
                .isEqualTo("mx.example.net;\n\tiprev=permerror policy.iprev=192.0.2.1;"
                        + "\n\tspf=softfail smtp.helo=mail.example.org;\n\tdkim=fail"
                        + " reason=\"the \\\"body\\\" is??another ?\\\\\""
                        + " header.d=example.org header.s=s1 header.a=rsa-sha256");
    }

    @Test
    void hostileDomains_areQuoted() {
        Findings findings = new Findings(
                Optional.empty(),
                Optional.of(Milters.spf(SpfStatus.NONE, "x; dkim=pass\r\n header.d=bank.example")),
                Optional.empty(),
                Optional.empty(),
                List.of());
        assertThat(AuthenticationResults.value("mx", findings, message("192.0.2.1", "a@b", List.of())))
                .isEqualTo("mx;\n\tspf=none smtp.mailfrom=\"x; dkim=pass?? header.d=bank.example\"");
    }

    @Test
    void nothing_isNone() {
        Findings nothing =
                new Findings(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), List.of());
        assertThat(AuthenticationResults.value("mx.example.net", nothing, message("192.0.2.1", "", List.of())))
                .isEqualTo("mx.example.net; none");
    }

    private static List<SignatureMaterial> signature(byte[] bytes) {
        return List.of(new SignatureMaterial.Complete(
                new Signer("example.org", "s1", "@example.org", "rsa-sha256"),
                SigningAlgorithm.RSA_SHA256,
                Octets.EMPTY,
                Octets.EMPTY,
                Octets.EMPTY,
                Octets.of(bytes),
                Optional.empty(),
                Optional.empty(),
                0));
    }

    private static Message message(String client, String mailFrom, List<SignatureMaterial> signatures) {
        Session session = new Session(
                "0".repeat(32),
                Milters.NOW,
                Optional.empty(),
                Optional.empty(),
                25,
                Address.parse(client),
                0,
                Optional.empty(),
                Optional.empty(),
                Optional.of("mail.example.org"),
                Optional.empty(),
                Optional.empty());
        return new Message(
                session,
                1,
                Milters.NOW,
                Milters.NOW,
                Optional.empty(),
                mailFrom,
                List.of(),
                0,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                0,
                List.of(),
                List.of(),
                List.of(),
                new DkimMaterial(signatures, 0, 1));
    }
}
