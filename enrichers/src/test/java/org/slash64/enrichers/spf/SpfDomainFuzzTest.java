package org.slash64.enrichers.spf;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;
import org.slash64.enrichers.fuzz.Seeds;

/** Any text is a name of the same labels or none; the name of an identity is stable under reading it again. */
class SpfDomainFuzzTest {
    static Stream<byte[]> seeds() {
        return Seeds.of(
                "mail.example.com.",
                "b\u00c3\u00bccher.\u00e4\u00be\u008b\u00e3\u0081\u0088.example",
                "xn--bcher-kva.XN--bcher-kva.example",
                "a".repeat(63) + "." + "b".repeat(64),
                "%\u0000\\000.\".x",
                "\u00ef\u00bc\u008eexample\u00e3\u0080\u0082com",
                "\u00c3\u0178.\u00e2\u0080\u008d.\u00d7\u0090a");
    }

    @MethodSource("seeds")
    @FuzzTest
    void read(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        Domain.of(text).ifPresent(domain -> assertLabels(text, domain));
        String ascii = Domain.aLabels(text);
        assertThat(Domain.aLabels(ascii)).isEqualTo(ascii);
        Domain.of(ascii).ifPresent(domain -> assertThat(domain.text()).matches("\\p{ASCII}{1,253}"));
        String shortened = Domain.shortened(text);
        assertThat(text).endsWith(shortened);
        assertThat(shortened.length() <= Domain.MAX_LENGTH
                        || Domain.of(shortened).isEmpty())
                .isTrue();
    }

    private static void assertLabels(String text, Domain domain) {
        String[] labels = (text.endsWith(".") ? text.substring(0, text.length() - 1) : text).split("\\.", -1);
        assertThat(domain.name().labels()).isEqualTo(labels.length + 1);
        for (int i = 0; i < labels.length; i++) {
            byte[] label = domain.name().getLabel(i);
            assertThat(new String(label, 1, label.length - 1, StandardCharsets.ISO_8859_1))
                    .isEqualTo(labels[i]);
        }
    }
}
