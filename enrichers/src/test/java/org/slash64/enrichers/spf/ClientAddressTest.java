package org.slash64.enrichers.spf;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xbill.DNS.Address;

class ClientAddressTest {

    private static ClientAddress address(String text) {
        return ClientAddress.of(Address.toByteArray(text, text.indexOf(':') < 0 ? Address.IPv4 : Address.IPv6));
    }

    @ParameterizedTest
    @CsvSource({
        "::, ::",
        "::1, ::1",
        "2001:db8::, 2001:db8::",
        "2001:0db8:0000:0001:0:0:0:1, 2001:db8:0:1::1",
        "2001:db8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
        "2001:0:0:1:0:0:0:1, 2001:0:0:1::1",
        "2001:db8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
        "::ffff:192.0.2.1, 192.0.2.1",
        "255.0.2.1, 255.0.2.1"
    })
    void readable_isCanonical(String text, String expected) {
        assertThat(address(text).readable()).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "0, true",
        "1, true",
        "63, true",
        "64, true",
        "65, false",
        "127, false",
        "128, false",
    })
    void contains_ipv6_comparesLeadingBits(int prefix, boolean expected) {
        ClientAddress network = address("2001:db8:0:1:8000::");
        assertThat(Network.of6(network.high(), network.low(), prefix).contains(address("2001:db8:0:1::")))
                .isEqualTo(expected);
    }

    @Test
    void contains_ipv4_comparesLeadingBits() {
        assertThat(Network.of4(0xc0000200, 24).contains(address("192.0.2.255"))).isTrue();
        assertThat(Network.of4(0xc0000200, 32).contains(address("192.0.2.1"))).isFalse();
        assertThat(Network.of4(0, 0).contains(address("255.255.255.255"))).isTrue();
        assertThat(Network.of4(0, 0).contains(address("::1"))).isFalse();
    }
}
