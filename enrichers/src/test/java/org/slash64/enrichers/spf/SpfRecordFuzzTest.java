package org.slash64.enrichers.spf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.slash64.enrichers.fuzz.Printable.assertPrintable;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;
import org.slash64.enrichers.fuzz.Seeds;
import org.slash64.enrichers.spf.ParsedRecord.Invalid;
import org.slash64.enrichers.spf.ParsedRecord.Valid;

/** Any text after "v=spf1" reads as a record or as none, whatever the case of its letters. */
class SpfRecordFuzzTest {
    static Stream<byte[]> seeds() {
        return Stream.concat(
                Seeds.of(
                        "a mx ptr include:a.example.com ~all",
                        "+a:%{d}/24//64 -mx/0//128 ?exists:%{ir}.%{l1r-+,/_=}._spf.%{v}.%{d2} -all",
                        "ip4:192.0.2.0/24 ip6:2001:db8::192.0.2.1/64 ip6::: ip4:1.2.3.4",
                        "redirect=%{D4R}.%{p}.example.com exp=why.%{o} unknown.mod-1_=%{s}%%%_%-",
                        "a:a..b mx:-a.com a/33 ip4:1.2.3 include: all:x redirect=a.b redirect=a.b"),
                Seeds.conformance("spf", ".yml").flatMap(SpfRecordFuzzTest::records));
    }

    private static Stream<byte[]> records(byte[] suite) {
        return new String(suite, StandardCharsets.ISO_8859_1)
                .lines()
                .filter(line -> line.contains("v=spf1 "))
                .map(line -> line.substring(line.indexOf("v=spf1 ") + "v=spf1 ".length()))
                .map(line -> line.getBytes(StandardCharsets.ISO_8859_1));
    }

    @MethodSource("seeds")
    @FuzzTest
    void parse(byte[] bytes) {
        String text = "v=spf1 " + new String(bytes, StandardCharsets.ISO_8859_1);
        ParsedRecord read = RecordParser.parse(text);
        ParsedRecord upper = RecordParser.parse(upper(text));
        if (read instanceof Valid valid) {
            assertThat(upper).isInstanceOf(Valid.class);
            assertThat(text(valid)).isEqualTo(directives(text));
        } else {
            assertPrintable(((Invalid) read).reason(), 200);
            assertThat(upper).isInstanceOf(Invalid.class);
        }
    }

    /** ASCII alone: no other letter may stand in a record. */
    private static String upper(String text) {
        return text.chars()
                .mapToObj(c -> String.valueOf((char) c))
                .map(c -> c.charAt(0) < 0x80 ? c.toUpperCase(Locale.ROOT) : c)
                .collect(Collectors.joining());
    }

    private static String text(Valid record) {
        return record.spf().directives().stream().map(Directive::text).collect(Collectors.joining(" "));
    }

    /** The terms but for modifiers: those with an equals sign that no other sign precedes. */
    private static String directives(String text) {
        return Arrays.stream(text.split(" +"))
                .skip(1)
                .filter(term -> !term.matches("[A-Za-z][A-Za-z0-9._-]*=.*"))
                .collect(Collectors.joining(" "));
    }
}
