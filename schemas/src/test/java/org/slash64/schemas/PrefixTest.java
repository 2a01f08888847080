package org.slash64.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrefixTest {

    @Test
    void levels_ofIpv6_are64And56And48() {
        Address client = Address.parse("2001:db8:1:2ff::25").orElseThrow();
        assertThat(Prefix.levels(client).stream().map(Prefix::toString))
                .containsExactly("2001:db8:1:2ff::/64", "2001:db8:1:200::/56", "2001:db8:1::/48");
        assertThat(Prefix.network(client)).hasToString("2001:db8:1::/48");
    }

    @Test
    void levels_ofIpv4_are32And24() {
        Address client = Address.parse("192.0.2.25").orElseThrow();
        assertThat(Prefix.levels(client).stream().map(Prefix::toString))
                .containsExactly("192.0.2.25/32", "192.0.2.0/24");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0/0", "::/0", "2001:db8::/32", "2001:db8::1/128", "255.255.255.255/32", "8000::/1"})
    void parse_goodPrefix_readsBack(String text) {
        Prefix prefix = Prefix.parse(text).orElseThrow();
        assertThat(prefix).hasToString(text);
        assertThat(Prefix.fromKey(ByteBuffer.wrap(prefix.key()))).isEqualTo(prefix);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"2001:db8::1/64", "192.0.2.1/33", "192.0.2.0/", "192.0.2.0", "x/8", "::/129", "::/-1", "::/٣"})
    void parse_badPrefix_isEmpty(String text) {
        assertThat(Prefix.parse(text)).isEmpty();
    }

    @Test
    void constructor_hostBits_areRefused() {
        Address client = Address.parse("192.0.2.1").orElseThrow();
        assertThatThrownBy(() -> new Prefix(client, 24)).hasMessageContaining("host bits");
    }

    @Test
    void key_sortsAsThePrefixesDo() {
        Stream<String> texts = Stream.of(
                "192.0.2.0/24",
                "192.0.2.0/32",
                "192.0.2.9/32",
                "200.0.0.0/8",
                "2001:db8::/48",
                "2001:db8::/64",
                "2001:db8:0:1::/64",
                "fe80::/10");
        var prefixes = texts.map(text -> Prefix.parse(text).orElseThrow()).toList();
        assertThat(prefixes).isSorted();
        assertThat(prefixes.stream().map(Prefix::key).toList()).isSortedAccordingTo(Arrays::compareUnsigned);
    }

    @Test
    void contains_nestsByLevel() {
        Prefix network = Prefix.parse("2001:db8:1::/48").orElseThrow();
        assertThat(network.contains(Prefix.parse("2001:db8:1:ffff::/64").orElseThrow()))
                .isTrue();
        assertThat(network.contains(Prefix.parse("2001:db8:2::/64").orElseThrow()))
                .isFalse();
        assertThat(network.contains(Address.parse("192.0.2.1").orElseThrow())).isFalse();
    }
}
