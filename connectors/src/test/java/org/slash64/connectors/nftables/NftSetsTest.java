package org.slash64.connectors.nftables;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.slash64.connectors.publish.ListFormat;
import org.slash64.connectors.publish.ListFormatContract;
import org.slash64.connectors.publish.Listings;
import org.slash64.schemas.Address;
import org.slash64.schemas.Prefix;

class NftSetsTest extends ListFormatContract {
    private static final Instant NOW = Listings.LISTED;
    private static final int HEADER_LINES = 5;

    @Override
    protected ListFormat format() {
        return new NftSets();
    }

    @Override
    protected boolean hasDomains() {
        return false;
    }

    @Override
    protected Reader read(Map<String, String> files) {
        return NftElements.parse(files.get("blocklist.nft"));
    }

    private static List<String> body(Listings listings) {
        List<String> lines = listings.written(new NftSets(), NOW)
                .get("blocklist.nft")
                .lines()
                .toList();
        return lines.subList(HEADER_LINES, lines.size());
    }

    private static Prefix prefix(String text) {
        return Prefix.parse(text).orElseThrow();
    }

    @Test
    void emptyList_emptiesTheSets() {
        assertThat(body(new Listings()))
                .containsExactly("flush set inet slash64 blocked6", "flush set inet slash64 blocked4");
    }

    @Test
    void nested_lieSideBySide_withTheExpiryOfTheLastToExpire() {
        assertThat(body(new Listings()
                        .add(prefix("2001:db8::/48"), "a", NOW.plusSeconds(100))
                        .add(prefix("2001:db8:0:1::/64"), "b", NOW.plusSeconds(200))
                        .add(prefix("2001:db8:0:2::/64"), "c", NOW.plusSeconds(50))
                        .add(prefix("192.0.2.0/24"), "d", NOW.minusSeconds(1))
                        .allow("192.0.2.25/32")))
                .containsExactly(
                        "flush set inet slash64 blocked6",
                        "add element inet slash64 blocked6 {",
                        "2001:db8::/64 timeout 100s,",
                        "2001:db8:0:1::/64 timeout 200s,",
                        "2001:db8:0:2::-2001:db8:0:ffff:ffff:ffff:ffff:ffff timeout 100s,",
                        "}",
                        "flush set inet slash64 blocked4",
                        "add element inet slash64 blocked4 {",
                        "192.0.2.0-192.0.2.24 timeout 7200s,",
                        "192.0.2.26-192.0.2.255 timeout 7200s,",
                        "}");
    }

    @Test
    void neighbours_thatExpireTogether_areOne() {
        assertThat(body(new Listings()
                        .add("2001:db8::/64", "a")
                        .add("2001:db8:0:1::/64", "b")
                        .add(prefix("2001:db8:0:2::/64"), "c", NOW.plusSeconds(9))
                        .add("192.0.2.0/32", "d")
                        .add("192.0.2.1/32", "e")
                        .add("192.0.2.2/32", "f")))
                .contains("2001:db8::/63 timeout 91859s,", "2001:db8:0:2::/64 timeout 9s,")
                .contains("192.0.2.0-192.0.2.2 timeout 91859s,")
                .hasSize(9);
    }

    @Test
    void endsOfTheNumbers_areKept() {
        List<AddressRange> ranges = DisjointRanges.of(new Listings()
                .add("255.255.255.255/32", "a")
                .add("0.0.0.0/1", "b")
                .add("ffff::/16", "c")
                .add("ffff:ffff:ffff:ffff::/64", "d")
                .add("::/64", "e")
                .allow("ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff/128")
                .allow("::fffe:0:0/96")
                .blocklist());
        assertThat(ranges)
                .map(AddressRange::toString)
                .containsExactly(
                        "0.0.0.0/1",
                        "255.255.255.255/32",
                        "::-::fffd:ffff:ffff",
                        "::ffff:0.0.0.0-::ffff:ffff:ffff:ffff",
                        "ffff::-ffff:ffff:ffff:ffff:ffff:ffff:ffff:fffe");
    }

    /** Elements as nft takes and lists them. */
    record NftElements(List<Address[]> ranges) implements ListFormatContract.Reader {
        private static final Pattern SEPARATORS = Pattern.compile("[\\s,{}=]+");

        static NftElements parse(String text) {
            List<Address[]> ranges = new ArrayList<>();
            for (String word : SEPARATORS.splitAsStream(text).toList()) {
                if (word.indexOf('-') > 0) {
                    String[] ends = word.split("-", 2);
                    Address.parse(ends[0])
                            .ifPresent(first -> ranges.add(
                                    new Address[] {first, Address.parse(ends[1]).orElseThrow()}));
                } else {
                    Prefix.parse(word)
                            .or(() -> Address.parse(word).map(one -> Prefix.of(one, one.bits())))
                            .ifPresent(prefix -> ranges.add(new Address[] {prefix.address(), lastOf(prefix)}));
                }
            }
            return new NftElements(ranges);
        }

        private static Address lastOf(Prefix prefix) {
            int free = prefix.address().bits() - prefix.length();
            byte[] bytes = prefix.address().bytes();
            for (int bit = 0; bit < free; bit++) {
                bytes[bytes.length - 1 - bit / Byte.SIZE] |= (byte) (1 << bit % Byte.SIZE);
            }
            return Address.ofBytes(bytes);
        }

        @Override
        public boolean lists(Address client) {
            long holding = ranges.stream()
                    .filter(range -> range[0].compareTo(client) <= 0 && client.compareTo(range[1]) <= 0)
                    .count();
            assertThat(holding).as("ranges that hold %s", client).isLessThan(2);
            return holding == 1;
        }

        @Override
        public boolean lists(String name) {
            return false;
        }
    }
}
