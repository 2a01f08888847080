package org.slash64.topology.listing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slash64.schemas.Prefix;

class ReservedSpaceTest {

    private static final ReservedSpace WITH_DOCUMENTATION = new ReservedSpace(false);
    private static final ReservedSpace WITHOUT_DOCUMENTATION = new ReservedSpace(true);

    private static Prefix prefix(String text) {
        return Prefix.parse(text).orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "::/64",
                "::/128",
                "::1/128",
                "64:ff9b::/64",
                "64:ff9b:1:2::/64",
                "100::/64",
                "2001::/64",
                "2001:0:1:2::/64",
                "2002:c000:201::/64",
                "fc00::/64",
                "fd12:3456::/48",
                "fe80::/64",
                "ff02::/64",
                "0.0.0.0/32",
                "10.255.255.255/32",
                "100.64.0.0/24",
                "127.0.0.1/32",
                "169.254.1.1/32",
                "172.31.255.0/24",
                "192.0.0.1/32",
                "192.88.99.1/32",
                "192.168.1.0/24",
                "198.19.255.255/32",
                "224.0.0.1/32",
                "255.255.255.255/32"
            })
    void touches_reserved_always(String prefix) {
        assertThat(WITH_DOCUMENTATION.touches(prefix(prefix))).isTrue();
        assertThat(WITHOUT_DOCUMENTATION.touches(prefix(prefix))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0/0", "::/0", "172.0.0.0/8", "2001::/16", "192.0.0.0/16"})
    void touches_wideOnesThatHoldReservedSpace(String prefix) {
        assertThat(WITHOUT_DOCUMENTATION.touches(prefix(prefix))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"192.0.2.0/24", "198.51.100.7/32", "203.0.113.1/32", "2001:db8:1:2::/64", "3fff:fff::/64"})
    void touches_documentation_unlessThePolicyAllowsIt(String prefix) {
        assertThat(WITH_DOCUMENTATION.touches(prefix(prefix))).isTrue();
        assertThat(WITHOUT_DOCUMENTATION.touches(prefix(prefix))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "9.255.255.255/32",
                "11.0.0.0/24",
                "100.128.0.0/24",
                "172.32.0.0/24",
                "192.0.3.0/24",
                "198.20.0.0/24",
                "223.255.255.255/32",
                "2001:1::/64",
                "2001:db7:ffff:ffff::/64",
                "2001:db9::/64",
                "2003::/64",
                "3fff:1000::/64"
            })
    void touches_ordinarySpace_not(String prefix) {
        assertThat(WITH_DOCUMENTATION.touches(prefix(prefix))).isFalse();
    }
}
