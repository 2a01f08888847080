package org.slash64.enrichers.spf;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordParserTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "v=spf1",
                "v=spf1 ",
                "V=SPF1  +ALL  ",
                "v=spf1 a mx ptr -all",
                "v=spf1 a/24//64 mx:example.org/0 a//128 a:%{d}/24//48",
                "v=spf1 a:a/b.example.com/24",
                "v=spf1 ip4:0.0.0.0/0 ip4:255.255.255.255 ip6:::/0 ip6:2001:db8::1/128 ip6:::ffff:192.0.2.1",
                "v=spf1 exists:%{l1r+-}.%{o}.%{i}._spf.%{d2} redirect=_spf.example.com",
                "v=spf1 include:example.com. exp=%{d}.example.com",
                "v=spf1 x-more.1_2=%{c}%%%_%- moo= -all",
                "v=spf1 a:%%.%{h}",
                "v=spf1 a:..example.com",
                "v=spf1 a:example.xn--zckzah"
            })
    void parse_record_isValid(String record) {
        assertThat(RecordParser.isSpf(record)).isTrue();
        assertThat(RecordParser.parse(record)).isInstanceOf(ParsedRecord.Valid.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "v=spf1 all:x",
                "v=spf1 -",
                "v=spf1 --all",
                "v=spf1 a:",
                "v=spf1 a/",
                "v=spf1 a//",
                "v=spf1 a/33",
                "v=spf1 a/024",
                "v=spf1 a//129",
                "v=spf1 a/24/64",
                "v=spf1 a:example.com///64",
                "v=spf1 a:example",
                "v=spf1 a:example.123",
                "v=spf1 a:example.-com",
                "v=spf1 a:%{d}.",
                "v=spf1 a:%{d}com",
                "v=spf1 a:%{d0}",
                "v=spf1 a:%{d",
                "v=spf1 a:%{dx}",
                "v=spf1 a:%{}",
                "v=spf1 a:%",
                "v=spf1 a:%a.com",
                "v=spf1 a:%{c}.example.com",
                "v=spf1 ptr/24",
                "v=spf1 include",
                "v=spf1 include:example.com/24",
                "v=spf1 ip4",
                "v=spf1 ip4:192.0.2",
                "v=spf1 ip4:192.0.2.1.",
                "v=spf1 ip4:192.0.2.01",
                "v=spf1 ip4:192.0.2.256",
                "v=spf1 ip4:192.0.2.1/33",
                "v=spf1 ip4:192.0.2.1/",
                "v=spf1 ip4:2001:db8::1",
                "v=spf1 ip6:2001:db8::1::2",
                "v=spf1 ip6:02001:db8::",
                "v=spf1 ip6:+1::2",
                "v=spf1 ip6:fe80::1%eth0",
                "v=spf1 ip6:192.0.2.1",
                "v=spf1 ip6:",
                "v=spf1 redirect=a.example redirect=b.example",
                "v=spf1 exp=a.example exp=b.example",
                "v=spf1 redirect:example.com",
                "v=spf1 redirect=",
                "v=spf1 1a=b",
                "v=spf1 x=%{q}",
                "v=spf1 unknown",
                "v=spf1 a\tmx",
                "v=spf1 all\u00e9"
            })
    void parse_record_isInvalid(String record) {
        assertThat(RecordParser.parse(record)).isInstanceOf(ParsedRecord.Invalid.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "v=spf10", "v=spf", "v=spf1\tall", " v=spf1", "spf2.0/pra", "v=spf1+all"})
    void isSpf_otherText_isFalse(String text) {
        assertThat(RecordParser.isSpf(text)).isFalse();
    }

    @Test
    void parse_randomText_neverThrows() {
        Random random = new Random(64);
        String alphabet = "aimxptrlcudeds:/=%{}.-+?~1902 \u0000\u00ff";
        for (int i = 0; i < 20_000; i++) {
            StringBuilder text = new StringBuilder("v=spf1 ");
            random.ints(1 + i % 40, 0, alphabet.length()).forEach(at -> text.append(alphabet.charAt(at)));
            assertThat(RecordParser.parse(text.toString())).isNotNull();
        }
    }

    @Test
    void parse_hugeTerm_isQuotedShort() {
        ParsedRecord parsed = RecordParser.parse("v=spf1 " + "x".repeat(100_000));
        assertThat(((ParsedRecord.Invalid) parsed).reason()).hasSizeLessThan(300);
    }
}
