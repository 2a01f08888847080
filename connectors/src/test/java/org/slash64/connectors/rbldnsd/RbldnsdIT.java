package org.slash64.connectors.rbldnsd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slash64.connectors.publish.Blocklist;
import org.slash64.connectors.publish.ListingText;
import org.slash64.connectors.publish.Listings;
import org.slash64.schemas.Address;
import org.slash64.schemas.Prefix;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

/** The real rbldnsd loads the zones without a warning and answers as the listings say. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class RbldnsdIT {
    private static final ListingText TEXT = new ListingText(Optional.empty());
    private static final String BOTH = "both.test";
    private static final String V6_ONLY = "six.test";
    private static final int NETWORKS = 120;
    private static final long SEED = 64;
    private static final List<Integer> ALLOWED_V6 = List.of(47, 48, 49, 56, 64, 65, 128);
    private static final List<Integer> ALLOWED_V4 = List.of(23, 24, 25, 31, 32);

    @TempDir
    Path dir;

    @BeforeEach
    void openTheFolder() throws IOException {
        assumeTrue(Rbldnsd.program().isPresent(), "rbldnsd is not installed, so nobody loaded the zone files");
        // rbldnsd gives up its rights before it reads the zones
        Files.setPosixFilePermissions(dir, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private Rbldnsd start(Listings listings, Instant written) throws Exception {
        for (Map.Entry<String, String> file :
                listings.written(new RbldnsdZones(TEXT), written).entrySet()) {
            Files.writeString(dir.resolve(file.getKey()), file.getValue());
        }
        String v6 = ":ip6trie:" + dir.resolve("blocklist.ip6trie");
        String v4 = ":ip4trie:" + dir.resolve("blocklist.ip4trie");
        return Rbldnsd.start(dir, List.of(BOTH + v6, BOTH + v4, V6_ONLY + v6));
    }

    @Test
    void answers_forAddressesInsideAtTheBordersAndOutside_areAsListed() throws Exception {
        Listings listings = someHundred();
        String output;
        try (Rbldnsd server = start(listings, Instant.now())) {
            for (Prefix prefix : all(listings.byPrefix().keySet(), listings.allowed())) {
                for (Address client : around(prefix).toList()) {
                    checkAnswers(server, listings, client);
                }
            }
            output = server.stop();
        }
        Blocklist written = listings.blocklist();
        List<Prefix> entries = all(written.listings().keySet(), written.exceptions());
        assertThat(written.exceptions()).hasSizeGreaterThan(NETWORKS / 4);
        assertThat(written.listings()).hasSizeLessThan(listings.byPrefix().size());
        long v6 = entries.stream().filter(prefix -> prefix.address().v6()).count();
        assertThat(output.lines())
                .anyMatch(line -> line.contains("ip6trie:") && line.contains(" ents=" + (v6 + 1) + " "))
                .anyMatch(
                        line -> line.contains("ip4trie:") && line.contains(" ents=" + (entries.size() - v6 + 1) + " "));
        assertNoWarning(output);
    }

    private static List<Prefix> all(Collection<Prefix> some, Collection<Prefix> others) {
        return Stream.concat(some.stream(), others.stream()).toList();
    }

    private static void checkAnswers(Rbldnsd server, Listings listings, Address client) throws IOException {
        Optional<String> text = expectedText(listings, client);
        Rbldnsd.Answer answer = server.ask(client, BOTH, Type.A);
        Rbldnsd.Answer reason = server.ask(client, BOTH, Type.TXT);
        int rcode = text.isPresent() ? Rcode.NOERROR : Rcode.NXDOMAIN;
        assertThat(answer)
                .as("A for %s", client)
                .isEqualTo(new Rbldnsd.Answer(
                        rcode, text.stream().map(t -> "127.0.0.2").toList()));
        assertThat(reason)
                .as("TXT for %s", client)
                .isEqualTo(new Rbldnsd.Answer(rcode, text.stream().toList()));
    }

    /** Of several prefixes that hold a client the longest counts, and an allowed one before any. */
    private static Optional<String> expectedText(Listings listings, Address client) {
        if (listings.allowed().stream().anyMatch(prefix -> prefix.contains(client))) {
            return Optional.empty();
        }
        return listings.byPrefix().keySet().stream()
                .filter(prefix -> prefix.contains(client))
                .reduce((a, b) -> a.length() > b.length() ? a : b)
                .map(prefix -> prefix + " listed until 2026-11-17 09:30 UTC: "
                        + reason(prefix).replace('$', '?'));
    }

    private static String reason(Prefix prefix) {
        return "$" + prefix.length() + " #1; 9 of 12 \"events\": bad, = !x";
    }

    /** Of each network the /48 and a /64 in it, or one of both; likewise in IPv4. In every other one something is allowed. */
    private static Listings someHundred() {
        Random random = new Random(SEED);
        Listings listings = new Listings();
        for (int i = 0; i < NETWORKS; i++) {
            int kind = random.nextInt(3);
            Address v6 = Address.ofV6((0x2001_0db8L << 32) | (random.nextInt() & 0xffff_ffffL), random.nextLong());
            Address v4 = Address.ofV4(0xc612_0000 | random.nextInt(1 << 17)); // RFC 2544
            Stream.of(Prefix.finest(v6), Prefix.finest(v4))
                    .filter(prefix -> kind != 0)
                    .forEach(prefix -> listings.add(prefix, reason(prefix)));
            Stream.of(Prefix.network(v6), Prefix.network(v4))
                    .filter(prefix -> kind != 1)
                    .forEach(prefix -> listings.add(prefix, reason(prefix)));
            if (i % 2 == 0) {
                listings.allow(Prefix.of(v6, ALLOWED_V6.get(random.nextInt(ALLOWED_V6.size()))))
                        .allow(Prefix.of(v4, ALLOWED_V4.get(random.nextInt(ALLOWED_V4.size()))));
            }
        }
        return listings;
    }

    /** The first and the last address of a prefix, one in the middle, and the two next to it. */
    private static Stream<Address> around(Prefix prefix) {
        int bits = prefix.address().bits();
        BigInteger first = new BigInteger(1, prefix.address().bytes());
        BigInteger size = BigInteger.ONE.shiftLeft(bits - prefix.length());
        return Stream.of(
                        BigInteger.ONE.negate(),
                        BigInteger.ZERO,
                        size.shiftRight(1),
                        size.subtract(BigInteger.ONE),
                        size)
                .map(offset -> address(first.add(offset), bits / Byte.SIZE));
    }

    private static Address address(BigInteger value, int length) {
        byte[] signed = value.toByteArray();
        byte[] bytes = new byte[length];
        int count = Math.min(length, signed.length);
        System.arraycopy(signed, signed.length - count, bytes, length - count, count);
        return Address.ofBytes(bytes);
    }

    @Test
    void emptyList_answersTestEntriesOnly() throws Exception {
        String output;
        try (Rbldnsd server = start(new Listings(), Instant.now())) {
            assertListed(server, Address.ofV4(0x7f00_0002).bytes(), BOTH);
            assertListed(server, mapped(2), V6_ONLY);
            assertListed(server, mapped(2), BOTH);
            assertNotListed(server, Address.ofV4(0x7f00_0001).bytes(), BOTH);
            assertNotListed(server, mapped(1), V6_ONLY);
            assertNotListed(server, mapped(1), BOTH);
            assertNotListed(server, Address.ofV6(0x2001_0db8L << 32, 1).bytes(), BOTH);
            assertNotListed(server, Address.ofV4(0xc000_0201).bytes(), BOTH);
            output = server.stop();
        }
        assertNoWarning(output);
    }

    /** {@code ::ffff:127.0.0.x} as IPv6, which RFC 5782 section 5 asks for as such. */
    private static byte[] mapped(int last) {
        return ByteBuffer.allocate(16)
                .putLong(0)
                .putLong(0xffff_7f00_0000L | last)
                .array();
    }

    @Test
    void zonesThatWereNotWrittenForADay_answerNobody() throws Exception {
        Listings listings = new Listings().add("2001:db8::/48", "bad");
        Instant written = Instant.now().minus(RbldnsdZones.EXPIRY).minusSeconds(60);
        try (Rbldnsd server = start(listings, written)) {
            Address client = Address.parse("2001:db8::1").orElseThrow();
            assertThat(server.ask(client, BOTH, Type.A)).isEqualTo(new Rbldnsd.Answer(Rcode.SERVFAIL, List.of()));
        }
    }

    private static void assertListed(Rbldnsd server, byte[] client, String zone) throws IOException {
        assertThat(server.ask(client, zone, Type.A)).isEqualTo(new Rbldnsd.Answer(Rcode.NOERROR, List.of("127.0.0.2")));
        assertThat(server.ask(client, zone, Type.TXT))
                .isEqualTo(new Rbldnsd.Answer(Rcode.NOERROR, List.of("test entry of RFC 5782")));
    }

    private static void assertNotListed(Rbldnsd server, byte[] client, String zone) throws IOException {
        Rbldnsd.Answer no = new Rbldnsd.Answer(Rcode.NXDOMAIN, List.of());
        assertThat(server.ask(client, zone, Type.A)).isEqualTo(no);
        assertThat(server.ask(client, zone, Type.TXT)).isEqualTo(no);
    }

    private static void assertNoWarning(String output) {
        assertThat(output).contains("zones reloaded").contains("started (1 socket(s), 2 zone(s))");
        assertThat(output.lines())
                .noneMatch(line -> line.contains("warning") || line.contains("error") || line.contains("invalid"));
    }
}
