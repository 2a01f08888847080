package org.slash64.connectors.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slash64.connectors.accessmap.AccessMaps;
import org.slash64.connectors.accessmap.Postmap;
import org.slash64.connectors.answer.Knowledge;
import org.slash64.connectors.answer.LinkTemplate;
import org.slash64.connectors.nftables.NftSets;
import org.slash64.connectors.nftables.Nftables;
import org.slash64.connectors.rbldnsd.Rbldnsd;
import org.slash64.connectors.rbldnsd.RbldnsdZones;
import org.slash64.connectors.rpz.ResponsePolicyZone;
import org.slash64.connectors.rpz.Unbound;
import org.slash64.schemas.Address;
import org.slash64.schemas.AllowEntry;
import org.slash64.schemas.Domain;
import org.slash64.schemas.Listing;
import org.slash64.schemas.Prefix;
import org.slash64.schemas.Topics;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

/**
 * rbldnsd, Postfix, unbound and nftables read the files of one version of 5,000 listings, and say the same of 10,000 addresses round
 * their borders, and of names round listed domains.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 300, unit = TimeUnit.SECONDS)
class PublishedListsIT {
    private static final int PREFIXES = 5_000;
    private static final int ADDRESSES = 10_000;
    private static final int DOMAINS = 200;
    private static final Optional<LinkTemplate> LINK =
            Optional.of(new LinkTemplate("https://example.org/why?s={subject}"));
    private static final ListingText TEXT = new ListingText(LINK);

    private Path dir;
    private Listings listings;
    private List<Address> addresses;
    private Set<Address> listed;
    private Set<String> names;
    private Set<String> listedNames;

    @BeforeAll
    void write(@TempDir Path folder) throws Exception {
        dir = folder;
        Files.setPosixFilePermissions(dir, PosixFilePermissions.fromString("rwxr-xr-x")); // for servers without rights
        Instant now = Instant.now();
        listings = SampleList.of(PREFIXES, 64, now);
        addDomains();
        addresses = SampleList.addresses(listings, ADDRESSES, 64);
        listed = SampleList.listed(listings, addresses);
        for (ListFormat format :
                List.of(new RbldnsdZones(TEXT), new AccessMaps(TEXT), new NftSets(), new ResponsePolicyZone())) {
            for (Map.Entry<String, String> file : listings.written(format, now).entrySet()) {
                Files.writeString(dir.resolve(file.getKey()), file.getValue());
            }
        }
    }

    private void addDomains() {
        names = new TreeSet<>();
        listedNames = new HashSet<>();
        for (int i = 0; i < DOMAINS; i++) {
            String domain = "d" + i + ".example";
            listings.addDomain(domain, "domain " + i)
                    .allowDomain("fine." + domain)
                    .allowDomain("x.y." + domain);
            List<String> in = List.of(domain, "a." + domain, "b.a." + domain, "y." + domain, "z.y." + domain);
            listedNames.addAll(in);
            names.addAll(in);
            names.addAll(List.of("fine." + domain, "a.fine." + domain, "x.y." + domain, "no-" + domain));
        }
    }

    @Test
    void sample_hasBothKinds() {
        assertThat(listings.byPrefix()).hasSizeGreaterThanOrEqualTo(PREFIXES);
        assertThat(listings.blocklist().exceptions()).hasSizeGreaterThan(PREFIXES / 20);
        assertThat(listed).hasSizeBetween(ADDRESSES / 10, ADDRESSES * 9 / 10);
    }

    @Test
    void rbldnsd_saysTheSame() throws Exception {
        assumeTrue(Rbldnsd.program().isPresent(), "rbldnsd is not installed, so nobody loaded its zones");
        List<String> zones = List.of(
                "bl.test:ip6trie:" + dir.resolve("blocklist.ip6trie"),
                "bl.test:ip4trie:" + dir.resolve("blocklist.ip4trie"),
                "dbl.test:dnset:" + dir.resolve("blocklist.dnset"));
        Set<Address> said = new HashSet<>();
        Set<String> saidOfNames = new HashSet<>();
        try (Rbldnsd server = Rbldnsd.start(dir, zones)) {
            for (Address address : addresses) {
                if (server.ask(address, "bl.test", Type.A).rcode() == Rcode.NOERROR) {
                    said.add(address);
                }
            }
            for (String name : names) {
                if (server.ask(name, "dbl.test", Type.A).rcode() == Rcode.NOERROR) {
                    saidOfNames.add(name);
                }
            }
            assertThat(server.ask("test", "dbl.test", Type.A).rcode()).isEqualTo(Rcode.NOERROR);
            assertThat(server.ask("invalid", "dbl.test", Type.A).rcode()).isEqualTo(Rcode.NXDOMAIN);
            assertThat(server.ask("a.d1.example", "dbl.test", Type.TXT).records())
                    .singleElement()
                    .asString()
                    .contains("domain 1", "https://example.org/why?s=d1.example");
            assertThat(server.stop().lines()).noneMatch(line -> line.contains("warning") || line.contains("error"));
        }
        assertSame(said, saidOfNames);
    }

    @Test
    void postfix_saysTheSame() throws Exception {
        assumeTrue(Postmap.isInstalled(), "postmap is not installed, so nobody looked into the access maps");
        Map<String, String> found = Postmap.query(
                "cidr:" + dir.resolve("blocklist.cidr"),
                addresses.stream().map(Address::toString).toList());
        Set<Address> said = new HashSet<>(addresses);
        said.removeIf(address -> !found.getOrDefault(address.toString(), "").startsWith("REJECT 5.7.1 slash64: "));
        Map<String, String> domains = Postmap.query("texthash:" + dir.resolve("blocklist.texthash"), keys());
        Set<String> saidOfNames = new HashSet<>(names);
        saidOfNames.removeIf(name -> !Postmap.firstOf(name, domains).startsWith("REJECT"));
        assertSame(said, saidOfNames);
    }

    private List<String> keys() {
        return names.stream()
                .flatMap(name -> Postmap.keys(name).stream())
                .distinct()
                .toList();
    }

    @Test
    void unbound_saysTheSame() throws Exception {
        assumeTrue(
                Unbound.program().isPresent(), "unbound is not installed, so nobody loaded the response policy zone");
        Set<Address> said = new HashSet<>();
        Set<String> saidOfNames = new HashSet<>();
        try (Unbound server = Unbound.start(dir, dir.resolve("blocklist.rpz"), addresses)) {
            for (int i = 0; i < addresses.size(); i++) {
                Address address = addresses.get(i);
                if (server.ask("a" + i + ".clients.slash64", address.v6() ? Type.AAAA : Type.A) == Rcode.NXDOMAIN) {
                    said.add(address);
                }
            }
            for (String name : names) {
                if (server.ask(name, Type.A) == Rcode.NXDOMAIN) {
                    saidOfNames.add(name);
                }
            }
        }
        assertSame(said, saidOfNames);
    }

    @Test
    void nftables_saysTheSame_alsoLoadedASecondTime() throws Exception {
        assumeTrue(Nftables.isUsable(), "nft and a network namespace are not to be had, so nobody loaded the sets");
        Nftables loaded = Nftables.loadTwice(dir, dir.resolve("blocklist.nft"));
        Set<Address> said = new HashSet<>(addresses);
        said.removeIf(address -> !loaded.lists(address));
        assertSame(said, listedNames);
    }

    @Test
    void longestMatchInMemory_saysTheSame() {
        Longest table = new Longest();
        Blocklist list = listings.blocklist();
        list.listings().keySet().forEach(prefix -> table.put(prefix, true));
        list.exceptions().forEach(prefix -> table.put(prefix, false));
        Set<Address> said = new HashSet<>(addresses);
        said.removeIf(address -> !table.lists(address));
        assertSame(said, listedNames);
        assertThat(list.listings())
                .allSatisfy((prefix, listing) ->
                        assertThat(Prefix.parse(listing.getSubject())).contains(prefix));
    }

    /** What the policy server and the milter look into. */
    @Test
    void knowledge_saysTheSame() {
        Knowledge known = new Knowledge(List.of());
        listings.byPrefix().values().forEach(listing -> list(known, listing));
        listings.byDomain().values().forEach(listing -> list(known, listing));
        Stream.concat(listings.allowed().stream(), listings.allowedDomains().stream())
                .map(Object::toString)
                .forEach(subject -> known.take(
                        Topics.ALLOWLIST.name(), subject, new AllowEntry(subject, "", "test", Instant.EPOCH)));
        Set<Address> said = new HashSet<>(addresses);
        said.removeIf(address -> known.listing(address, Instant.EPOCH).isEmpty()); // none has expired then
        Set<String> saidOfNames = new HashSet<>(names);
        saidOfNames.removeIf(
                name -> known.listing(new Domain(name), Instant.EPOCH).isEmpty());
        assertSame(said, saidOfNames);
    }

    private static void list(Knowledge known, Listing listing) {
        known.take(Topics.BLOCKLIST.name(), listing.getSubject(), listing);
    }

    private void assertSame(Set<Address> said, Set<String> saidOfNames) {
        Set<Address> missing = new TreeSet<>(listed);
        missing.removeAll(said);
        Set<Address> tooMany = new TreeSet<>(said);
        tooMany.removeAll(listed);
        assertThat(missing).as("listed, and not said to be").isEmpty();
        assertThat(tooMany).as("said to be listed, and not").isEmpty();
        assertThat(saidOfNames).isEqualTo(listedNames);
    }
}
