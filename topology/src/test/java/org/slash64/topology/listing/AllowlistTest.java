package org.slash64.topology.listing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.Test;
import org.slash64.schemas.AllowEntry;
import org.slash64.schemas.Subject;
import org.slash64.schemas.state.Allowance;
import org.slash64.topology.StepContext;

class AllowlistTest {

    private static final Instant NOON = Instant.parse("2026-11-16T12:00:00Z");

    private final KeyValueStore<String, AllowEntry> store =
            new StepContext<String, Object>(0).store(DecideListings.ALLOWED, Serdes.String(), AllowEntry.class);

    private static AllowEntry entry(String subject, Instant at) {
        return new AllowEntry(subject, "", "", at);
    }

    private Allowlist allowlist(AllowEntry... configured) {
        return new Allowlist(List.of(configured), store);
    }

    private static void allow(Allowlist list, String subject, Instant at) {
        list.change(new Allowance(subject, entry(subject, at)));
    }

    private static Optional<String> over(Allowlist list, String subject) {
        return list.entryOver(Subject.parse(subject).orElseThrow()).map(AllowEntry::getSubject);
    }

    @Test
    void entryOver_prefix_isFoundByAnyThatHoldsIt() {
        Allowlist list = allowlist(entry("2001:db8:1::/48", NOON), entry("192.0.2.0/24", NOON));
        assertThat(over(list, "2001:db8:1:2::/64")).contains("2001:db8:1::/48");
        assertThat(over(list, "2001:db8:1::/48")).contains("2001:db8:1::/48");
        assertThat(over(list, "2001:db8:2::/48")).isEmpty();
        assertThat(over(list, "192.0.2.7/32")).contains("192.0.2.0/24");
    }

    @Test
    void entryOver_finerEntry_doesNotCoverTheWhole() {
        Allowlist list = allowlist(entry("2001:db8:1:2::1/128", NOON), entry("2001:db8:1:2::/64", NOON));
        assertThat(over(list, "2001:db8:1::/48")).isEmpty();
        assertThat(over(list, "2001:db8:1:2::/64")).contains("2001:db8:1:2::/64");
    }

    @Test
    void entryOver_everything() {
        assertThat(over(allowlist(entry("::/0", NOON)), "2001:db8:1:2::/64")).contains("::/0");
        assertThat(over(allowlist(entry("::/0", NOON)), "192.0.2.7/32")).isEmpty();
    }

    @Test
    void entryOver_domain_isThatDomainAlone() {
        Allowlist list = allowlist(entry("Example.ORG.", NOON));
        assertThat(over(list, "example.org")).isPresent();
        assertThat(over(list, "mail.example.org")).isEmpty();
        assertThat(over(list, "org.example")).isEmpty();
    }

    @Test
    void entryOver_ofSeveral_theOneLongestInForce() {
        Allowlist list = allowlist();
        allow(list, "2001:db8:1::/48", NOON);
        allow(list, "2001:db8:1:2::/64", NOON.minusSeconds(1));
        assertThat(over(list, "2001:db8:1:2::/64")).contains("2001:db8:1:2::/64");
        allow(list, "2001:db8::/32", NOON.minusSeconds(1));
        assertThat(over(list, "2001:db8:1:2::/64")).contains("2001:db8::/32");
    }

    @Test
    void change_takenOffTheTopic_staysWhereItIsConfigured() {
        Allowlist list = allowlist(entry("2001:db8::/32", Instant.EPOCH));
        allow(list, "2001:db8::/32", NOON);
        allow(list, "192.0.2.0/24", NOON);
        list.change(new Allowance("2001:db8::/32", null));
        list.change(new Allowance("192.0.2.0/24", null));
        assertThat(over(list, "2001:db8:1::/48")).isPresent();
        assertThat(over(list, "192.0.2.0/24")).isEmpty();
    }

    @Test
    void change_neitherPrefixNorDomain_isNothing() {
        assertThat(allowlist().change(new Allowance("what?", entry("what?", NOON))))
                .isEmpty();
        assertThat(over(allowlist(entry("what?", NOON)), "example.org")).isEmpty();
    }

    @Test
    void init_afterACrash_knowsTheEntriesOfTheTopic() {
        allow(allowlist(), "2001:db8::/29", NOON);
        assertThat(over(allowlist(), "2001:db8:1:2::/64")).contains("2001:db8::/29");
    }

    @Test
    void entryOver_manyEntries_looksAtEachLengthOnce() {
        Allowlist list = allowlist(IntStream.range(0, 100_000)
                .mapToObj(i -> entry("2001:db8:%x:%x::/64".formatted(i >> 16, i & 0xffff), NOON))
                .toArray(AllowEntry[]::new));
        assertThat(IntStream.range(0, 100_000))
                .allMatch(i -> list.entryOver(Subject.parse("2001:db8:%x:%x::/64".formatted(i >> 16, i & 0xffff))
                                .orElseThrow())
                        .isPresent());
        assertThat(over(list, "2001:db9::/64")).isEmpty();
    }
}
