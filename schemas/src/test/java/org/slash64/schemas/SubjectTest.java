package org.slash64.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.common.utils.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SubjectTest {

    private static Subject subject(String text) {
        return Subject.parse(text).orElseThrow();
    }

    @ParameterizedTest
    @CsvSource({
        "2001:DB8:1::/48,2001:db8:1::/48,IPV6_48",
        "2001:db8::1,2001:db8::1/128,",
        "192.0.2.7,192.0.2.7/32,IPV4_32",
        "2001:db8::/32,2001:db8::/32,",
        "Example.ORG.,example.org,DOMAIN",
        "xn--bcher-kva.example,xn--bcher-kva.example,DOMAIN",
        "_spf.example.org,_spf.example.org,DOMAIN"
    })
    void parse_prefixAddressOrDomain(String text, String expected, Level level) {
        assertThat(subject(text)).hasToString(expected);
        assertThat(Level.of(subject(text))).isEqualTo(Optional.ofNullable(level));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "*",
                "org",
                "example..org",
                ".example.org",
                "a b.org",
                "192.0.2.999",
                "1.2.3.4.5",
                "192.0.2.1/24",
                "b\u00fccher.example",
                "example.org/",
                "a/b.org",
                "x*.org",
                "example.123"
            })
    void parse_anythingElse_isEmpty(String text) {
        assertThat(Subject.parse(text)).isEmpty();
    }

    @Test
    void parse_namesTooLong_areEmpty() {
        assertThat(Subject.parse("a".repeat(63) + ".org")).isPresent();
        assertThat(Subject.parse("a".repeat(64) + ".org")).isEmpty();
        assertThat(Subject.parse("a.".repeat(125) + "org")).isPresent();
        assertThat(Subject.parse("a.".repeat(126) + "org")).isEmpty();
        assertThat(Subject.parse("a.".repeat(1_000_000) + "org")).isEmpty();
    }

    @Test
    void fromKey_isTheSubject_andMovesPastItsKey() {
        Stream.of("2001:db8::/64", "192.0.2.0/24", "example.org")
                .map(SubjectTest::subject)
                .forEach(subject -> {
                    byte[] key = subject.key();
                    ByteBuffer buffer = ByteBuffer.allocate(key.length + 8)
                            .put(key)
                            .putLong(7)
                            .flip();
                    assertThat(Subject.fromKey(buffer)).isEqualTo(subject);
                    assertThat(buffer.getLong()).isEqualTo(7);
                });
    }

    @Test
    void key_sortsPrefixesBeforeDomains_andNoneStartsAnother() {
        List<Bytes> keys = Stream.of(
                        "192.0.2.0/24", "192.0.2.0/32", "2001:db8::/48", "2001:db8::/64", "a.co", "a.com", "b.co")
                .map(SubjectTest::subject)
                .map(subject -> Bytes.wrap(subject.key()))
                .toList();
        assertThat(keys).isSorted();
        for (Bytes one : keys) {
            assertThat(keys).filteredOn(other -> !other.equals(one)).noneMatch(other -> startsWith(other, one));
        }
    }

    private static boolean startsWith(Bytes key, Bytes start) {
        byte[] all = key.get();
        byte[] first = start.get();
        return all.length >= first.length
                && ByteBuffer.wrap(all, 0, first.length).equals(ByteBuffer.wrap(first));
    }
}
