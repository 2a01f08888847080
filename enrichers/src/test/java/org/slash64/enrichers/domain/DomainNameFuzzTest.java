package org.slash64.enrichers.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.slash64.enrichers.fuzz.Printable.assertPrintable;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;
import org.slash64.enrichers.fuzz.Seeds;

/** Any text is a name or none; a name is one in ASCII, reads as itself, and was registered above itself. */
class DomainNameFuzzTest {
    private static final int MAX_REASON = 200;

    static Stream<byte[]> seeds() {
        return Seeds.of(
                "Mail.Example.COM.",
                "b\u00c3\u00bccher.\u00e4\u00be\u008b\u00e3\u0081\u0088.example",
                "_dmarc.XN--bcher-kva.co.uk",
                "a.github.io",
                "[IPv6:2001:db8::192.0.2.1]",
                "[192.0.2.1]",
                "1.2.3.4",
                "\u00ef\u00bc\u008eexample\u00e3\u0080\u0082com",
                "fa\u00c3\u009f.\u00d7\u0090a.\u00e2\u0080\u008d",
                "a".repeat(63) + "." + "b".repeat(64),
                "r3---sn-a.-b.c-.xn--.\u0000");
    }

    @MethodSource("seeds")
    @FuzzTest
    void parse(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        DomainName name = DomainName.parse(text);
        assertPrintable(name.reason(), MAX_REASON);
        assertThat(name.ascii().isEmpty()).isEqualTo(!name.isName());
        if (name.isName()) {
            assertPrintable(name.ascii(), DomainName.MAX_NAME);
            assertThat(DomainName.parse(name.ascii())).isEqualTo(name);
            assertThat((int) name.toName().length()).isEqualTo(name.ascii().length() + 2);
            assertRegistration(name.ascii(), PublicSuffixes.of(name.ascii()));
        }
        assertThat(PublicSuffixes.of(text)).isNotNull();
    }

    private static void assertRegistration(String name, Registration registration) {
        registration.organisational().ifPresent(domain -> {
            assertThat("." + name).endsWith("." + domain);
            assertThat(PublicSuffixes.of(domain).organisational()).contains(domain);
        });
        registration
                .icannOrganisational()
                .ifPresent(domain -> assertThat("." + name).endsWith("." + domain));
    }
}
