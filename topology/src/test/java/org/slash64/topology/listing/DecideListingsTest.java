package org.slash64.topology.listing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slash64.schemas.AllowEntry;
import org.slash64.schemas.Change;
import org.slash64.schemas.Counts;
import org.slash64.schemas.Domain;
import org.slash64.schemas.Listing;
import org.slash64.schemas.ListingChange;
import org.slash64.schemas.Prefix;
import org.slash64.schemas.state.Allowance;
import org.slash64.schemas.state.ListingState;
import org.slash64.schemas.state.Tally;
import org.slash64.topology.StepContext;
import org.slash64.topology.count.Bucket;
import org.slash64.topology.count.RatedBucket;
import org.slash64.topology.count.Sketch;
import org.slash64.topology.count.Step;
import org.slash64.topology.count.Tallies;
import org.slash64.topology.reputation.Reputation;
import org.slash64.topology.reputation.ReputationPolicy;

class DecideListingsTest {

    private static final long START = Instant.parse("2026-11-16T08:00:00Z").toEpochMilli();
    private static final long DUE = START + Duration.ofDays(1).toMillis() + 10_000;
    private static final String FINEST = "2001:db8:1:2::/64";

    private StepContext<String, Object> step = new StepContext<>(0);
    private final KeyValueStore<Bytes, ListingState> store = step.store(DecideListings.STORE, ListingState.class);
    private final KeyValueStore<Bytes, byte[]> due = step.index(DecideListings.DUE);
    private final KeyValueStore<Bytes, byte[]> coarse = step.index(DecideListings.COARSE);
    private final KeyValueStore<String, AllowEntry> allowed =
            step.store(DecideListings.ALLOWED, Serdes.String(), AllowEntry.class);
    private final Set<String> listed = new TreeSet<>();
    private List<AllowEntry> configured = List.of();
    private DecideListings listings;

    @BeforeEach
    void start() {
        step = new StepContext<>(0);
        List.of(store, due, coarse, allowed).forEach(step.context()::addStateStore);
        listings = new DecideListings(ListingPolicy.defaults().withDocumentation(), configured);
        listings.init(step.context());
    }

    private void process(Step value) {
        listings.process(new Record<>("key", value, step.now()));
    }

    private void bad(String prefix, int finished, int pending) {
        process(new Step.Progress(Prefix.parse(prefix).orElseThrow(), buckets(finished), buckets(pending)));
    }

    private static List<Bucket> buckets(int bad) {
        return bad == 0
                ? List.of()
                : List.of(new Bucket(START, Counts.newBuilder().setBad(bad).build()));
    }

    private List<Object> forwarded() {
        return step.forwarded().stream().<Object>map(Record::value).toList();
    }

    private static Stream<Listing> entries(List<Object> forwarded) {
        return forwarded.stream()
                .filter(DecideListings.Entry.class::isInstance)
                .map(value -> ((DecideListings.Entry) value).listing());
    }

    private static Stream<Change> changes(List<Object> forwarded) {
        return forwarded.stream()
                .filter(ListingChange.class::isInstance)
                .map(value -> ((ListingChange) value).getChange());
    }

    /** Bad outcomes from ten prefixes below. */
    private void spread(String prefix, long at) {
        Tally tally = Tallies.of(Counts.newBuilder().setBad(20).build());
        for (byte child = 0; child < 10; child++) {
            tally.setChildren(Sketch.merge(tally.getChildren(), Sketch.of(new byte[] {child})));
        }
        tally.setBadChildren(tally.getChildren());
        process(new Step.Progress(Prefix.parse(prefix).orElseThrow(), List.of(new Bucket(at, tally)), List.of()));
    }

    private void good(String prefix, long at) {
        Counts counts = Counts.newBuilder().setGood(1_000).build();
        process(new Step.Progress(Prefix.parse(prefix).orElseThrow(), List.of(new Bucket(at, counts)), List.of()));
    }

    /** What the blocklist says to be listed after all that was forwarded. */
    private Set<String> listed() {
        step.forwarded().forEach(record -> {
            if (record.value() instanceof DecideListings.Entry entry) {
                if (entry.listing() == null) {
                    listed.remove(record.key());
                } else {
                    listed.add(record.key());
                }
            }
        });
        return listed;
    }

    @Test
    void process_coarserListing_standsForThoseBelowAndNoOthers() {
        bad("2001:db8:1:0::/64", 20, 0);
        bad("2001:db8:1:ff::/64", 20, 0);
        bad("2001:db8:1:100::/64", 20, 0);
        bad("2001:db8:0:ffff::/64", 20, 0);
        assertThat(listed()).hasSize(4);
        spread("2001:db8:1::/56", START);
        assertThat(listed()).containsExactly("2001:db8:0:ffff::/64", "2001:db8:1:100::/64", "2001:db8:1::/56");
        bad("2001:db8:1:7::/64", 20, 0);
        assertThat(listed()).as("covered from the start").doesNotContain("2001:db8:1:7::/64");
        spread("2001:db8:1::/48", START);
        assertThat(listed()).containsExactly("2001:db8:0:ffff::/64", "2001:db8:1::/48");
    }

