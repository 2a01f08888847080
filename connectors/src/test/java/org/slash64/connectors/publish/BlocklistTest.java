package org.slash64.connectors.publish;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.slash64.schemas.Address;
import org.slash64.schemas.Counts;
import org.slash64.schemas.Evidence;
import org.slash64.schemas.Listing;
import org.slash64.schemas.Prefix;

class BlocklistTest {

    private static Prefix prefix(String text) {
        return Prefix.parse(text).orElseThrow();
    }

    private static Listing listing(Prefix prefix) {
        Instant at = Instant.parse("2026-11-16T08:00:00Z");
        return Listing.newBuilder()
                .setSubject(prefix.toString())
                .setReason("said by the test")
                .setEvidence(Evidence.newBuilder()
                        .setFrom(at)
                        .setTo(at)
                        .setCounts(new Counts())
                        .build())
                .setStrikes(1)
                .setListedAt(at)
                .setExpires(at)
                .setProvisional(false)
                .build();
    }

    private static Blocklist of(List<String> listed, List<String> allowed) {
        SortedMap<Prefix, Listing> listings = new TreeMap<>();
        listed.forEach(text -> listings.put(prefix(text), listing(prefix(text))));
        SortedSet<Prefix> exceptions = new TreeSet<>();
        allowed.forEach(text -> exceptions.add(prefix(text)));
        return Blocklist.of(listings, exceptions);
    }

    private static void assertList(Blocklist list, List<String> listed, List<String> exceptions) {
        assertThat(list.listings().keySet()).map(Prefix::toString).isEqualTo(listed);
        assertThat(list.exceptions()).map(Prefix::toString).isEqualTo(exceptions);
    }

    @Test
    void of_nothingAllowed_isWhatIsListed() {
        assertList(
                of(List.of("2001:db8::/48", "2001:db8::/64"), List.of()),
                List.of("2001:db8::/48", "2001:db8::/64"),
                List.of());
        assertList(of(List.of(), List.of("::/0")), List.of(), List.of());
    }

    @Test
    void of_listingInsideOrEqual_isLeftOut() {
        assertList(
                of(
                        List.of(
                                "192.0.2.0/24",
                                "2001:db8::/48",
                                "2001:db8:1::/48",
                                "2001:db8:1:1::/64",
                                "2001:db8:2::/48"),
                        List.of("192.0.2.0/24", "2001:db8:1::/48")),
                List.of("2001:db8::/48", "2001:db8:2::/48"),
                List.of());
    }

    @Test
    void of_allowedInsideAListing_isAnException() {
        assertList(
                of(
                        List.of("192.0.2.0/24", "2001:db8::/48"),
                        List.of("192.0.2.25/32", "198.51.100.1/32", "2001:db8::/64")),
                List.of("192.0.2.0/24", "2001:db8::/48"),
                List.of("192.0.2.25/32", "2001:db8::/64"));
    }

    @Test
    void of_listedInsideAllowedInsideListed_theAllowedWins() {
        assertList(
                of(
                        List.of("2001:db8::/48", "2001:db8:0:100::/56", "2001:db8:0:101::/64", "2001:db8:0:200::/64"),
                        List.of("2001:db8:0:100::/56", "2001:db8:0:101::1/128", "2001:db8:0:200::2/128")),
                List.of("2001:db8::/48", "2001:db8:0:200::/64"),
                List.of("2001:db8:0:100::/56", "2001:db8:0:200::2/128"));
    }

    /** The longest prefix of the list that holds an address says the same as the two lists it is made of. */
    @Test
    void of_anyPrefixes_longestMatchSaysWhatIsListedAndNotAllowed() {
        Random random = new Random(64);
        for (int round = 0; round < 500; round++) {
            SortedMap<Prefix, Listing> listed = new TreeMap<>();
            SortedSet<Prefix> allowed = new TreeSet<>();
            for (int i = random.nextInt(12); i >= 0; i--) {
                Prefix some = anyPrefix(random);
                listed.put(some, listing(some));
                allowed.add(anyPrefix(random));
            }
            Blocklist list = Blocklist.of(listed, allowed);
            for (int i = 0; i < 256; i++) {
                Address address = address(i);
                boolean expected = listed.keySet().stream().anyMatch(prefix -> prefix.contains(address))
                        && allowed.stream().noneMatch(prefix -> prefix.contains(address));
                assertThat(isListed(list, address))
                        .as("%s in %s", address, list)
                        .isEqualTo(expected);
            }
        }
    }

    private static boolean isListed(Blocklist list, Address address) {
        int listing = longest(list.listings().keySet(), address);
        int exception = longest(list.exceptions(), address);
        assertThat(listing).isGreaterThanOrEqualTo(exception < 0 ? -1 : 0);
        return listing > exception;
    }

    private static int longest(Iterable<Prefix> prefixes, Address address) {
        int longest = -1;
        for (Prefix prefix : prefixes) {
            longest = prefix.contains(address) ? Math.max(longest, prefix.length()) : longest;
        }
        return longest;
    }

    private static Address address(int last) {
        return Address.ofV4(0xc000_0200 | last); // 192.0.2.0/24
    }

    private static Prefix anyPrefix(Random random) {
        return Prefix.of(address(random.nextInt(256)), 24 + random.nextInt(9));
    }
}
