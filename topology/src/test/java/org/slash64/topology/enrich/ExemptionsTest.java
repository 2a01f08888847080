package org.slash64.topology.enrich;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slash64.schemas.Address;
import org.slash64.schemas.Prefix;
import org.slash64.schemas.SmtpEvent;
import org.slash64.topology.Events;

class ExemptionsTest {

    private static final String CLIENT = "2001:db8::1";

    private static SmtpEvent from(String client) {
        return Events.connection(client, Instant.EPOCH);
    }

    private static Optional<String> reason(SmtpEvent event) {
        return Exemptions.defaults().reason(event, Address.parse(event.getClient()));
    }

    @Test
    void reason_ofAStranger_isNone() {
        assertThat(reason(from(CLIENT))).isEmpty();
        assertThat(reason(from("172.32.0.1"))).isEmpty();
    }

    @Test
    void reason_authenticated_isSasl() {
        SmtpEvent event = from(CLIENT);
        event.setSaslMethod("PLAIN");
        assertThat(reason(event)).contains("sasl");
    }

    @ParameterizedTest
    @ValueSource(strings = {"submission/smtpd", "submissions/smtpd", "smtps/smtpd", "SUBMISSION/smtpd"})
    void reason_submissionService_isSubmission(String service) {
        SmtpEvent event = from(CLIENT);
        event.setService(service);
        assertThat(reason(event)).contains("submission");
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
        assertThat(reason(from(client))).contains("own-network");
    }

    @Test
    void reason_configuredNetworks_replaceTheDefaults() {
        Exemptions exemptions =
                new Exemptions(List.of(Prefix.parse("2001:db8::/48").orElseThrow()));
        assertThat(exemptions.reason(from(CLIENT), Address.parse(CLIENT))).contains("own-network");
        assertThat(exemptions.reason(from("10.0.0.1"), Address.parse("10.0.0.1")))
                .isEmpty();
    }

    @Test
    void reason_clientThatIsNoAddress_isExempt() {
        assertThat(reason(from("nonsense"))).contains("own-network");
    }
}
