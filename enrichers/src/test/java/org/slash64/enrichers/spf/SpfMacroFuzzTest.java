package org.slash64.enrichers.spf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.slash64.enrichers.fuzz.Printable.assertPrintable;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;
import org.slash64.enrichers.fuzz.Seeds;

/** Whatever macros and identities say, what comes out is a name that fits, or a text that fits, or nothing. */
class SpfMacroFuzzTest {
    private static final Clock CLOCK = Clock.fixed(Instant.ofEpochSecond(1_800_000_000L), ZoneOffset.UTC);
    private static final int MAX_TEXT = 1_024;

    /** The macro-string, the sender and HELO, one a line. */
    static Stream<byte[]> seeds() {
        return Seeds.of(
                "%{l1r-+,/_=}.%{ir}.%{v}._spf.%{d}\nstrong-bad@email.example.com\nmx.example.org",
                "%{s}%{o}%{D3R}%{p}%{h}\n\"a b\"@example.com\n[192.0.2.1]",
                "See http://%{d}/why?s=%{S}&i=%{C}&t=%{t}%%%_%- of %{R}\n\u00c3\u00bc@b\u00c3\u00bccher.example\nh",
                "%{s128r.}.%{s999999999999999999}.x\n" + "a.".repeat(200) + "b@" + "c.".repeat(100) + "d\n.",
                "%{h}\nx@y.z\n" + "\u00c3\u00bc.".repeat(60),
                "%{l0}%{lr0}%{l\n\n");
    }

    @MethodSource("seeds")
    @FuzzTest
    void expand(byte[] bytes) throws UnknownHostException {
        String[] lines = new String(bytes, StandardCharsets.UTF_8).split("\n", 3);
        String sender = lines.length > 1 ? lines[1] : "";
        String helo = lines.length > 2 ? lines[2] : "";
        InetAddress client = InetAddress.getByAddress(new byte[bytes.length % 2 == 0 ? 4 : 16]);
        SpfQuery query = SpfQuery.mailFrom(client, sender, helo);
        String domain = Domain.of(query.domain()).map(Domain::text).orElse("example.com");
        MacroValues values =
                new MacroValues(query, ClientAddress.of(client), domain, "unknown", "mx.example.net", CLOCK);
        expandTarget(lines[0], values);
        expandText(lines[0], values);
    }

    private static void expandTarget(String text, MacroValues values) {
        try {
            MacroString read = MacroParser.domainSpec(text);
            Optional<Domain> target = read.target(values);
            target.ifPresent(SpfMacroFuzzTest::assertName);
        } catch (SyntaxException e) {
            assertThat(e).hasMessageContaining("\"");
        }
    }

    private static void assertName(Domain target) {
        assertThat(target.text()).hasSizeBetween(1, Domain.MAX_LENGTH).matches("\\p{ASCII}+");
        assertThat((int) target.name().length()).isEqualTo(target.text().length() + 2);
    }

    private static void expandText(String text, MacroValues values) {
        try {
            Optional<String> explanation = MacroParser.explanation(text).text(values, MAX_TEXT);
            explanation.ifPresent(written -> assertPrintable(written, MAX_TEXT));
        } catch (SyntaxException e) {
            assertThat(e).hasMessageContaining("\"");
        }
    }
}
