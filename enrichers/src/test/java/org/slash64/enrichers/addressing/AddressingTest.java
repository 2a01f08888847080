package org.slash64.enrichers.addressing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.Address;

class AddressingTest {
    private static byte[] bytes(String text) {
        return Address.toByteArray(text, text.contains(":") ? Address.IPv6 : Address.IPv4);
    }

    private static Addressing of(String text) {
        return Addressing.of(bytes(text));
    }

    private static String embedded(String text) {
        return of(text).embedded().map(InetAddress::getHostAddress).orElse("none");
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.1, IPV4, none",
        "2001:db8::1, IPV6, none",
        "2a00:1450::25, IPV6, none",
        "::ffff:192.0.2.1, IPV4_MAPPED, 192.0.2.1",
        "::192.0.2.1, IPV4_COMPATIBLE, 192.0.2.1",
        "::, IPV6, none",
        "::1, IPV6, none",
        "2002:c000:201::1, SIX_TO_FOUR, 192.0.2.1",
        "2001:0:c000:201:8000:63bf:3fff:fdd2, TEREDO, 192.0.2.45",
        "2001:1::1, IPV6, none",
        "64:ff9b::192.0.2.33, NAT64, 192.0.2.33",
        "64:ff9b::1:192.0.2.33, IPV6, none",
        "64:ff9b:1::192.0.2.33, NAT64_LOCAL, 192.0.2.33",
        "64:ff9b:1:fffe::192.0.2.33, NAT64_LOCAL, 192.0.2.33",
        "64:ff9b:1:c000:2:2100::, NAT64_LOCAL, 192.0.2.33",
        "64:ff9b:1::, NAT64_LOCAL, none",
        "64:ff9b:1:1:2:3:4:5, NAT64_LOCAL, none",
        "64:ff9b:2::192.0.2.33, IPV6, none"
    })
    void of_prefix_isKnownWithItsIpv4Address(String address, AddressPrefix prefix, String embedded) {
        assertThat(of(address).prefix()).isEqualTo(prefix);
        if (prefix != AddressPrefix.IPV6) {
            assertThat(embedded(address)).isEqualTo(embedded);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "2001:db8::200:5eff:fe00:5301, EUI64",
        "2001:db8::5054:ff:fe12:3456, EUI64",
        "2001:db8::300:5eff:fe00:5301, RANDOM",
        "2001:db8::5efe:192.0.2.1, ISATAP",
        "2001:db8::200:5efe:192.0.2.1, ISATAP",
        "2001:db8::, LOW_BYTE",
        "2001:db8::1, LOW_BYTE",
        "2001:db8::25, LOW_BYTE",
        "2001:db8::1:2, LOW_BYTE",
        "2001:db8::ff:ffff, LOW_BYTE",
        "2001:db8::c000:201, EMBEDDED_IPV4",
        "2001:db8::192:0:2:1, EMBEDDED_IPV4",
        "2001:db8::10:0:0:25, EMBEDDED_IPV4",
        "2001:db8::223:255:255:255, EMBEDDED_IPV4",
        "2001:db8::224:0:0:1, PATTERN",
        "2001:db8::256:0:2:1, PATTERN",
        "2001:db8::192:0:2:a, PATTERN",
        "2001:db8::1:2:3:4, PATTERN",
        "2001:db8::1000:1, PATTERN",
        "2001:db8::7f00:101, PATTERN",
        "2001:db8::e000:101, PATTERN",
        "2001:db8::cafe:1, PATTERN",
        "2001:db8::dead:beef, PATTERN",
        "2001:db8::face:b00c:1234:5678, PATTERN",
        "2001:db8::1111:2222:1111:2222, PATTERN",
        "2001:db8::a:b:c:d, PATTERN",
        "2001:db8::1:0:0:1, PATTERN",
        "2001:db8::8c2e:1f4a:93d7:6b05, RANDOM",
        "2002:c000:201::c000:201, EMBEDDED_IPV4",
        "2002:c000:201::1, LOW_BYTE",
        "2001:0:c000:201:8000:63bf:3fff:fdd2, NONE",
        "64:ff9b::192.0.2.33, NONE",
        "::ffff:192.0.2.1, NONE",
        "192.0.2.1, NONE"
    })
    void of_identifier_isClassified(String address, InterfaceId kind) {
        assertThat(of(address).interfaceId()).isEqualTo(kind);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2001:db8::c000:201",
                "2001:db8::192:0:2:1",
                "2001:db8::5efe:192.0.2.1",
                "2002:c000:201::c633:6401",
                "2002:c000:201:1:200:5eff:fe00:5301"
            })
    void of_ipv4InIdentifierOrPrefix_isExposed(String address) {
        assertThat(embedded(address)).isEqualTo("192.0.2.1");
    }

    @Test
    void of_eui64_hasTheHardwareAddress() {
        assertThat(of("2001:db8::200:5eff:fe00:5301").hardware())
                .contains(new HardwareAddress("00:00:5e:00:53:01", true));
        assertThat(of("2001:db8::5054:ff:fe12:3456").hardware())
                .contains(new HardwareAddress("52:54:00:12:34:56", false));
        assertThat(of("2001:db8::ac:ff:fe00:1").hardware()).contains(new HardwareAddress("02:ac:00:00:00:01", false));
        assertThat(of("2001:db8::200:5eff:fe00:5301").hardware().orElseThrow().oui())
                .isEqualTo("00:00:5e");
        assertThat(of("2001:db8::1").hardware()).isEmpty();
    }

    @Test
    void of_javaAddress_isTheSame() throws Exception {
        assertThat(Addressing.of(InetAddress.getByAddress(bytes("2001:db8::1"))))
                .isEqualTo(of("2001:db8::1"));
        Inet4Address mapped = (Inet4Address) InetAddress.getByAddress(bytes("::ffff:192.0.2.1"));
        assertThat(Addressing.of(mapped))
                .isEqualTo(new Addressing(AddressPrefix.IPV4, InterfaceId.NONE, Optional.empty(), Optional.empty()));
    }

    @Test
    void of_randomIdentifiers_nearlyAllLookRandom() {
        Random random = new Random(64);
        int looksOtherwise = 0;
        byte[] address = bytes("2001:db8::");
        byte[] id = new byte[8];
        for (int i = 0; i < 100_000; i++) {
            random.nextBytes(id);
            System.arraycopy(id, 0, address, 8, 8);
            looksOtherwise += Addressing.of(address).interfaceId() == InterfaceId.RANDOM ? 0 : 1;
        }
        assertThat(looksOtherwise).isLessThan(200);
    }

    @Test
    void of_otherLengths_isRefused() {
        assertThatThrownBy(() -> Addressing.of(new byte[5])).isInstanceOf(IllegalArgumentException.class);
    }
}
