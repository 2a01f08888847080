package org.slash64.enrichers.dkim;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;
import org.slash64.enrichers.fuzz.Seeds;

/** The header ends at the first empty line, and its fields are what lies between CRLFs that no white space follows. */
class HeaderFuzzTest {
    static Stream<byte[]> seeds() {
        return Seeds.of(
                "A: X\r\nB : Y\t\r\n\tZ  \r\n\r\nbody",
                "From: a\r\nFROM\t:b\r\n folded\r\n\r\n\r\n",
                " first\r\n:none\r\nno colon\r\n\t\r\n\r\n",
                "a:\r\r\n\n\r\n\r\r\n",
                "\r\n",
                "x:y");
    }

    @MethodSource("seeds")
    @FuzzTest
    void parse(byte[] message) {
        String text = new String(message, StandardCharsets.ISO_8859_1);
        HeaderBlock block = new HeaderBlock(message.length + 1);
        int bodyStart = block.accept(message, 0, message.length);
        int emptyLine = text.startsWith("\r\n") ? 0 : text.indexOf("\r\n\r\n");
        boolean ended = emptyLine >= 0;
        assertThat(block.isEnded()).isEqualTo(ended);
        assertThat(block.isTooLong()).isFalse();
        String header = ended ? text.substring(0, emptyLine == 0 ? 0 : emptyLine + 2) : text;
        assertThat(block.text()).isEqualTo(header);
        assertThat(bodyStart).isEqualTo(header.length() + (ended ? 2 : 0));
        assertFields(header);
    }

    private static void assertFields(String text) {
        Header header = Header.parse(text, Integer.MAX_VALUE);
        assertThat(header.isWhole()).isTrue();
        fields(text).forEach((name, fields) -> {
            assertThat(header.named(name)).isEqualTo(fields);
            fields.forEach(HeaderFuzzTest::assertCanonical);
        });
    }

    private static Map<String, List<HeaderField>> fields(String text) {
        Map<String, List<HeaderField>> fields = new HashMap<>();
        for (String raw : text.split("\r\n(?![ \t])", -1)) {
            HeaderField field = HeaderField.of(raw);
            if (!field.name().isEmpty()) {
                fields.computeIfAbsent(field.name(), name -> new ArrayList<>()).add(field);
            }
        }
        return fields;
    }

    private static void assertCanonical(HeaderField field) {
        assertThat(Canonicalization.SIMPLE.canonicalize(field)).isEqualTo(field.raw());
        String value = field.value().replace("\r\n", "").replaceAll("[ \t]+", " ");
        String bare = value.replaceFirst("^ ", "").replaceFirst(" \\z", "");
        assertThat(Canonicalization.RELAXED.canonicalize(field)).isEqualTo(field.name() + ":" + bare);
    }
}
