package org.slash64.enrichers.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slash64.enrichers.domain.DomainName.Kind;

class DomainNameTest {
    private static final String LABEL = "a".repeat(63);

    @ParameterizedTest
    @CsvSource({
        "example.com, example.com",
        "MAIL.Example.COM., mail.example.com",
        "localhost, localhost",
        "a--b.example, a--b.example",
        "r3---sn-x.example, r3---sn-x.example",
        "4you.4u, 4you.4u",
        "bücher.example, xn--bcher-kva.example",
        "BÜCHER.example., xn--bcher-kva.example",
        "xn--bcher-kva.example, xn--bcher-kva.example",
        "XN--BCHER-KVA.example, xn--bcher-kva.example",
        "faß.example, xn--fa-hia.example",
        "例え。テスト, xn--r8jz45g.xn--zckzah",
        "example.テスト。, example.xn--zckzah",
        "ｅｘａｍｐｌｅ．com, example.com",
        "Ⅷ.example, viii.example",
        "אב.example, xn--4dbc.example",
        "r3---sn-x.bücher.example, r3---sn-x.xn--bcher-kva.example"
    })
    void parse_name_isLowerCaseAscii(String text, String ascii) {
        assertThat(DomainName.parse(text)).isEqualTo(new DomainName(Kind.DOMAIN, ascii, ""));
    }

    @Test
    void parse_underscore_isKeptApart() {
        assertThat(DomainName.parse("_spf.Example.com"))
                .isEqualTo(new DomainName(Kind.UNDERSCORE, "_spf.example.com", ""));
        assertThat(DomainName.parse("my_host.bücher.example").kind()).isEqualTo(Kind.UNDERSCORE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[192.0.2.1]",
                "[IPv6:2001:db8::1]",
                "[ipv6:::]",
                "[IPv6:::ffff:192.0.2.1]",
                "[IPv6:2001:db8:aaaa:bbbb:cccc:dddd:192.100.200.100]"
            })
    void parse_addressLiteral_isNoNameButLegitimate(String text) {
        DomainName name = DomainName.parse(text);
        assertThat(name.kind()).isEqualTo(Kind.ADDRESS_LITERAL);
        assertThat(name.isName()).isFalse();
        assertThat(name.ascii()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[",
                "[]",
                "[192.0.2.1",
                "[192.0.2.256]",
                "[192.0.2]",
                "[example.com]",
                "[2001:db8::1]",
                "[IPv6:]",
                "[IPv6:192.0.2.1]",
                "[IPv6:2001:db8::1%eth0]",
                "[IPv6:1:2:3:4:5:6:7:8:9]",
                "[Tag:content]",
                "[[192.0.2.1]]"
            })
    void parse_otherBrackets_isInvalid(String text) {
        assertThat(DomainName.parse(text).kind()).isEqualTo(Kind.INVALID);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "..",
                "a..b",
                ".a",
                "a.b..",
                "-a.example",
                "a-.example",
                "a b.example",
                " a.example",
                "a.example ",
                "a\u0000.example",
                "a\n.example",
                "a\t.example",
                "\u007f.example",
                "<a>.example",
                "user@a.example",
                "a/b.example",
                "\\000.example",
                "*.example",
                "192.0.2.1",
                "192.0.2.1.",
                "1",
                "a.1",
                "2001:db8::1",
                "xn--.example",
                "xn--a.example",
                "xn--99999999.example",
                "xn--bcher-kvä.example",
                "xn--\u0000.example",
                "a\u202e.example",
                "אa.example",
                "\ud800.example",
                "a\u200d.example",
                "\u0301a.example",
                "a。。b",
                "。"
            })
    void parse_noName_isInvalidWithReason(String text) {
        DomainName name = DomainName.parse(text);
        assertThat(name.kind()).isEqualTo(Kind.INVALID);
        assertThat(name.isName()).isFalse();
        assertThat(name.ascii()).isEmpty();
        assertThat(name.reason()).isNotBlank().matches("[ -~]*");
    }

    @Test
    void parse_lengths_areOfDns() {
        assertThat(DomainName.parse(LABEL + ".example").kind()).isEqualTo(Kind.DOMAIN);
        assertThat(DomainName.parse(LABEL + "a.example").reason()).isEqualTo("a label longer than 63 characters");
        String longest = LABEL + "." + LABEL + "." + LABEL + "." + "b".repeat(61);
        assertThat(longest).hasSize(253);
        assertThat(DomainName.parse(longest + ".").kind()).isEqualTo(Kind.DOMAIN);
        assertThat(DomainName.parse(longest + "b").reason()).isEqualTo("longer than 253 characters in ASCII");
        assertThat(DomainName.parse("ü".repeat(60) + ".example").kind()).isEqualTo(Kind.INVALID);
    }

    @Test
    void parse_tenThousandLabels_isInvalidBeforeAnyWork() {
        assertThat(DomainName.parse("a.".repeat(10_000)).reason()).isEqualTo("longer than 512 characters");
        assertThat(DomainName.parse("ü.".repeat(10_000)).reason()).isEqualTo("longer than 512 characters");
        assertThat(DomainName.parse("ü.".repeat(256)).kind()).isEqualTo(Kind.INVALID);
    }

    @Test
    void parse_inTurkish_isTheSame() {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.forLanguageTag("tr"));
        try {
            assertThat(DomainName.parse("MAIL.EXAMPLE").ascii()).isEqualTo("mail.example");
            assertThat(DomainName.parse("BÜCHERI.EXAMPLE").ascii()).isEqualTo("xn--bcheri-3ya.example");
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void toName_isAbsolute() {
        assertThat(DomainName.parse("Mail.example").toName()).hasToString("mail.example.");
    }
}
