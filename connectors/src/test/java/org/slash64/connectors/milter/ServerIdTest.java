package org.slash64.connectors.milter;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServerIdTest {

    private static final String OWN = "mx.example.net";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mx.example.net; spf=pass",
                "MX.Example.NET;spf=pass",
                " mx.example.net 1; spf=pass",
                "mx.example.net.; spf=pass",
                "\n\t mx.example.net\n ; none",
                "(mx (really) \\) ) mx.example.net; none",
                "mx.example.net(comment); none",
                "\"mx.example.net\"; none",
                "\"mx\\.example.net\" 1; none",
                "mx.example.net",
                // cannot be read
                "(never ends mx.example.net; spf=pass",
                "\"mx.example.net; spf=pass",
                "x\"mx.example.net\"; spf=pass"
            })
    void fieldOfOurs_isClaimed(String value) {
        assertThat(ServerId.claims(value, OWN)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "other.example; spf=pass smtp.mailfrom=mx.example.net",
                "mx.example.net.evil.example; none",
                "amx.example.net; none",
                "(mx.example.net) other.example; none",
                "\"mx.example.net.evil\"; none",
                "",
                "(never ends",
                ";"
            })
    void fieldOfOthers_isNot(String value) {
        assertThat(ServerId.claims(value, OWN)).isFalse();
    }

    @Test
    void deepComments_takeLinearTime() {
        assertThat(ServerId.claims("(".repeat(1_000_000), OWN)).isFalse();
        assertThat(ServerId.claims("(".repeat(500_000) + ")".repeat(500_000) + OWN, OWN))
                .isTrue();
    }
}
