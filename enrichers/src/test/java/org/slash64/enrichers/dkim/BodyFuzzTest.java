package org.slash64.enrichers.dkim;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;
import org.slash64.enrichers.fuzz.Seeds;

/** Bodies canonicalized as they come against RFC 6376 sections 3.4.3 and 3.4.4 taken by the letter. */
class BodyFuzzTest {
    static Stream<byte[]> seeds() {
        return Seeds.of(
                "",
                "\r\n\r\n",
                " C \r\nD \t E\r\n\r\n\r\n",
                " \t\r\n\r\nx",
                "a\rb\nc\r\r\n\n\r\n \r",
                "x \t\t y \r \n z\t",
                "last\r\n \r\n\t");
    }

    @MethodSource("seeds")
    @FuzzTest
    void canonicalize(byte[] body) {
        String text = new String(body, StandardCharsets.ISO_8859_1);
        assertBody(Canonicalization.SIMPLE, body, ended(text.isEmpty() ? "\r\n" : text));
        assertBody(Canonicalization.RELAXED, body, relaxed(text));
    }

    private static void assertBody(Canonicalization canonicalization, byte[] body, String expected) {
        for (long limit : new long[] {Long.MAX_VALUE, expected.length() / 2}) {
            BodyHash hash = new BodyHash(SigningAlgorithm.RSA_SHA256.digest(), limit);
            BodyCanonicalizer canonicalizer = new BodyCanonicalizer(canonicalization, List.of(hash));
            canonicalizer.accept(body, 0, body.length);
            assertThat(canonicalizer.finish()).isEqualTo(expected.length());
            String covered = expected.substring(0, (int) Math.min(limit, expected.length()));
            assertThat(hash.finish().toArray()).isEqualTo(Mail.hash("SHA-256", covered));
        }
    }

    /** With one CRLF at the end. */
    private static String ended(String text) {
        String rest = text;
        while (rest.endsWith("\r\n")) {
            rest = rest.substring(0, rest.length() - 2);
        }
        return rest + "\r\n";
    }

    private static String relaxed(String text) {
        StringBuilder lines = new StringBuilder();
        for (String line : text.split("\r\n", -1)) {
            String reduced = line.replaceAll("[ \t]+", " ");
            lines.append(reduced.endsWith(" ") ? reduced.substring(0, reduced.length() - 1) : reduced)
                    .append("\r\n");
        }
        String ended = ended(lines.toString());
        return ended.equals("\r\n") ? "" : ended;
    }
}
