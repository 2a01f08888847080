package org.slash64.topology.listing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.slash64.schemas.Change;
import org.slash64.schemas.Counts;
import org.slash64.schemas.Domain;
import org.slash64.schemas.ListingChange;
import org.slash64.schemas.Standing;
import org.slash64.schemas.registry.AvroSerde;
import org.slash64.schemas.state.ListingState;
import org.slash64.schemas.state.Order;
import org.slash64.schemas.state.ReputationState;
import org.slash64.schemas.state.Tally;
import org.slash64.topology.SchemasInMemory;
import org.slash64.topology.count.Bucket;
import org.slash64.topology.count.RatedBucket;
import org.slash64.topology.count.Sketch;
import org.slash64.topology.count.Tallies;
import org.slash64.topology.reputation.Reputation;
import org.slash64.topology.reputation.ReputationPolicy;

/** A domain is listed on its reputation. */
class DomainListingTest {

    private static final Domain DOMAIN = new Domain("snowshoe.example");
    private static final Instant START = Instant.parse("2026-11-16T08:00:00Z");

    private final Reputation reputation = new Reputation(DOMAIN, ReputationPolicy.defaults(), Reputation.none());
    private final ListingState state = SubjectListing.none();
    private final SubjectListing listing =
            new SubjectListing(DOMAIN, ListingPolicy.defaults(), subject -> Optional.empty(), state);

    @BeforeAll
    static void trustRecords() {
        AvroSerde.internal(ListingState.class, new SchemasInMemory());
        AvroSerde.internal(ReputationState.class, new SchemasInMemory());
    }

    private List<ListingChange> came(Instant at, Counts.Builder counts) {
        return take(new Bucket(at.toEpochMilli(), counts.build()));
    }

    private List<ListingChange> take(Bucket bucket) {
        return listing.apply(List.of(new RatedBucket(bucket, reputation.apply(bucket))));
    }

    @Test
    void apply_snowshoe_isListedOnItsReputation() {
        Tally tally = Tallies.of(Counts.newBuilder().setMessages(50).setGood(50).build());
        for (byte network = 0; network < 15; network++) {
            tally.setChildren(Sketch.merge(tally.getChildren(), Sketch.of(new byte[] {network})));
        }
        assertThat(take(new Bucket(START.toEpochMilli(), tally))).isEmpty();
        List<ListingChange> changes =
                came(START, Counts.newBuilder().setSpamtraps(40).setTakenBack(40));
        assertThat(changes).singleElement().satisfies(change -> {
            assertThat(change.getSubject()).isEqualTo("snowshoe.example");
            assertThat(change.getChange()).isEqualTo(Change.LISTED);
            assertThat(change.getWhy())
                    .isEqualTo(
                            "reputation 0.03 (0.01 to 0.04 at 95%): bad outcomes of weight 400.0 and good ones of weight"
                                    + " 10.0, from 15 networks");
            assertThat(change.getEvidence()).isNull();
            assertThat(change.getReputation().getStanding()).isEqualTo(Standing.BAD);
        });
        assertThat(state.getListing().getReputation()).isEqualTo(changes.get(0).getReputation());
        assertThat(state.getSlices()).isEmpty();
    }

    @Test
    void apply_badButLittle_isNotListed() {
        assertThat(came(START, Counts.newBuilder().setBad(19))).isEmpty();
        assertThat(came(START, Counts.newBuilder().setBad(1)))
                .extracting(ListingChange::getChange)
                .containsExactly(Change.LISTED);
    }

    @Test
    void apply_mixedDomain_isNotListedHoweverMuchIsBad() {
        assertThat(came(START, Counts.newBuilder().setBad(10_000).setGood(5_000)))
                .isEmpty();
    }

    @Test
    void apply_standingRecovers_delistsOnlyWhenClear() {
        came(START, Counts.newBuilder().setBad(100));
        assertThat(came(START.plus(Duration.ofHours(1)), Counts.newBuilder().setGood(25)))
                .as("a share of 20% is not clearly more than 20%")
                .isEmpty();
        assertThat(came(START.plus(Duration.ofHours(2)), Counts.newBuilder().setGood(20)))
                .extracting(ListingChange::getChange, ListingChange::getStrikes)
                .containsExactly(tuple(Change.DELISTED, 1));
    }

    @Test
    void apply_moreBad_extendsUntilItExpires() {
        came(START, Counts.newBuilder().setBad(100));
        assertThat(came(START.plus(Duration.ofHours(2)), Counts.newBuilder().setBad(1)))
                .extracting(ListingChange::getChange, ListingChange::getExpires)
                .containsExactly(tuple(Change.EXTENDED, Instant.parse("2026-11-17T10:00:10Z")));
        assertThat(listing.advance(START.plus(Duration.ofDays(5)).toEpochMilli()))
                .extracting(ListingChange::getChange, ListingChange::getAt)
                .containsExactly(tuple(Change.DELISTED, Instant.parse("2026-11-17T10:00:10Z")));
        assertThat(came(START.plus(Duration.ofDays(5)), Counts.newBuilder().setBad(1)))
                .as("its reputation is still bad")
                .extracting(ListingChange::getChange, ListingChange::getStrikes)
                .containsExactly(tuple(Change.LISTED, 2));
    }

    @Test
    void apply_personDelists_takesTheEvidenceBack() {
        came(START, Counts.newBuilder().setBad(100));
        Tally tally = Tallies.none();
        tally.setOrders(List.of(new Order(START.toEpochMilli(), false, "bob", "was abused")));
        assertThat(take(new Bucket(START.toEpochMilli(), tally)))
                .extracting(ListingChange::getWhy)
                .containsExactly("delisted by bob: was abused");
        assertThat(came(START, Counts.newBuilder().setBad(1))).isEmpty();
    }
}
