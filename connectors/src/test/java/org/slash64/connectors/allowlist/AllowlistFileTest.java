package org.slash64.connectors.allowlist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slash64.schemas.AllowEntry;

class AllowlistFileTest {

    @TempDir
    Path dir;

    private Path file(String text) throws IOException {
        return Files.write(dir.resolve("allow.txt"), text.getBytes(StandardCharsets.UTF_8));
    }

    private List<AllowEntry> read(String text) throws Exception {
        return AllowlistFile.read(file(text));
    }

    /** Without the folder. */
    private List<String> mistakes(Path path) {
        return catchThrowableOfType(AllowlistException.class, () -> AllowlistFile.read(path)).mistakes().stream()
                .map(mistake -> mistake.replace(dir + "/", ""))
                .toList();
    }

    @Test
    void read_entries_inTheirOrderWithComments() throws Exception {
        assertThat(read("""
                        # partners
                        2001:DB8:5::/48        # the university
                        192.0.2.25

                          2001:db8::25\t#\tone host # really
                        Mail.Example.ORG.#forwards
                        ::ffff:198.51.100.7    #
                        192.0.2.0/24
                        """))
                .containsExactly(
                        entry("2001:db8:5::/48", "the university"),
                        entry("192.0.2.25/32", ""),
                        entry("2001:db8::25/128", "one host # really"),
                        entry("mail.example.org", "forwards"),
                        entry("198.51.100.7/32", ""),
                        entry("192.0.2.0/24", ""));
    }

    private static AllowEntry entry(String subject, String comment) {
        return new AllowEntry(subject, comment, "allow.txt", Instant.EPOCH);
    }

    @Test
    void read_nothingInIt_isEmpty() throws Exception {
        assertThat(read("")).isEmpty();
        assertThat(read("\n# nobody yet\n\n")).isEmpty();
    }

    @Test
    void read_dosLinesAndByteOrderMark_areTaken() throws Exception {
        assertThat(read("\ufeff192.0.2.1 # a\r\n192.0.2.2\r\n\r\n192.0.2.3"))
                .containsExactly(entry("192.0.2.1/32", "a"), entry("192.0.2.2/32", ""), entry("192.0.2.3/32", ""));
    }

    @Test
    void read_controlCharactersInAComment_areReplaced() throws Exception {
        assertThat(read("192.0.2.1 # a\tb\0\u0085\u00e9")).containsExactly(entry("192.0.2.1/32", "a?b??\u00e9"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            2001:db8::1/32     | allow.txt:1: "2001:db8::1/32" has host bits; write 2001:db8::/32
            192.0.2.7/24       | allow.txt:1: "192.0.2.7/24" has host bits; write 192.0.2.0/24
            2001:db8::/129     | allow.txt:1: "2001:db8::/129" has no such length; write 0 to 128
            192.0.2.0/33       | allow.txt:1: "192.0.2.0/33" has no such length; write 0 to 32
            192.0.2.0/         | allow.txt:1: "192.0.2.0/" has no such length; write 0 to 32
            192.0.2.0/+4       | allow.txt:1: "192.0.2.0/+4" has no such length; write 0 to 32
            example.org/24     | allow.txt:1: "example.org/24" is no prefix; write one such as 2001:db8::/32 or 192.0.2.0/24
            192.0.2            | allow.txt:1: "192.0.2" is no prefix, address or domain; write such as 2001:db8::/32, 192.0.2.7 or example.org
            example            | allow.txt:1: "example" is no prefix, address or domain; write such as 2001:db8::/32, 192.0.2.7 or example.org
            *.example.org      | allow.txt:1: "*.example.org" is no prefix, address or domain; write such as 2001:db8::/32, 192.0.2.7 or example.org
            192.0.2.1 a host   | allow.txt:1: "192.0.2.1 a host" is more than one word; write one entry a line, and what is said about it after a #
            """)
    void read_aMistake_isToldWithItsPlaceAndTheFix(String line, String expected) throws Exception {
        assertThat(mistakes(file(line))).containsExactly(expected);
    }

    @Test
    void read_severalMistakes_areToldAtOnce() throws Exception {
        assertThat(mistakes(file("a\n192.0.2.1\n\nb\n192.0.2.1/32 # again\n")))
                .satisfiesExactly(
                        first -> assertThat(first).startsWith("allow.txt:1: \"a\" is no"),
                        second -> assertThat(second).startsWith("allow.txt:4: \"b\" is no"),
                        third -> assertThat(third)
                                .isEqualTo("allow.txt:5: 192.0.2.1/32 is there twice, first in line 2; leave one out"));
    }

    @Test
    void read_aFileOfAnotherKind_tellsTheFirstMistakesAndHowManyMore() throws Exception {
        assertThat(mistakes(file("no\n".repeat(100_000))))
                .hasSize(AllowlistFile.MOST_TOLD + 1)
                .last()
                .isEqualTo("allow.txt: and 99900 more mistakes");
    }

    @Test
    void read_overlongLine_isAMistakeAndTheNextIsRead() throws Exception {
        String fits = "192.0.2.1#" + "x".repeat(AllowlistFile.MAX_LINE_BYTES - 10);
        assertThat(read(fits + "\n192.0.2.2")).hasSize(2);
        assertThat(mistakes(file(fits + "y\n192.0.2.2\nz\n")))
                .satisfiesExactly(
                        line -> assertThat(line)
                                .isEqualTo("allow.txt:1: is longer than 1024 bytes; write a shorter comment"),
                        other -> assertThat(other).startsWith("allow.txt:3: "));
    }

    @Test
    void read_hostileText_isShownShortAndPlain() throws Exception {
        assertThat(mistakes(file("\u001b[2J\u540d\"" + "x".repeat(500))))
                .containsExactly(
                        "allow.txt:1: \"?[2J?\"" + "x".repeat(74) + "...\" is no prefix, address or domain; write"
                                + " such as 2001:db8::/32, 192.0.2.7 or example.org");
    }

    @Test
    void read_bytesThatAreNotUtf8_areAMistakeOfTheirLine() throws Exception {
        Path path = Files.write(
                dir.resolve("allow.txt"), "192.0.2.1 # caf\u00e9\n192.0.2.2".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(mistakes(path)).containsExactly("allow.txt:1: is not UTF-8; write the file as UTF-8 text");
    }

    @Test
    void read_missingFileAndFolder_saySo() {
        assertThat(mistakes(dir.resolve("missing")))
                .containsExactly("missing: there is no such file; name an allowlist, or make an empty one");
        assertThat(mistakes(dir)).singleElement().asString().contains(" cannot be read (");
    }

    @Test
    void read_tooManyEntries_isRefused() throws Exception {
        StringBuilder text = new StringBuilder();
        IntStream.rangeClosed(0, AllowlistFile.MAX_ENTRIES)
                .forEach(i -> text.append("2001:db8:")
                        .append(Integer.toHexString(i >> 16))
                        .append(':')
                        .append(Integer.toHexString(i & 0xffff))
                        .append("::/64\n"));
        assertThat(mistakes(file(text.toString())))
                .containsExactly(
                        "allow.txt: has more than 1000000 entries or 128 MiB; name fewer and coarser prefixes");
    }
}
