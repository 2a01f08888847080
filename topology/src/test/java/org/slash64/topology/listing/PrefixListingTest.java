package org.slash64.topology.listing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.slash64.schemas.Change;
import org.slash64.schemas.Counts;
import org.slash64.schemas.Listing;
import org.slash64.schemas.ListingChange;
import org.slash64.schemas.Prefix;
import org.slash64.schemas.registry.AvroSerde;
import org.slash64.schemas.state.ListingState;
import org.slash64.schemas.state.Tally;
import org.slash64.topology.SchemasInMemory;
import org.slash64.topology.count.Bucket;
import org.slash64.topology.count.Sketch;
import org.slash64.topology.count.Tallies;

class PrefixListingTest {

    private static final Prefix PREFIX = Prefix.parse("2001:db8:1:2::/64").orElseThrow();
    private static final Instant START = Instant.parse("2026-11-16T08:00:00Z");

    private final ListingState state = PrefixListing.none();
    private final PrefixListing listing = new PrefixListing(PREFIX, ListingPolicy.defaults(), state);

    /** Lets Avro copy records of these classes. */
    @BeforeAll
    static void trustRecords() {
        AvroSerde.internal(ListingState.class, new SchemasInMemory());
    }

    private static Bucket bucket(Instant at, long bad, long good) {
        return new Bucket(
                at.toEpochMilli(),
                Counts.newBuilder()
                        .setRejections(bad)
                        .setMessages(good)
                        .setBad(bad)
                        .setGood(good)
                        .build());
    }

    private List<ListingChange> bad(Instant at, long number) {
        return listing.apply(List.of(bucket(at, number, 0)));
    }

    private static Instant after(Duration time) {
        return START.plus(time);
    }

    @Test
    void apply_fewerThanTheMinimum_isNothing() {
        assertThat(bad(START, 19)).isEmpty();
        assertThat(state.getListing()).isNull();
    }

    @Test
    void apply_theMinimum_listsAtTheEndOfItsBucket() {
        bad(START, 19);
        List<ListingChange> changes = bad(after(Duration.ofMinutes(2)), 1);
        assertThat(changes).hasSize(1);
        ListingChange change = changes.get(0);
        assertThat(change.getChange()).isEqualTo(Change.LISTED);
        assertThat(change.getAt()).isEqualTo("2026-11-16T08:02:10Z");
        assertThat(change.getExpires()).isEqualTo("2026-11-17T08:02:10Z");
        assertThat(change.getStrikes()).isEqualTo(1);
        assertThat(change.getWhy())
                .isEqualTo("20 bad outcomes and no good one in 2 minutes: 0 connections, 20 rejections");
        assertThat(change.getEvidence().getCounts().getBad()).isEqualTo(20);
        assertThat(state.getListing()).satisfies(entry -> {
            assertThat(entry.getSubject()).isEqualTo("2001:db8:1:2::/64");
            assertThat(entry.getReason()).isEqualTo(change.getWhy());
            assertThat(entry.getProvisional()).isFalse();
        });
    }

    @Test
    void apply_moreBad_extendsAtMostOnceAnHour() {
        bad(START, 20);
        assertThat(bad(after(Duration.ofMinutes(59)), 5)).isEmpty();
        assertThat(bad(after(Duration.ofMinutes(60)), 5))
                .extracting(ListingChange::getChange, ListingChange::getExpires, ListingChange::getStrikes)
                .containsExactly(tuple(Change.EXTENDED, Instant.parse("2026-11-17T09:00:10Z"), 1));
        assertThat(state.getListing().getListedAt()).isEqualTo("2026-11-16T08:00:10Z");
        assertThat(state.getListing().getEvidence().getCounts().getBad()).isEqualTo(30);
    }

