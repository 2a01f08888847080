package org.slash64.testkit.conformance.spf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slash64.testkit.conformance.spf.SuiteAnswer.Kind;
import org.xbill.DNS.Name;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

class SpfSuiteTest {
    private static final String SUITE = """
            ---
            description: First
            tests:
              one:
                spec: 1/1
                helo: 12
                host: ::FFFF:1.2.3.4
                mailfrom: ""
                result: [PermError, fail]
              two:
                helo: yes
                host: CAFE:BABE::1
                mailfrom: a@b.example
                result: fail
                explanation: DEFAULT
            zonedata:
              txt.example:
                - SPF: "v=spf1 -all"
                - SPF: [ "v=spf1 ", "+all" ]
              own.example:
                - SPF: "v=spf1 -all"
                - TXT: other
              none.example:
                - SPF: "v=spf1 -all"
                - TXT: NONE
              slow.example:
                - A: 192.0.2.1
                - TIMEOUT
                - AAAA: 2001:db8::1
              slowspf.example:
                - SPF: "v=spf1 -all"
                - TIMEOUT
              slowtype.example:
                - A: TIMEOUT
                - MX: [10, ""]
              loop.example:
                - CNAME: LOOP.example.
              alias.example:
                - CNAME: slow.example
              "odd%name  x.example":
                - A: 192.0.2.1
              bytes.example:
                - TXT: "\\x96\\xe9"
              empty.example:
                - TXT: []
              e..mpty.example:
                - A: 192.0.2.1
            ---
            description: Second
            tests: {}
            """;

    private static SuiteAnswer lookup(String name, int type) throws Exception {
        return SpfSuite.parse(SUITE, "suite").scenarios().get(0).zone().lookup(name(name), type);
    }

    private static Name name(String text) throws TextParseException {
        return Name.fromString(text, Name.root);
    }

    private static List<String> txt(String name) throws Exception {
        return lookup(name, Type.TXT).records().stream()
                .map(record -> {
                    StringBuilder text = new StringBuilder();
                    for (Object part : ((TXTRecord) record).getStringsAsByteArrays()) {
                        text.append(new String((byte[]) part, StandardCharsets.ISO_8859_1))
                                .append('|');
                    }
                    return text.toString();
                })
                .toList();
    }

    @Test
    void parse_tests_areText() throws Exception {
        SpfSuite suite = SpfSuite.parse(SUITE, "suite");
        assertThat(suite.scenarios()).extracting(SpfScenario::description).containsExactly("First", "Second");
        SpfCase one = suite.scenarios().get(0).cases().get(0);
        assertThat(one.helo()).isEqualTo("12");
        assertThat(one.client().getHostAddress()).isEqualTo("1.2.3.4");
        assertThat(one.mailFrom()).isEmpty();
        assertThat(one.results()).containsExactly("permerror", "fail");
        assertThat(one.explanation()).isEmpty();
        SpfCase two = suite.scenarios().get(0).cases().get(1);
        assertThat(two.helo()).isEqualTo("yes");
        assertThat(two.explanation()).contains(SpfCase.DEFAULT);
    }

    @Test
    void lookup_spfEntries_standForTxtUnlessThereAreSome() throws Exception {
        assertThat(txt("txt.example")).containsExactly("v=spf1 -all|", "v=spf1 |+all|");
        assertThat(txt("own.example")).containsExactly("other|");
        assertThat(lookup("none.example", Type.TXT).kind()).isEqualTo(Kind.NODATA);
    }

    @Test
    void lookup_timeouts_spareWhatIsListedBefore() throws Exception {
        assertThat(lookup("slow.example", Type.A).kind()).isEqualTo(Kind.ANSWER);
        assertThat(lookup("slow.example", Type.AAAA).kind()).isEqualTo(Kind.TIMEOUT);
        assertThat(lookup("slow.example", Type.TXT).kind()).isEqualTo(Kind.TIMEOUT);
        assertThat(lookup("slowspf.example", Type.TXT).kind()).isEqualTo(Kind.TIMEOUT);
        assertThat(lookup("slowtype.example", Type.A).kind()).isEqualTo(Kind.TIMEOUT);
        assertThat(lookup("slowtype.example", Type.MX).kind()).isEqualTo(Kind.ANSWER);
        assertThat(lookup("slowtype.example", Type.TXT).kind()).isEqualTo(Kind.NODATA);
    }

    @Test
    void lookup_names_compareWithoutCaseAndFollowCnames() throws Exception {
        assertThat(lookup("SLOW.Example", Type.A).kind()).isEqualTo(Kind.ANSWER);
        assertThat(lookup("alias.example", Type.A).records()).hasSize(1);
        assertThat(lookup("alias.example", Type.AAAA).kind()).isEqualTo(Kind.TIMEOUT);
        assertThat(lookup("loop.example", Type.A).kind()).isEqualTo(Kind.CNAME_LOOP);
        assertThat(lookup("odd%name\\032\\032x.example", Type.A).kind()).isEqualTo(Kind.ANSWER);
        assertThat(lookup("nowhere.example", Type.A).kind()).isEqualTo(Kind.NXDOMAIN);
        assertThat(lookup("error.nowhere.example", Type.A).kind()).isEqualTo(Kind.SERVFAIL);
    }

    @Test
    void lookup_txt_isLatin1Octets() throws Exception {
        assertThat(txt("bytes.example")).containsExactly("\u0096\u00e9|");
        assertThat(txt("empty.example")).containsExactly("|");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "just text",
                "tests: [",
                "tests: {a: {host: nobody, result: pass}}",
                "tests: {a: {host: 192.0.2.1}}",
                "zonedata: {a.example: [FOO]}",
                "zonedata: {a.example: [{A: nothing}]}",
                "tests: [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[x]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]"
            })
    void parse_malformed_saysWhere(String text) {
        assertThatThrownBy(() -> SpfSuite.parse(text, "suite"))
                .isInstanceOf(SuiteFormatException.class)
                .hasMessageStartingWith("suite:");
    }
}
