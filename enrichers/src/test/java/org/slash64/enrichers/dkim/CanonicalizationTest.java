package org.slash64.enrichers.dkim;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.MessageDigest;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CanonicalizationTest {

    /** The example of RFC 6376 section 3.4.5. */
    private static final String BODY = " C \r\nD \t E\r\n\r\n\r\n";

    private static String hash(Canonicalization canonicalization, String body, int piece) {
        MessageDigest digest = SigningAlgorithm.RSA_SHA256.digest();
        BodyHash hash = new BodyHash(digest, Long.MAX_VALUE);
        BodyCanonicalizer canonicalizer = new BodyCanonicalizer(canonicalization, List.of(hash));
        byte[] bytes = Keys.latin1(body);
        for (int start = 0; start < bytes.length; start += piece) {
            canonicalizer.accept(bytes, start, Math.min(bytes.length, start + piece));
        }
        canonicalizer.finish();
        return Keys.base64(hash.finish().toArray());
    }

    private static void assertBody(Canonicalization canonicalization, String body, String canonical) {
        for (int piece = 1; piece <= Math.max(1, body.length()); piece++) {
            assertThat(hash(canonicalization, body, piece)).isEqualTo(Mail.bodyHash(canonical));
        }
    }

    @Test
    void body_exampleOfTheStandard() {
        assertBody(Canonicalization.RELAXED, BODY, " C\r\nD E\r\n");
        assertBody(Canonicalization.SIMPLE, BODY, " C \r\nD \t E\r\n");
    }

    @Test
    void body_empty_hasTheHashesOfTheStandard() {
        assertThat(hash(Canonicalization.SIMPLE, "", 1)).isEqualTo("frcCV1k9oG9oKj3dpUqdJg1PxRT2RSN/XKdLCPjaYaY=");
        assertThat(hash(Canonicalization.RELAXED, "", 1)).isEqualTo("47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=");
    }

    @Test
    void body_linesWithoutContent() {
        assertBody(Canonicalization.SIMPLE, "\r\n\r\n", "\r\n");
        assertBody(Canonicalization.RELAXED, " \t\r\n\r\n ", "");
        assertBody(Canonicalization.SIMPLE, " \r\n\r\n", " \r\n");
        assertBody(Canonicalization.RELAXED, "\r\n\r\na", "\r\n\r\na\r\n");
    }

    @Test
    void body_lastLineWithoutEnd_getsOne() {
        assertBody(Canonicalization.SIMPLE, "a ", "a \r\n");
        assertBody(Canonicalization.RELAXED, "a \t", "a\r\n");
    }

    @Test
    void body_bareCarriageReturnsAndLineFeeds_areContent() {
        assertBody(Canonicalization.SIMPLE, "a\nb\rc\r\r\n", "a\nb\rc\r\r\n");
        assertBody(Canonicalization.RELAXED, "a \rb\n\r", "a \rb\n\r\r\n");
    }

    @Test
    void body_longerThanTheBuffer_isWhole() {
        StringBuilder body = new StringBuilder();
        new Random(6376)
                .ints(3_000, 0, 40)
                .forEach(length -> body.append("x".repeat(length)).append("\r\n"));
        body.append("end\r\n");
        assertThat(hash(Canonicalization.SIMPLE, body.toString(), 1_000)).isEqualTo(Mail.bodyHash(body.toString()));
        assertThat(hash(Canonicalization.RELAXED, body.toString(), 7)).isEqualTo(Mail.bodyHash(body.toString()));
    }

    @Test
    void header_exampleOfTheStandard() {
        Header header = Header.parse("A: X\r\nB : Y\t\r\n\tZ  \r\n", 10);
        HeaderField a = header.named("a").get(0);
        HeaderField b = header.named("b").get(0);
        assertThat(Canonicalization.RELAXED.canonicalize(a)).isEqualTo("a:X");
        assertThat(Canonicalization.RELAXED.canonicalize(b)).isEqualTo("b:Y Z");
        assertThat(Canonicalization.SIMPLE.canonicalize(b)).isEqualTo("B : Y\t\r\n\tZ  ");
    }

    @ParameterizedTest
    @CsvSource({"X:,x:", "'X: \t ',x:", "'X:\r\n \r\n y\r\n ',x:y", "\u00c4X:\u00c4,\u00c4x:\u00c4"})
    void header_relaxed(String field, String canonical) {
        assertThat(Canonicalization.RELAXED.canonicalize(HeaderField.of(field))).isEqualTo(canonical);
    }
}
