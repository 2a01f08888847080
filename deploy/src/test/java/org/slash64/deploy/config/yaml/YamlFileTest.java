package org.slash64.deploy.config.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Reading on a file of a made-up kind, and every kind of mistake in it. */
class YamlFileTest {

    private record Shelf(String name, int books) {}

    private record Library(
            int rooms,
            Optional<String> owner,
            List<String> topics,
            Map<String, String> notes,
            List<Shelf> shelves,
            boolean open) {}

    private static final YamlFile<Library> FILE = new YamlFile<>("A library.", YamlFileTest::read);

    @TempDir
    Path dir;

    private static Library read(Section file) {
        return new Library(
                file.value("rooms", 3, Numbers.count(1, 10), "How many rooms."),
                file.optional("owner", "nobody", Types.text(20), "Whose it is."),
                file.value("topics", List.of("all"), ListOf.distinct(Types.name(10), 1, 3), "What it is about."),
                file.value("notes", Map.of(), new Properties("mapping of notes", YamlFileTest::note), "Notes."),
                file.value(
                        "shelves",
                        List.of(),
                        new ListOf<>(
                                new SectionOf<>("shelf", YamlFileTest::shelf, Shelf::name, "A shelf."),
                                Shelf::name,
                                0,
                                3),
                        "Its shelves."),
                file.section(
                        "hours", false, hours -> hours.value("open", true, Types.flag(), "Open or not."), "Hours."));
    }

    private static Shelf shelf(Section shelf) {
        Shelf read = new Shelf(
                shelf.required("name", "a", Types.name(10), "Its name."),
                shelf.required("books", 1, Numbers.count(0, 100), "Its books."));
        if (read.books() == 13) {
            throw new IllegalArgumentException("brings bad luck; write another number");
        }
        return read;
    }

    private static Optional<String> note(String name, String value) {
        return name.equals("bad") ? Optional.of("is bad; leave it out") : Optional.empty();
    }

    private static List<String> mistakes(String... lines) {
        YamlException e =
                catchThrowableOfType(YamlException.class, () -> FILE.read("f.yaml", String.join("\n", lines)));
        return e == null ? List.of() : e.mistakes();
    }

    private static Library good(String... lines) throws YamlException {
        return FILE.read("f.yaml", String.join("\n", lines));
    }

    @Test
    void read_emptyTextOrSections_giveTheDefaults() throws YamlException {
        Library defaults = new Library(3, Optional.empty(), List.of("all"), Map.of(), List.of(), true);
        assertThat(good("")).isEqualTo(defaults);
        assertThat(good("# nothing")).isEqualTo(defaults);
        assertThat(good("---", "hours:", "  # nothing")).isEqualTo(defaults);
        assertThat(good("{}")).isEqualTo(defaults);
    }

    @Test
    void read_allFields_areTaken() throws YamlException {
        assertThat(good(
                        "rooms: 5",
                        "owner: 'Ann #1'",
                        "topics: [x, 12, no]",
                        "notes: {a: 1, b: \"two\"}",
                        "shelves:",
                        "- {name: s, books: 2}",
                        "hours: {open: false}"))
                .isEqualTo(new Library(
                        5,
                        Optional.of("Ann #1"),
                        List.of("x", "12", "no"),
                        Map.of("a", "1", "b", "two"),
                        List.of(new Shelf("s", 2)),
                        false));
    }

    @Test
    void read_manyMistakes_areToldAtOnceInOrder() {
        assertThat(mistakes(
                        "rooms: 11",
                        "owner: [Ann]",
                        "topics: [x, x, a b]",
                        "colour: red",
                        "shelves:",
                        "- name: s",
                        "  books: many",
                        "- name: s",
                        "- {name: t, books: 13}",
                        "hours: {opne: true, open: maybe}"))
                .containsExactly(
                        "f.yaml:1: rooms: \"11\" is too large; expected: whole number from 1 to 10",
                        "f.yaml:2: owner: is a list; expected: text of at most 20 characters",
                        "f.yaml:3: topics[1]: is there twice, first in line 3; leave one out",
                        "f.yaml:3: topics[2]: \"a b\" is no such name; expected: name of letters, digits, dots and hyphens,"
                                + " at most 10 characters",
                        "f.yaml:4: colour: there is no such field; the fields here are rooms, owner, topics, notes, shelves,"
                                + " hours",
                        "f.yaml:7: shelves[0].books: \"many\" is no whole number; expected: whole number from 0 to 100",
                        "f.yaml:8: shelves[1].books: is missing; expected: whole number from 0 to 100",
                        "f.yaml:9: shelves[2]: brings bad luck; write another number",
                        "f.yaml:10: hours.open: \"maybe\" is none of these; expected: true or false",
                        "f.yaml:10: hours.opne: there is no such field; the fields here are open");
    }