    @Test
    void apply_goodMailAfterTheListing_endsItOnceItOutweighs() {
        bad(START, 20);
        assertThat(listing.apply(List.of(bucket(after(Duration.ofHours(2)), 0, 2))))
                .isEmpty();
        List<ListingChange> changes = listing.apply(List.of(bucket(after(Duration.ofHours(3)), 0, 1)));
        assertThat(changes)
                .extracting(ListingChange::getChange, ListingChange::getAt, ListingChange::getExpires)
                .containsExactly(tuple(Change.DELISTED, Instant.parse("2026-11-16T11:00:10Z"), null));
        assertThat(changes.get(0).getWhy())
                .startsWith("more speaks for it than against it: 20 bad outcomes and 3 good");
        assertThat(state.getListing()).isNull();
    }

    /** A bucket of a coarser prefix: a bad outcome from each of so many prefixes below, others without, and good domains. */
    private static Bucket spread(Instant at, int badChildren, int otherChildren, int domains) {
        Tally tally = Tallies.of(
                Counts.newBuilder().setBad(badChildren).setGood(domains).build());
        IntStream.range(0, badChildren + otherChildren)
                .forEach(i -> tally.setChildren(Sketch.merge(tally.getChildren(), thing(i))));
        IntStream.range(0, badChildren)
                .forEach(i -> tally.setBadChildren(Sketch.merge(tally.getBadChildren(), thing(i))));
        IntStream.range(0, domains).forEach(i -> tally.setDomains(Sketch.merge(tally.getDomains(), thing(i))));
        return new Bucket(at.toEpochMilli(), tally);
    }

    private static ByteBuffer thing(int number) {
        return Sketch.of(ByteBuffer.allocate(4).putInt(number).array());
    }

    private final ListingState coarseState = PrefixListing.none();
    private final PrefixListing coarse =
            new PrefixListing(Prefix.parse("2001:db8:1::/56").orElseThrow(), ListingPolicy.defaults(), coarseState);

    private List<ListingChange> coarse(Instant at, int badChildren, int otherChildren, int domains) {
        return coarse.apply(List.of(spread(at, badChildren, otherChildren, domains)));
    }

    @Test
    void apply_coarserPrefix_badOnesFromManyBelow_escalates() {
        List<ListingChange> changes = coarse(START, 40, 10, 0);
        assertThat(changes).extracting(ListingChange::getChange).containsExactly(Change.ESCALATED);
        assertThat(changes.get(0).getWhy()).contains("bad ones from ").contains(" prefixes below, in 10 seconds");
        assertThat(changes.get(0).getEvidence().getBadChildren()).isBetween(34L, 46L);
    }

    @Test
    void apply_coarserPrefix_volumeFromFewBelow_isNotListed() {
        Tally loud = spread(START, 7, 0, 0).tally();
        loud.getCounts().setBad(100_000);
        assertThat(coarse.apply(List.of(new Bucket(START.toEpochMilli(), loud))))
                .isEmpty();
    }

    @Test
    void apply_coarserPrefix_smallShareOfThoseBelow_isNotListed() {
        assertThat(coarse(START, 40, 100, 0)).isEmpty();
    }

    @Test
    void apply_coarserPrefixSharedByUnrelatedDomains_isNotListed() {
        Tally shared = spread(START, 40, 0, 5).tally();
        shared.getCounts().setBad(100_000);
        assertThat(coarse.apply(List.of(new Bucket(START.toEpochMilli(), shared))))
                .isEmpty();
    }

    @Test
    void apply_coarserPrefixWhereGoodOnesTurnUp_isNarrowed() {
        coarse(START, 40, 0, 0);
        assertThat(coarse(after(Duration.ofHours(1)), 0, 50, 0))
                .as("still 40 of 90")
                .isEmpty();
        assertThat(coarse(after(Duration.ofHours(2)), 0, 200, 0))
                .extracting(ListingChange::getChange, ListingChange::getStrikes)
                .containsExactly(tuple(Change.NARROWED, 1));
        assertThat(coarseState.getListing()).isNull();
    }

    @Test
    void apply_badThatLeftTheTimeLookedAt_countsNoMore() {
        bad(START, 19);
        assertThat(bad(after(Duration.ofHours(26)), 1)).isEmpty();
    }

