package org.slash64.connectors.rbldnsd;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.slash64.connectors.publish.ListingText;
import org.slash64.connectors.publish.Listings;

class RbldnsdZonesTest {
    private static final Instant NOW = Instant.parse("2026-11-16T08:05:06.789Z");
    private static final int HEADER_LINES = 7;

    private final RbldnsdZones zones = new RbldnsdZones(new ListingText(Optional.empty()));

    private List<String> v6(Listings listings) {
        return zone("blocklist.ip6trie", listings);
    }

    private List<String> v4(Listings listings) {
        return zone("blocklist.ip4trie", listings);
    }

    private List<String> zone(String name, Listings listings) {
        return listings.written(zones, NOW).get(name).lines().toList();
    }

    /** The TXT of a single listing with this reason. */
    private String text(String reason) {
        String entry = v6(new Listings().add("2001:db8::/48", reason)).get(HEADER_LINES);
        String start = "2001:db8::/48 :127.0.0.2:";
        assertThat(entry).startsWith(start);
        return entry.substring(start.length());
    }

    @Test
    void files_areOneForEachKind() {
        assertThat(new Listings().written(zones, NOW))
                .containsOnlyKeys("blocklist.ip4trie", "blocklist.ip6trie", "blocklist.dnset");
    }

    @Test
    void files_emptyList_isHeaderAndTestEntry() {
        assertThat(v6(new Listings()))
                .containsExactly(
                        "# slash64 blocklist, version 1794816306",
                        "$SOA 300 localhost. postmaster.localhost. 1794816306 600 300 86400 60",
                        "$NS 300 localhost.",
                        "$TTL 60",
                        "$TIMESTAMP 2026:11:16:08:05:06 +24h",
                        ":127.0.0.2:listed by slash64: $",
                        "::ffff:7f00:2/128 :127.0.0.2:test entry of RFC 5782");
        assertThat(v4(new Listings())).hasSize(HEADER_LINES).endsWith("127.0.0.2/32 :127.0.0.2:test entry of RFC 5782");
    }

    @Test
    void files_families_areApartAndInOrder() {
        Listings listings = new Listings()
                .add("2001:db8:b::/48", "b")
                .add("198.51.100.7/32", "d")
                .add("2001:db8:a:1::/64", "a")
                .add("192.0.2.0/24", "c");
        assertThat(v6(listings).subList(HEADER_LINES, HEADER_LINES + 2))
                .containsExactly(
                        "2001:db8:a:1::/64 :127.0.0.2:2001:db8:a:1::/64 listed until 2026-11-17 09:30 UTC: a",
                        "2001:db8:b::/48 :127.0.0.2:2001:db8:b::/48 listed until 2026-11-17 09:30 UTC: b");
        assertThat(v4(listings).subList(HEADER_LINES, HEADER_LINES + 2))
                .containsExactly(
                        "192.0.2.0/24 :127.0.0.2:192.0.2.0/24 listed until 2026-11-17 09:30 UTC: c",
                        "198.51.100.7/32 :127.0.0.2:198.51.100.7/32 listed until 2026-11-17 09:30 UTC: d");
        assertThat(v6(listings)).hasSize(HEADER_LINES + 2);
        assertThat(v4(listings)).hasSize(HEADER_LINES + 2);
    }

    @Test
    void files_exceptions_areWrittenAsSuchInTheirFamily() {
        Listings listings = new Listings()
                .add("2001:db8::/48", "a")
                .add("2001:db8:0:100::/64", "inside what is allowed")
                .allow("2001:db8:0:100::/56")
                .allow("2001:db8:9::/48")
                .add("192.0.2.0/24", "b")
                .allow("192.0.2.25/32");
        assertThat(v6(listings).subList(HEADER_LINES, HEADER_LINES + 2))
                .containsExactly(
                        "2001:db8::/48 :127.0.0.2:2001:db8::/48 listed until 2026-11-17 09:30 UTC: a",
                        "!2001:db8:0:100::/56");
        assertThat(v4(listings)).endsWith("!192.0.2.25/32");
        assertThat(v6(listings)).hasSize(HEADER_LINES + 2);
        assertThat(v4(listings)).hasSize(HEADER_LINES + 2);
    }

    @Test
    void files_domains_standForTheNamesUnderThem() {
        Listings listings = new Listings()
                .addDomain("example.org", "a")
                .addDomain("b.example.org", "inside what is listed")
                .addDomain("c.example.net", "under what is allowed")
                .allowDomain("d.example.org")
                .allowDomain("e.d.example.org")
                .allowDomain("example.net");
        List<String> written = zone("blocklist.dnset", listings);
        assertThat(written.subList(0, HEADER_LINES - 1)).isEqualTo(v6(listings).subList(0, HEADER_LINES - 1));
        assertThat(written.subList(HEADER_LINES - 1, written.size()))
                .containsExactly(
                        "test :127.0.0.2:test entry of RFC 5782",
                        ".b.example.org :127.0.0.2:b.example.org listed until 2026-11-17 09:30 UTC: inside what is listed",
                        ".example.org :127.0.0.2:example.org listed until 2026-11-17 09:30 UTC: a",
                        "!.d.example.org");
    }

    @Test
    void text_plain_staysAsItIs() {
        assertThat(text("9 of 12 events; #1 \"bad\" :x: =y")).endsWith(": 9 of 12 events; #1 \"bad\" :x: =y");
    }

    @Test
    void text_substitutionAndEscapeCharacters_areReplaced() {
        assertThat(text("$ $1 $= a\\b")).endsWith(": ? ?1 ?= a?b");
    }

    @Test
    void text_controlCharacters_cannotStartALine() {
        assertThat(text("a\nb\r\n!2001:db8::/48\tc\0\u007f\u0085\u2028")).endsWith(": a?b??!2001:db8::/48?c????");
    }

    @Test
    void text_nonAscii_isReplacedCharByChar() {
        assertThat(text("\u00e9 \u540d \ud83d\ude00 \ud800")).endsWith(": ? ? ?? ?");
    }

    @Test
    void text_overLong_isCutAt255Bytes() {
        String text = text("\u00e9x".repeat(1_000));
        assertThat(text.getBytes(StandardCharsets.ISO_8859_1)).hasSize(255);
        assertThat(text)
                .startsWith("2001:db8::/48 listed until 2026-11-17 09:30 UTC: ?x?x")
                .endsWith("x?x?x");
    }
}
