package org.slash64.connectors.publish;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.slash64.connectors.answer.LinkTemplate;
import org.slash64.schemas.Address;

/** What holds for every format. A subclass reads the files as the program does that they are made for. */
public abstract class ListFormatContract {
    protected static final Optional<LinkTemplate> LINK =
            Optional.of(new LinkTemplate("https://example.org/why?s={subject}"));
    private static final Instant NOW = Listings.LISTED;
    private static final String VERSION = "1794816000";
    private static final int PREFIXES = 300;
    private static final int ADDRESSES = 1_000;

    /** Looks up what the files say. */
    public interface Reader {

        boolean lists(Address client);

        /** Looks up a name in lower case. */
        boolean lists(String name);
    }

    /** The format, with {@link #LINK} where it has a place for one. */
    protected abstract ListFormat format();

    /** Reads the files, by name. */
    protected abstract Reader read(Map<String, String> files);

    /** False where the format has no domains. */
    protected boolean hasDomains() {
        return true;
    }

    private Map<String, String> written(Listings listings) {
        return listings.written(format(), NOW);
    }

    @Test
    void everyFile_namesTheVersion_alsoOfAnEmptyList() {
        assertThat(written(new Listings()))
                .isNotEmpty()
                .allSatisfy((name, text) -> assertThat(text).as(name).contains(VERSION));
    }

    @Test
    void emptyList_listsNobody() {
        Reader reader = read(written(new Listings()));
        assertThat(reader.lists(Address.ofV4(0x5000_0001))).isFalse();
        assertThat(reader.lists(Address.ofV6(0x2a00_0000_0000_0000L, 1))).isFalse();
    }

    @Test
    void sameSnapshot_isTheSameText() {
        assertThat(written(SampleList.of(PREFIXES, 1, NOW))).isEqualTo(written(SampleList.of(PREFIXES, 1, NOW)));
    }

    @Test
    void addressesRoundTheBorders_areListedAsTheListSays() {
        Listings listings = SampleList.of(PREFIXES, 64, NOW);
        List<Address> addresses = SampleList.addresses(listings, ADDRESSES, 64);
        Set<Address> expected = SampleList.listed(listings, addresses);
        assertThat(expected).hasSizeBetween(ADDRESSES / 10, ADDRESSES * 9 / 10);
        Reader reader = read(written(listings));
        Set<Address> listed = new HashSet<>(addresses);
        listed.removeIf(address -> !reader.lists(address));
        assertThat(listed).isEqualTo(expected);
    }

    @Test
    void domains_standForTheNamesUnderThem_exceptTheAllowed() {
        Reader reader = read(written(new Listings()
                .addDomain("example.org", "a")
                .addDomain("deep.b.example.org", "b")
                .allowDomain("fine.example.org")
                .allowDomain("x.y.example.org")
                .addDomain("under.fine.example.org", "c")
                .addDomain("example.net", "d")
                .allowDomain("example.net")));
        for (String name : List.of(
                "example.org",
                "a.example.org",
                "y.example.org",
                "z.y.example.org",
                "b.example.org",
                "deep.b.example.org",
                "a.deep.b.example.org")) {
            assertThat(reader.lists(name)).as(name).isEqualTo(hasDomains());
        }
        for (String name : List.of(
                "org",
                "notexample.org",
                "fine.example.org",
                "a.fine.example.org",
                "under.fine.example.org",
                "x.y.example.org",
                "w.x.y.example.org",
                "example.net",
                "a.example.net")) {
            assertThat(reader.lists(name)).as(name).isFalse();
        }
    }

    /** Words of strangers add no line, and so no entry, whatever they are. */
    @Test
    void reasons_hostile_addNothing() {
        List<String> reasons = List.of(
                "a\nb",
                "\r\n!0.0.0.0/0\r\n",
                "x\n2001:db8::/32 OK",
                "\"},{\"prefix\":\"::/0\"",
                "=cmd|' /C calc'!A0",
                "$ORIGIN .\n$0",
                "\\",
                "\\\n",
                "\u2028\u0085\0\u001b[2J",
                "\ud800",
                "\u540d".repeat(1_000),
                "};flush ruleset;",
                "");
        Map<String, String> plain =
                written(new Listings().add("2001:db8::/48", "x").addDomain("example.org", "x"));
        for (String reason : reasons) {
            Map<String, String> hostile =
                    written(new Listings().add("2001:db8::/48", reason).addDomain("example.org", reason));
            hostile.forEach((name, text) -> assertThat(text.split("[\n\r\u2028\u0085]+", -1))
                    .as("%s with %s", name, reason)
                    .hasSameSizeAs(plain.get(name).split("[\n\r]+", -1)));
            Reader reader = read(hostile);
            assertThat(reader.lists(Address.parse("2001:db8::1").orElseThrow())).isTrue();
            assertThat(reader.lists(Address.parse("2001:db8:1::1").orElseThrow()))
                    .isFalse();
            assertThat(reader.lists("example.org")).isEqualTo(hasDomains());
        }
    }
}