    @Test
    void apply_goodMail_outweighsTenBadOnes() {
        listing.apply(List.of(bucket(START, 0, 3)));
        assertThat(bad(START, 29)).isEmpty();
        assertThat(bad(START, 1))
                .extracting(ListingChange::getWhy)
                .singleElement()
                .asString()
                .startsWith("30 bad outcomes and 3 good in 10 seconds");
    }

    @Test
    void expire_atTheDueInstantAndNotBefore() {
        bad(START, 20);
        long due = Instant.parse("2026-11-17T08:00:10Z").toEpochMilli();
        assertThat(listing.expires()).contains(due);
        assertThat(listing.expire(due - 1)).isEmpty();
        assertThat(listing.expire(due + Duration.ofDays(3).toMillis())).hasValueSatisfying(change -> {
            assertThat(change.getChange()).isEqualTo(Change.DELISTED);
            assertThat(change.getAt()).isEqualTo(Instant.ofEpochMilli(due));
            assertThat(change.getWhy()).isEqualTo("no further evidence for 24 hours");
            assertThat(change.getExpires()).isNull();
            assertThat(change.getEvidence()).isNull();
        });
        assertThat(listing.expires()).isEmpty();
        assertThat(listing.expire(due + Duration.ofDays(3).toMillis())).isEmpty();
    }

    @Test
    void apply_bucketAfterTheDueInstant_expiresFirst() {
        bad(START, 20);
        assertThat(bad(after(Duration.ofDays(3)), 20))
                .extracting(ListingChange::getChange, ListingChange::getStrikes)
                .containsExactly(tuple(Change.DELISTED, 1), tuple(Change.LISTED, 2));
    }

    @Test
    void apply_everyStrikeDoublesTheTermUpToTheLongest() {
        List<Long> days = new ArrayList<>();
        Instant at = START;
        for (int strike = 1; strike <= 8; strike++) {
            bad(at, 20);
            Listing entry = state.getListing();
            assertThat(entry.getStrikes()).isEqualTo(strike);
            days.add(Duration.between(entry.getListedAt(), entry.getExpires()).toDays());
            listing.expire(entry.getExpires().toEpochMilli());
            at = at.plus(Duration.ofDays(60));
        }
        assertThat(days).containsExactly(1L, 2L, 4L, 8L, 16L, 30L, 30L, 30L);
    }

    @Test
    void term_ofAbsurdlyManyStrikes_isTheLongest() {
        assertThat(ListingPolicy.defaults().term(Integer.MAX_VALUE)).isEqualTo(Duration.ofDays(30));
    }

    @Test
    void apply_stateStaysBounded() {
        IntStream.range(0, 1_000).forEach(i -> {
            bad(after(Duration.ofMinutes(3L * i)), 1);
            assertThat(state.getSlices()).hasSizeLessThanOrEqualTo(25);
        });
        assertThat(state.getListing().getEvidence().getCounts().getBad()).isBetween(480L, 500L);
    }

    @Test
    void inForceWith_pending_isProvisionalAndChangesNothing() {
        bad(START, 10);
        ListingState before = ListingState.newBuilder(state).build();
        assertThat(listing.inForceWith(List.of(bucket(START, 9, 0)))).isEmpty();
        assertThat(listing.inForceWith(List.of(bucket(START, 10, 0))))
                .hasValueSatisfying(entry -> assertThat(entry.getProvisional()).isTrue());
        assertThat(state).isEqualTo(before);
    }

    @Test
    void tell_onlyWhatTheTopicDoesNotSay() {
        bad(START, 20);
        Optional<Listing> inForce = listing.inForceWith(List.of());
        assertThat(listing.tell(inForce)).isTrue();
        assertThat(listing.tell(inForce)).isFalse();
        assertThat(listing.tell(Optional.empty())).isTrue();
        assertThat(listing.tell(Optional.empty())).isFalse();
    }
}
