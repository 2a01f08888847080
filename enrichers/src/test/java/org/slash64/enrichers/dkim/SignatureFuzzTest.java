package org.slash64.enrichers.dkim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.slash64.enrichers.fuzz.Printable.assertPrintable;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;
import org.slash64.enrichers.fuzz.Seeds;

/** Any value of a DKIM-Signature field is read or refused, and what is shown of it is safe to show. */
class SignatureFuzzTest {
    private static final int MAX_SHOWN = 320;

    static Stream<byte[]> seeds() {
        return Seeds.of(
                "v=1; a=rsa-sha256; c=relaxed/simple; d=Example.COM; s=Sel.sub; i=joe@x.example.com;"
                        + "\r\n\th=From : Subject; q=dns/txt:x; t=1700000000; x=1800000000; l=12; z=From:x|To:y;"
                        + " bh=AA ==; b= BBBB\r\n BBBB ;",
                "v=1;a=ed25519-sha256;d=example.com;s=_s-1;h=from;bh=A;b=A",
                "v=1;a=rsa-sha1;c=simple;d=b\u00c3\u00bccher.example;s=\u00c3\u00bc;i=\u00c3\u00bc@b\u00c3\u00bccher.example;"
                        + "h=from;bh=AA==;b=AA==",
                "v=1; a=rsa-sha256; d=example.com; s=s; h=from; bh=AA; b=AA; l=" + "9".repeat(76)
                        + "; x=99999999999999",
                "v=1; v=1; =; x",
                "d=.; s=-; a=\u0000; i=@; t=; l=-1; h=::");
    }

    @MethodSource("seeds")
    @FuzzTest
    void parse(byte[] bytes) {
        String value = new String(bytes, StandardCharsets.ISO_8859_1);
        try {
            TagList list = TagList.parse(value);
            assertPositions(value, list);
            read(new SignatureParser(list));
        } catch (DkimSyntaxException e) {
            assertPrintable(e.getMessage(), MAX_SHOWN);
        }
    }

    private static void assertPositions(String value, TagList list) {
        for (String name : new String[] {"v", "a", "b", "bh", "d", "h", "x"}) {
            list.tag(name).ifPresent(tag -> {
                assertThat(Text.strip(value.substring(tag.start(), tag.end()))).isEqualTo(tag.value());
                assertThat(Text.strip(value.substring(0, tag.start() - 1))).endsWith(name);
            });
        }
    }

    private static void read(SignatureParser parser) throws DkimSyntaxException {
        Signer signer = parser.signer();
        assertPrintable(signer.domain(), MAX_SHOWN);
        assertPrintable(signer.selector(), MAX_SHOWN);
        assertPrintable(signer.identity(), MAX_SHOWN);
        assertPrintable(signer.algorithm(), MAX_SHOWN);
        SignatureTags tags = parser.parse();
        assertThat(tags.signer()).isEqualTo(signer);
        assertThat(DomainSyntax.domain(signer.domain())).contains(signer.domain());
        assertThat(DomainSyntax.selector(signer.selector())).contains(signer.selector());
        assertThat(signer.identity()).endsWith(signer.domain());
        assertThat(tags.bodyLength()).isNotNegative();
        assertThat(tags.headers()).contains("from");
    }
}
