package org.slash64.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExemptionsTest {

    private static final String CLIENT = "2001:db8::1";
    private static final String SERVICE = "smtpd";

    private static Optional<String> reason(String client) {
        return Exemptions.defaults().reason(false, SERVICE, Address.parse(client));
    }

    @Test
    void reason_ofAStranger_isNone() {
        assertThat(reason(CLIENT)).isEmpty();
        assertThat(reason("172.32.0.1")).isEmpty();
    }

    @Test
    void reason_authenticated_isSasl() {
        assertThat(Exemptions.defaults().reason(true, SERVICE, Address.parse(CLIENT)))
                .contains("sasl");
    }

    @ParameterizedTest
    @ValueSource(strings = {"submission/smtpd", "submissions/smtpd", "smtps/smtpd", "SUBMISSION/smtpd"})
    void reason_submissionService_isSubmission(String service) {
        assertThat(Exemptions.defaults().reason(false, service, Address.parse(CLIENT)))
                .contains("submission");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "10.0.0.1",
                "172.16.0.1",
                "172.31.255.255",
                "192.168.1.1",
                "::1",
                "fd00::1",
                "fe80::1"
            })
    void reason_ownNetworks(String client) {
        assertThat(reason(client)).contains("own-network");
    }

    @Test
    void reason_configuredNetworks_replaceTheDefaults() {
        Exemptions exemptions =
                new Exemptions(List.of(Prefix.parse("2001:db8::/48").orElseThrow()));
        assertThat(exemptions.reason(false, SERVICE, Address.parse(CLIENT))).contains("own-network");
        assertThat(exemptions.reason(false, SERVICE, Address.parse("10.0.0.1"))).isEmpty();
    }

    @Test
    void reason_clientThatIsNoAddress_isExempt() {
        assertThat(reason("nonsense")).contains("own-network");
    }
}
