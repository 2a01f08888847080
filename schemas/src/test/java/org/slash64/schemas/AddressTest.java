package org.slash64.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressTest {

    @ParameterizedTest
    @CsvSource({
        "192.0.2.1, 192.0.2.1",
        "[192.0.2.1], 192.0.2.1",
        "::ffff:192.0.2.1, 192.0.2.1",
        "::FFFF:c000:201, 192.0.2.1",
        "[IPv6:::ffff:192.0.2.1], 192.0.2.1",
        "2001:DB8::1, 2001:db8::1",
        "IPv6:2001:db8::1, 2001:db8::1",
        "[2001:db8:0:0:1:0:0:1], 2001:db8::1:0:0:1",
        "fe80::1%eth0, fe80::1",
        "2001:db8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
        "2001:0db8:0000:0000:0000:0000:0000:0001, 2001:db8::1",
        "::, ::",
        "::1, ::1",
        "1::, 1::",
        "64:ff9b::192.0.2.33, 64:ff9b::c000:221",
        "1:0:0:0:2:0:0:0, 1::2:0:0:0",
    })
    void parse_anyNotation_givesCanonicalText(String text, String canonical) {
        assertThat(Address.parse(text)).map(Address::toString).contains(canonical);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "unknown",
                "example.org",
                "192.0.2",
                "192.0.2.256",
                "192.0.2.1.5",
                "192.0.2.01",
                "192.0.2.1 ",
                ":",
                ":1",
                "1:",
                ":::",
                "1::2::3",
                "1:2:3:4:5:6:7",
                "1:2:3:4:5:6:7:8:9",
                "12345::",
                "::g",
                "1:2:3:4:5:6:7:192.0.2.1",
                "::192.0.2",
                "%eth0",
                "[]",
                "٣.2.3.4",
            })
    void parse_noAddress_isEmpty(String text) {
        assertThat(Address.parse(text)).isEmpty();
    }

    @Test
    void toString_randomAddresses_readBackAndAgreeWithTheJdk() throws Exception {
        Random random = new Random(64);
        for (int i = 0; i < 10_000; i++) {
            byte[] bytes = new byte[16];
            random.nextBytes(bytes);
            for (int j = 0; j < 16; j += 2) {
                if (random.nextBoolean()) {
                    bytes[j] = 0;
                    bytes[j + 1] = 0;
                }
            }
            Address address = Address.ofBytes(bytes);
            assertThat(Address.parse(address.toString())).contains(address);
            assertThat(InetAddress.getByName(address.toString()).getAddress()).isEqualTo(address.bytes());
        }
    }
}
