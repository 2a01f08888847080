package org.slash64.enrichers.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DnsServersTest {
    @ParameterizedTest
    @CsvSource({
        "127.0.0.1:5353, 127.0.0.1, 5353",
        "192.0.2.1, 192.0.2.1, 53",
        "[::1]:53, 0:0:0:0:0:0:0:1, 53",
        "[2001:db8::53], 2001:db8:0:0:0:0:0:53, 53",
    })
    void parse_literalAddress_isServer(String text, String address, int port) {
        assertThat(DnsServers.parse(text).getAddress().getHostAddress()).isEqualTo(address);
        assertThat(DnsServers.parse(text).getPort()).isEqualTo(port);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ":",
                "localhost:53",
                "dns.example:53",
                "::1",
                "::1:53",
                "[::1",
                "[]:53",
                "[::1]x:53",
                "[127.0.0.1]:53",
                "127.0.0.1:",
                "127.0.0.1:0",
                "127.0.0.1:65536",
                "127.0.0.1:-1",
                "127.0.0.1:5 3",
                "127.1:53",
                "1.2.3.4.5:53",
                "[fe80::1%eth0]:53"
            })
    void parse_anythingElse_isRefused(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DnsServers.parse(text))
                .withMessageContaining("ADDRESS:PORT");
    }

    @Test
    void ofSystem_isNeverEmpty() {
        assertThat(DnsServers.ofSystem()).isNotEmpty();
    }
}
