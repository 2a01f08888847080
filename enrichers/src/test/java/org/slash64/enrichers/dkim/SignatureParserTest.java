package org.slash64.enrichers.dkim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignatureParserTest {
    private static final String GOOD = "v=1; a=rsa-sha256; d=example.com; s=sel; h=from; bh=AAAA; b=BBBB";

    private static SignatureTags parse(String text) throws DkimSyntaxException {
        return new SignatureParser(TagList.parse(text)).parse();
    }

    /** With this tag in place of the good one. */
    private static String with(String tag) {
        String name = tag.substring(0, tag.indexOf('=') + 1);
        return Stream.concat(Stream.of(GOOD.split("; ")).filter(good -> !good.startsWith(name)), Stream.of(tag))
                .collect(Collectors.joining("; "));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "v=",
                "v=1.0",
                "v=2",
                "a=",
                "a=rsa-sha0",
                "a=RSA-SHA256",
                "d=",
                "d=com",
                "d=example.com.",
                "d=.example.com",
                "d=-a.example.com",
                "d=legitimate.com(.attacker.com",
                "d=ex\u00e4mple.com",
                "d=\u00c3\u00bc",
                "d=\u00c3\u00bc..example",
                "d=\u00e2\u0080\u008d.example",
                "d=\u00c3\u00bc(.example",
                "s=\u00ff",
                "s=",
                "s=a..b",
                "s=a b",
                "h=",
                "h=subject",
                "h=from-other",
                "bh=",
                "bh=A",
                "bh=AA!A",
                "b=",
                "b=A",
                "b=====",
                "c=",
                "c=simple/",
                "c=/simple",
                "c=bogus",
                "c=relaxed/bogus",
                "c=simple/simple/simple",
                "l=",
                "l=-1",
                "l=all",
                "l=+1",
                "q=",
                "q=foo",
                "q=dns/foo",
                "t=",
                "t=-1",
                "t=now",
                "t=1234567890123",
                "x=",
                "x=never",
                "x=1234567890123a",
                "i=",
                "i=example.com",
                "i=@other.com",
                "i=@badexample.com",
                "i=@.example.com",
                "i=a@b@com",
                "i=@\u00c3\u00bc.example"
            })
    void parse_badTag_isError(String tag) {
        assertThatThrownBy(() -> parse(with(tag))).isInstanceOf(DkimSyntaxException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "d=EXAMPLE.com",
                "d=a_b.example.com",
                "s=a.b",
                "s=2007-00",
                "h=From",
                "h= to :\r\n FROM ",
                "b=BB\r\n BB",
                "b=BB",
                "bh=AA A=",
                "c=relaxed",
                "c=relaxed/relaxed",
                "l=0",
                "q=dns/txt",
                "q=http : dns/txt",
                "t=1",
                "x=999999999999",
                "x=4472620939000000",
                "i=@example.com",
                "i=joe@sub.EXAMPLE.com",
                "i=\"a@b\"@example.com",
                "z=From:a=40b|To:c",
                "unknown=\u00fc"
            })
    void parse_goodTag_isTaken(String tag) throws DkimSyntaxException {
        assertThat(parse(with(tag)).signer().domain()).endsWith("example.com");
    }

    @ParameterizedTest
    @ValueSource(strings = {"v", "a", "d", "s", "h", "bh", "b"})
    void parse_missingTag_isError(String name) {
        String without = GOOD.replaceFirst("(^| )" + name + "=[^;]*;? ?", "$1");
        assertThatThrownBy(() -> parse(without)).isInstanceOf(DkimSyntaxException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                ";",
                "; v=1",
                "v=1;; a=b",
                "v=1; x",
                "v=1; =x",
                "v=1; 1a=x",
                "v=1; a b=x",
                "v=1; v=1",
                "v=1; \u0001=x",
                "v=1; a=\u0001"
            })
    void tagList_brokenGrammar_isError(String text) {
        assertThatThrownBy(() -> TagList.parse(text)).isInstanceOf(DkimSyntaxException.class);
    }

    @Test
    void tagList_tooManyTags_isError() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 100_000; i++) {
            text.append('a').append(i).append("=1;");
        }
        assertThatThrownBy(() -> TagList.parse(text.toString()))
                .isInstanceOf(DkimSyntaxException.class)
                .hasMessageContaining("64 tags");
    }

    @Test
    void parse_hugeLists_areErrors() {
        assertThatThrownBy(() -> parse(with("h=from" + ":".repeat(1_000_000))))
                .isInstanceOf(DkimSyntaxException.class)
                .hasMessageContaining("20000 names");
        assertThatThrownBy(() -> parse(with("q=dns/txt" + ":".repeat(1_000_000))))
                .isInstanceOf(DkimSyntaxException.class);
    }

    @Test
    void parse_times_mustBeInOrder() throws DkimSyntaxException {
        assertThat(parse(GOOD + "; t=5; x=6").expiresAt()).isPresent();
        assertThatThrownBy(() -> parse(GOOD + "; t=5; x=5")).isInstanceOf(DkimSyntaxException.class);
    }

    @Test
    void parse_internationalNames_becomeALabels() throws DkimSyntaxException {
        String utf8 =
                "v=1; a=rsa-sha256; d=B\u00dccher.example; s=\u00e9.Sel; i=\u00e4\ud83d\ude00b@x.b\u00fcCHER.example;"
                        + " h=from; bh=AAAA; b=BBBB";
        String latin1 = new String(utf8.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
        assertThat(parse(latin1).signer())
                .isEqualTo(new Signer(
                        "xn--bcher-kva.example", "xn--9ca.sel", "??????b@x.xn--bcher-kva.example", "rsa-sha256"));
        assertThat(parse(latin1.replace("i=", "j=")).signer().identity()).isEqualTo("@xn--bcher-kva.example");
    }

    @Test
    void parse_uLabelsInOneTagAndALabelsInTheOther_areTheSame() throws DkimSyntaxException {
        assertThat(parse(with("d=xn--bcher-kva.example") + "; i=@b\u00c3\u00bccher.example")
                        .signer()
                        .identity())
                .isEqualTo("@xn--bcher-kva.example");
    }

    @Test
    void signer_ofBrokenSignature_saysWhatIsSound() throws DkimSyntaxException {
        Signer signer = new SignatureParser(TagList.parse("d=bad(.com; s=Sel; a=rsa sha; i=\u00fc")).signer();
        assertThat(signer).isEqualTo(new Signer("", "sel", "", ""));
    }
}