    @Test
    void read_wrongShapes_areTold() {
        assertThat(mistakes("- rooms")).containsExactly("f.yaml:1: is a list; expected: mapping of fields to values");
        assertThat(mistakes("just words"))
                .containsExactly("f.yaml:1: \"just words\" is a single value; expected: mapping of fields to values");
        assertThat(mistakes("rooms:"))
                .containsExactly("f.yaml:1: rooms: has no value; expected: whole number from 1 to 10");
        assertThat(mistakes("rooms: {a: b}"))
                .containsExactly("f.yaml:1: rooms: is a mapping; expected: whole number from 1 to 10");
        assertThat(mistakes("shelves: {name: s, books: 1}"))
                .containsExactly("f.yaml:1: shelves: is a mapping; expected: list of at most 3: shelf ([] for none)");
        assertThat(mistakes("shelves: [s, ]"))
                .containsExactly(
                        "f.yaml:1: shelves[0]: \"s\" is a single value; expected: mapping of fields to values");
        assertThat(mistakes("notes: [a]"))
                .containsExactly("f.yaml:1: notes: is a list; expected: mapping of notes ({} for none)");
        assertThat(mistakes("hours: 9")).hasSize(1);
        assertThat(mistakes("? [a, b]", ": c")).containsExactly("f.yaml:1: has a key that is no text; write one");
    }

    @Test
    void read_listsOfWrongSize_areTold() {
        assertThat(mistakes("topics: []"))
                .singleElement()
                .asString()
                .startsWith("f.yaml:1: topics: has 0 items; expected: list of 1 to 3: name");
        assertThat(mistakes("topics: [a, b, c, d]")).singleElement().asString().contains("has 4 items");
    }

    @Test
    void read_properties_neverShowTheirValues() {
        assertThat(mistakes("notes:", "  bad: secret", "  list: [secret]", "  none:"))
                .containsExactly(
                        "f.yaml:2: notes.bad: is bad; leave it out",
                        "f.yaml:3: notes.list: has no single value; write one, in quotes where it has special characters",
                        "f.yaml:4: notes.none: has no single value; write one, in quotes where it has special characters");
    }

    @Test
    void read_keysTwice_areToldWithBothLines() {
        assertThat(mistakes(
                        "rooms: 1",
                        "hours: {open: true, open: false}",
                        "rooms: 2",
                        "shelves:",
                        "- {name: s, books: 1}",
                        "- {name: s, books: 2}"))
                .containsExactly(
                        "f.yaml:2: hours.open: is there twice, first in line 2; leave one out",
                        "f.yaml:3: rooms: is there twice, first in line 1; leave one out",
                        "f.yaml:6: shelves[1]: is there twice, first in line 5; leave one out");
    }

    @Test
    void read_syntaxErrors_areToldWithTheirLine() {
        assertThat(mistakes("rooms: 1", "owner: [a", "topics: x"))
                .singleElement()
                .asString()
                .matches("f.yaml:3: is not YAML: .*");
        assertThat(mistakes("rooms: 1", "\towner: a"))
                .singleElement()
                .asString()
                .startsWith("f.yaml:2: is not YAML: ");
        assertThat(mistakes("rooms: 1", "---", "rooms: 2"))
                .singleElement()
                .asString()
                .startsWith("f.yaml:2: ");
        assertThat(mistakes("rooms: 1", "owner: \"a\u0000b\""))
                .containsExactly("f.yaml:2: has the character U+0000, which YAML does not allow; leave it out");
    }

    @Test
    void read_anchorsAliasesAndTags_areRefused() {
        assertThat(mistakes("a: &a x", "b: *a", "c: !!java.net.URL [x]", "d: !own y", "<<: {rooms: 1}"))
                .hasSize(4)
                .allMatch(mistake -> mistake.contains(" are not read; "))
                .satisfies(told -> assertThat(told.get(3)).startsWith("f.yaml:4: "));
        assertThat(mistakes("<<: {rooms: 1}")).singleElement().asString().contains("<<: there is no such field");
    }