    @Test
    void process_coarserListingNarrowed_givesThoseBelowTheirEntriesBack() {
        bad("2001:db8:1:0::/64", 20, 0);
        spread("2001:db8:1::/56", START);
        spread("2001:db8:1::/48", START);
        assertThat(listed()).containsExactly("2001:db8:1::/48");
        good("2001:db8:1::/48", START + 10_000);
        assertThat(listed()).containsExactly("2001:db8:1::/56");
        good("2001:db8:1::/56", START + 10_000);
        assertThat(listed()).containsExactly("2001:db8:1::/64");
    }

    @Test
    void process_coarserListing_standsForThousandsBelow() {
        for (int i = 0; i < 2_500; i++) {
            bad("2001:db8:1:%x::/64".formatted(i), 20, 0);
        }
        assertThat(listed()).hasSize(2_500);
        spread("2001:db8:1::/48", START);
        assertThat(listed()).containsExactly("2001:db8:1::/48");
        good("2001:db8:1::/48", START + 10_000);
        assertThat(listed()).hasSize(2_500);
    }

    @Test
    void process_coarserListingExpired_givesThoseBelowTheirEntriesBack() {
        bad("192.0.2.1/32", 20, 0);
        spread("192.0.2.0/24", START - 60_000);
        assertThat(listed()).containsExactly("192.0.2.0/24");
        process(new Step.FinishedUpTo(DUE - 60_000));
        assertThat(listed()).containsExactly("192.0.2.1/32");
    }

    @Test
    void process_coarserLevels_onVolumeAlone_areNotListed() {
        bad("2001:db8:1::/48", 100, 0);
        bad("2001:db8:1::/56", 100, 0);
        bad("192.0.2.0/24", 100, 0);
        assertThat(forwarded()).isEmpty();
        bad("192.0.2.1/32", 100, 0);
        assertThat(entries(forwarded())).hasSize(1);
    }

    @Test
    void process_pending_isProvisionalAndWithdrawnByATombstone() {
        bad(FINEST, 0, 20);
        List<Object> early = forwarded();
        assertThat(entries(early)).extracting(Listing::getProvisional).containsExactly(true);
        assertThat(changes(early)).isEmpty();
        bad(FINEST, 19, 0);
        List<Object> last = forwarded();
        assertThat(entries(last)).containsExactly((Listing) null);
        assertThat(changes(last)).isEmpty();
    }

    @Test
    void process_finishedUpTo_endsWhatIsDueOnce() {
        bad(FINEST, 20, 0);
        assertThat(changes(forwarded())).containsExactly(Change.LISTED);
        process(new Step.FinishedUpTo(DUE - 1));
        assertThat(forwarded()).isEmpty();
        process(new Step.FinishedUpTo(DUE));
        List<Object> ended = forwarded();
        assertThat(changes(ended)).containsExactly(Change.DELISTED);
        assertThat(entries(ended)).containsExactly((Listing) null);
        process(new Step.FinishedUpTo(DUE + 1_000_000));
        assertThat(forwarded()).isEmpty();
    }

    @Test
    void init_afterACrash_endsWhatIsDueAndKeepsStrikes() {
        bad(FINEST, 20, 0);
        start();
        process(new Step.FinishedUpTo(DUE));
        assertThat(changes(forwarded())).containsExactly(Change.DELISTED);
        start();
        process(new Step.Progress(
                Prefix.parse(FINEST).orElseThrow(),
                List.of(new Bucket(
                        START + Duration.ofDays(3).toMillis(),
                        Counts.newBuilder().setBad(20).build())),
                List.of()));
        assertThat(entries(forwarded())).extracting(Listing::getStrikes).containsExactly(2);
    }

    @Test
    void init_again_startsFromTheStoreAlone() {
        bad(FINEST, 20, 0);
        forwarded();
        store.delete(Bytes.wrap(Prefix.parse(FINEST).orElseThrow().key()));
        listings.init(step.context());
        process(new Step.FinishedUpTo(DUE));
        assertThat(forwarded()).isEmpty();
    }

    @Test
    void process_quietForLong_leavesNoStateBehind() {
        bad(FINEST, 20, 0);
        spread("2001:db8:1::/56", START);
        good("2001:db8:9::/64", START);
        bad("2001:db8:8::/64", 0, 5);
        assertThat(sizes()).containsExactly(3L, 3L, 1L);
        for (int day = 1; day < 100; day++) {
            process(new Step.FinishedUpTo(START + Duration.ofDays(day).toMillis()));
        }
        assertThat(sizes()).containsExactly(0L, 0L, 0L);
        assertThat(listed()).isEmpty();
    }