    @Test
    void read_textThatWouldActOnATerminal_isShownHarmless() {
        assertThat(mistakes("rooms: \"\\e[31m\\u202e" + "x".repeat(100_000) + "\""))
                .singleElement()
                .asString()
                .hasSizeLessThan(200)
                .startsWith("f.yaml:1: rooms: \"?[31m?xxx");
    }

    @Test
    @Timeout(60)
    void read_billionLaughs_isRefusedUnexpanded() {
        StringBuilder bomb = new StringBuilder("a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol]\n");
        for (int i = 1; i < 30; i++) {
            String alias = "*a" + (i - 1);
            bomb.append("a" + i + ": &a" + i + " [" + String.join(", ", List.of(alias, alias, alias, alias)) + "]\n");
        }
        assertThat(mistakes(bomb.toString())).hasSize(101).last().asString().contains("more mistakes");
        assertThat(mistakes("&a [*a]")).allMatch(mistake -> mistake.contains("anchors and aliases"));
    }

    @Test
    @Timeout(60)
    void read_deepNesting_isRefusedWhereItBegins() {
        for (String opening : List.of("[", "{a: ", "- ", "? ", "{? [")) {
            assertThat(mistakes("x:", opening.repeat(TextFile.MAX_BYTES / 4 / opening.length())))
                    .isNotEmpty()
                    .last()
                    .asString()
                    .startsWith("f.yaml:2: ")
                    .containsAnyOf("is nested deeper than 12 levels", "is not YAML");
        }
    }

    @Test
    @Timeout(60)
    void read_manyUnknownKeys_areCountedButNotAllTold() {
        StringBuilder keys = new StringBuilder();
        for (int i = 0; i < 20_000; i++) {
            keys.append("k" + i + ": 1\n");
        }
        assertThat(mistakes(keys.toString())).hasSize(101).last().isEqualTo("f.yaml: and 19900 more mistakes");
    }

    @Test
    void read_filesOfAnotherKind_areRefused() throws IOException {
        assertThat(mistakesOf(new byte[10 << 20])).containsExactly("is larger than 256 KiB; name a configuration file");
        assertThat(mistakesOf(new byte[] {'a', ':', ' ', 'b', '\n', (byte) 0xff, (byte) 0xfe}))
                .containsExactly("2: is not UTF-8 here; write the file as UTF-8 text");
        assertThat(mistakesOf(new byte[] {'a', ':', ' ', 'b', '\n', (byte) 0xc3}))
                .containsExactly("2: is not UTF-8 here; write the file as UTF-8 text");
        assertThat(mistakesOf(new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1, 0}))
                .containsExactly("1: has the character U+007F, which YAML does not allow; leave it out");
    }

    @Test
    void read_byteOrderMark_isPassedOver() throws Exception {
        Path file = Files.write(dir.resolve("bom.yaml"), "\ufeffrooms: 4\r\n".getBytes(StandardCharsets.UTF_8));
        assertThat(FILE.read(file).rooms()).isEqualTo(4);
    }

    @Test
    void read_missingFileOrFolder_isOneLine() {
        assertThat(mistakesOf(dir.resolve("none.yaml")))
                .containsExactly("there is no such file; name a configuration file");
        assertThat(mistakesOf(dir)).singleElement().asString().startsWith("cannot be read (");
    }

    private List<String> mistakesOf(byte[] content) throws IOException {
        return mistakesOf(Files.write(dir.resolve("f.yaml"), content));
    }

    /** Without the name of the file. */
    private static List<String> mistakesOf(Path file) {
        return catchThrowableOfType(YamlException.class, () -> FILE.read(file)).mistakes().stream()
                .map(mistake -> {
                    assertThat(mistake).startsWith(file + ":");
                    return mistake.substring(file.toString().length() + 1).strip();
                })
                .toList();
    }

    @Test
    void declared_hasEveryFieldOnceWithItsGroup() {
        assertThat(FILE.declared())
                .extracting(Declarations.Group::path, group -> group.fields().size())
                .containsExactly(tuple("", 5), tuple("shelves[]", 2), tuple("hours", 1));
        assertThat(FILE.declared().get(0).fields().get(0))
                .isEqualTo(new Declarations.Field("rooms", "whole number from 1 to 10", "3", "How many rooms."));
        assertThat(FILE.declared().get(1).fields().get(0).whenAbsent()).isEqualTo("required, such as a");
    }
}