    private List<Long> sizes() {
        return Stream.of(store, due, coarse)
                .map(KeyValueStore::approximateNumEntries)
                .toList();
    }

    @Test
    void process_reservedSpace_isNeverListed() {
        bad("fd00:1:2:3::/64", 1_000, 0);
        assertThat(forwarded()).isEmpty();
        assertThat(sizes()).containsExactly(0L, 0L, 0L);
    }

    @Test
    void process_ratedDomain_isListedOnItsReputation() {
        Domain domain = new Domain("spam.example");
        Reputation reputation = new Reputation(domain, ReputationPolicy.defaults(), Reputation.none());
        List<RatedBucket> rated = buckets(50).stream()
                .map(bucket -> new RatedBucket(bucket, reputation.apply(bucket)))
                .toList();
        process(new Step.Rated(domain, List.of(), rated));
        assertThat(entries(forwarded())).extracting(Listing::getProvisional).containsExactly(true);
        process(new Step.Rated(domain, rated, List.of()));
        List<Object> last = forwarded();
        assertThat(changes(last)).containsExactly(Change.LISTED);
        assertThat(entries(last)).extracting(Listing::getSubject).containsExactly("spam.example");
        allow("spam.example", START);
        assertThat(entries(forwarded())).containsExactly((Listing) null);
    }

    private void allow(String subject, long at) {
        AllowEntry entry = new AllowEntry(subject, "", "alice", Instant.ofEpochMilli(at));
        process(new Step.AllowlistChanged(new Allowance(subject, entry)));
    }

    private void allowNoLonger(String subject) {
        process(new Step.AllowlistChanged(new Allowance(subject, null)));
    }

    @Test
    void process_allowed_isTakenOffAtOnceAndEndsInItsTime() {
        bad(FINEST, 20, 0);
        bad("2001:db8:2::/64", 20, 0);
        assertThat(listed()).hasSize(2);
        long at = START + 60_000;
        allow("2001:db8:1::/48", at);
        List<Object> taken = forwarded();
        assertThat(entries(taken)).containsExactly((Listing) null);
        assertThat(changes(taken)).isEmpty();
        process(new Step.FinishedUpTo(at - 1));
        assertThat(forwarded()).isEmpty();
        process(new Step.FinishedUpTo(at));
        List<Object> ended = forwarded();
        assertThat(changes(ended)).containsExactly(Change.DELISTED);
        assertThat(entries(ended)).isEmpty();
        allowNoLonger("2001:db8:1::/48");
        assertThat(forwarded()).as("it was over").isEmpty();
    }

    @Test
    void process_allowedNoLonger_showsWhatIsStillInForce() {
        bad(FINEST, 20, 0);
        bad("2001:db8:1:5::/64", 0, 20);
        assertThat(listed()).hasSize(2);
        allow("2001:db8::/32", DUE);
        assertThat(listed()).isEmpty();
        allowNoLonger("2001:db8::/32");
        assertThat(listed())
                .as("pending ones come again with their next bucket")
                .containsExactly(FINEST);
    }

    @Test
    void process_allowedPartOfAListing_leavesTheListing() {
        spread("2001:db8:1::/48", START);
        allow("2001:db8:1:2::1/128", START);
        allow("2001:db8:1:2::/64", START);
        assertThat(listed()).containsExactly("2001:db8:1::/48");
    }

    @Test
    void process_allowlistChange_leavesProvisionalEntriesAlone() {
        bad(FINEST, 0, 20);
        assertThat(listed()).hasSize(1);
        allowNoLonger("2001:db8::/32");
        assertThat(forwarded()).isEmpty();
    }

    @Test
    void process_provisionalEntryThatWasCovered_comesWithItsFinishedBucket() {
        bad(FINEST, 0, 20);
        spread("2001:db8:1::/56", START);
        assertThat(listed()).containsExactly("2001:db8:1::/56");
        good("2001:db8:1::/56", START + 10_000);
        assertThat(listed()).isEmpty();
        bad(FINEST, 20, 0);
        assertThat(listed()).containsExactly(FINEST);
    }

    @Test
    void init_newlyConfigured_endsListingsOfEarlierRuns() {
        bad(FINEST, 20, 0);
        assertThat(listed()).hasSize(1);
        configured = List.of(new AllowEntry("2001:db8::/32", "ours", "allowlist.txt", Instant.EPOCH));
        start();
        process(new Step.FinishedUpTo(START + 10_000));
        List<Object> ended = forwarded();
        assertThat(entries(ended)).containsExactly((Listing) null);
        assertThat(changes(ended)).containsExactly(Change.DELISTED);
        bad(FINEST, 1_000, 0);
        assertThat(forwarded()).isEmpty();
    }
}
