package org.slash64.topology.listing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.slash64.schemas.AllowEntry;
import org.slash64.schemas.Change;
import org.slash64.schemas.Counts;
import org.slash64.schemas.LimitAction;
import org.slash64.schemas.LimitDecision;
import org.slash64.schemas.Listing;
import org.slash64.schemas.ListingChange;
import org.slash64.schemas.Prefix;
import org.slash64.schemas.registry.AvroSerde;
import org.slash64.schemas.state.ListingState;
import org.slash64.schemas.state.Order;
import org.slash64.schemas.state.Tally;
import org.slash64.topology.SchemasInMemory;
import org.slash64.topology.count.Bucket;
import org.slash64.topology.count.RatedBucket;
import org.slash64.topology.count.Sketch;
import org.slash64.topology.count.Tallies;

class SubjectListingTest {

    private static final Prefix PREFIX = Prefix.parse("2001:db8:1:2::/64").orElseThrow();
    private static final Instant START = Instant.parse("2026-11-16T08:00:00Z");

    private final ListingState state = SubjectListing.none();
    private final Map<String, AllowEntry> allowed = new HashMap<>();
    private final SubjectListing listing = listing(PREFIX, state);

    private SubjectListing listing(Prefix prefix, ListingState itsState) {
        return new SubjectListing(
                prefix,
                ListingPolicy.defaults(),
                subject -> Optional.ofNullable(allowed.get(subject.toString())),
                itsState);
    }

    private static List<ListingChange> apply(SubjectListing to, Bucket bucket) {
        return to.apply(List.of(RatedBucket.of(bucket)));
    }

    private Optional<Listing> shownWith(Bucket pending) {
        return listing.shownWith(List.of(RatedBucket.of(pending)));
    }

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
        return apply(listing, bucket(at, number, 0));
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
        assertThat(apply(listing, bucket(after(Duration.ofHours(2)), 0, 4)))
                .as("5 bad ones for each good: no longer enough to list it, still enough to keep it")
                .isEmpty();
        List<ListingChange> changes = apply(listing, bucket(after(Duration.ofHours(3)), 0, 1));
        assertThat(changes)
                .extracting(ListingChange::getChange, ListingChange::getAt, ListingChange::getExpires)
                .containsExactly(tuple(Change.DELISTED, Instant.parse("2026-11-16T11:00:10Z"), null));
        assertThat(changes.get(0).getWhy())
                .startsWith("more speaks for it than against it: 20 bad outcomes and 5 good");
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

    private final ListingState coarseState = SubjectListing.none();
    private final SubjectListing coarse =
            listing(Prefix.parse("2001:db8:1::/56").orElseThrow(), coarseState);

    private List<ListingChange> coarse(Instant at, int badChildren, int otherChildren, int domains) {
        return apply(coarse, spread(at, badChildren, otherChildren, domains));
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
        assertThat(apply(coarse, new Bucket(START.toEpochMilli(), loud))).isEmpty();
    }

    @Test
    void apply_coarserPrefix_smallShareOfThoseBelow_isNotListed() {
        assertThat(coarse(START, 40, 100, 0)).isEmpty();
    }

    @Test
    void apply_coarserPrefixSharedByUnrelatedDomains_isNotListed() {
        Tally shared = spread(START, 40, 0, 5).tally();
        shared.getCounts().setBad(100_000);
        assertThat(apply(coarse, new Bucket(START.toEpochMilli(), shared))).isEmpty();
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
        apply(listing, bucket(START, 0, 3));
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
        assertThat(listing.nextLook()).isEqualTo(due);
        assertThat(listing.advance(due - 1)).isEmpty();
        assertThat(listing.advance(due + Duration.ofDays(3).toMillis()))
                .singleElement()
                .satisfies(change -> {
                    assertThat(change.getChange()).isEqualTo(Change.DELISTED);
                    assertThat(change.getAt()).isEqualTo(Instant.ofEpochMilli(due));
                    assertThat(change.getWhy()).isEqualTo("no further evidence for 24 hours");
                    assertThat(change.getExpires()).isNull();
                    assertThat(change.getEvidence()).isNull();
                });
        assertThat(listing.advance(due + Duration.ofDays(3).toMillis())).isEmpty();
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
            listing.advance(entry.getExpires().toEpochMilli());
            at = at.plus(Duration.ofDays(70));
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
    void shownWith_pending_isProvisionalAndChangesNothing() {
        bad(START, 10);
        ListingState before = ListingState.newBuilder(state).build();
        assertThat(shownWith(bucket(START, 9, 0))).isEmpty();
        assertThat(shownWith(bucket(START, 10, 0)))
                .hasValueSatisfying(entry -> assertThat(entry.getProvisional()).isTrue());
        assertThat(state).isEqualTo(before);
    }

    @Test
    void tell_onlyWhatTheTopicDoesNotSay() {
        bad(START, 20);
        Optional<Listing> inForce = listing.shownWith(List.of());
        assertThat(listing.tell(inForce)).isTrue();
        assertThat(listing.tell(inForce)).isFalse();
        assertThat(listing.tell(Optional.empty())).isTrue();
        assertThat(listing.tell(Optional.empty())).isFalse();
    }

    private static Bucket ordered(Instant at, boolean list, String by, String comment) {
        Tally tally = Tallies.none();
        tally.setOrders(List.of(new Order(at.toEpochMilli(), list, by, comment)));
        return new Bucket(at.toEpochMilli(), tally);
    }

    private static Bucket fedBack(Instant at, Counts.Builder counts) {
        return new Bucket(at.toEpochMilli(), counts.build());
    }

    private void allow(Instant at) {
        allowed.put(PREFIX.toString(), new AllowEntry(PREFIX.toString(), "our partner", "alice", at));
    }

    @Test
    void apply_spamTrapHits_weighAsManyBadOutcomes() {
        apply(listing, fedBack(START, Counts.newBuilder().setMessages(1).setGood(1)));
        assertThat(apply(
                        listing,
                        fedBack(START, Counts.newBuilder().setSpamtraps(1).setTakenBack(1))))
                .as("10 bad")
                .isEmpty();
        assertThat(apply(listing, fedBack(START, Counts.newBuilder().setSpamtraps(1))))
                .extracting(ListingChange::getWhy)
                .containsExactly("20 bad outcomes by weight and no good one in 10 seconds: 0 connections, 0 rejections,"
                        + " 1 message, 2 spam trap hits of weight 10");
    }

    @Test
    void apply_mailFoundToBeWanted_speaksForItsSender() {
        apply(listing, fedBack(START, Counts.newBuilder().setHam(3)));
        assertThat(bad(START, 29)).isEmpty();
        assertThat(bad(START, 1)).hasSize(1);
    }

    @Test
    void apply_moreTakenBackThanCame_isNoGoodMail() {
        apply(listing, fedBack(START, Counts.newBuilder().setTakenBack(5)));
        assertThat(bad(START, 20)).hasSize(1);
    }

    @Test
    void apply_betweenTheTwoRatios_neitherListsNorEndsNorExtends() {
        apply(listing, bucket(START, 0, 3));
        assertThat(bad(START, 29)).as("not listed").isEmpty();
        bad(START, 1);
        assertThat(apply(listing, bucket(after(Duration.ofHours(2)), 10, 4)))
                .as("40 bad and 7 good: kept, not extended")
                .isEmpty();
        assertThat(state.getListing().getExpires()).isEqualTo("2026-11-17T08:00:10Z");
    }

    @Test
    void apply_personLists_atOnceForTheLongestTerm() {
        List<ListingChange> changes = apply(listing, ordered(START, true, "alice", "phishing"));
        assertThat(changes).singleElement().satisfies(change -> {
            assertThat(change.getChange()).isEqualTo(Change.LISTED);
            assertThat(change.getWhy()).isEqualTo("listed by alice: phishing");
            assertThat(change.getEvidence()).isNull();
            assertThat(change.getExpires()).isEqualTo(change.getAt().plus(Duration.ofDays(30)));
        });
        assertThat(apply(listing, bucket(after(Duration.ofHours(1)), 0, 100)))
                .as("good mail does not end it")
                .isEmpty();
        assertThat(apply(listing, bucket(after(Duration.ofHours(2)), 5_000, 0)))
                .as("nor bad mail extend it")
                .isEmpty();
        assertThat(listing.advance(after(Duration.ofDays(31)).toEpochMilli()))
                .extracting(ListingChange::getWhy)
                .containsExactly("its term is over");
    }

    @Test
    void apply_personWritesALot_isCutToOneLine() {
        assertThat(apply(listing, ordered(START, true, "a\nb", "x".repeat(5_000))))
                .extracting(ListingChange::getWhy)
                .containsExactly("listed by a b: " + "x".repeat(200));
    }

    @Test
    void apply_personListsAgain_extends() {
        bad(START, 20);
        assertThat(apply(listing, ordered(after(Duration.ofHours(1)), true, "", "")))
                .extracting(ListingChange::getChange, ListingChange::getWhy, ListingChange::getStrikes)
                .containsExactly(tuple(Change.EXTENDED, "listed", 1));
        assertThat(state.getListing().getListedAt()).isEqualTo("2026-11-16T08:00:10Z");
        assertThat(state.getListing().getExpires()).isEqualTo("2026-12-16T09:00:10Z");
    }

    @Test
    void apply_personDelists_atOnceAndForgetsEvidenceAndStrikes() {
        bad(START, 2_000);
        assertThat(apply(listing, ordered(after(Duration.ofMinutes(1)), false, "bob", "a mistake")))
                .extracting(ListingChange::getChange, ListingChange::getWhy, ListingChange::getStrikes)
                .containsExactly(tuple(Change.DELISTED, "delisted by bob: a mistake", 0));
        assertThat(bad(after(Duration.ofMinutes(2)), 19)).isEmpty();
        assertThat(bad(after(Duration.ofMinutes(2)), 1))
                .extracting(ListingChange::getStrikes)
                .containsExactly(1);
    }

    @Test
    void apply_personDelistsWhatIsNotListed_isToldToNobody() {
        bad(START, 19);
        assertThat(apply(listing, ordered(START, false, "bob", ""))).isEmpty();
        assertThat(listing.isEmpty()).isTrue();
    }

    @Test
    void apply_personsChangeTheirMindsInOneBucket_theLastWins() {
        Bucket both = ordered(START, true, "alice", "phishing");
        Tallies.add(
                both.tally(),
                ordered(after(Duration.ofSeconds(1)), false, "bob", "is fixed").tally());
        assertThat(apply(listing, both))
                .extracting(ListingChange::getChange)
                .containsExactly(Change.LISTED, Change.DELISTED);
        assertThat(state.getListing()).isNull();
    }

    @Test
    void shownWith_pendingDecisionOfAPerson_showsAtOnce() {
        assertThat(shownWith(ordered(START, true, "alice", "phishing")))
                .hasValueSatisfying(entry -> assertThat(entry.getProvisional()).isTrue());
        bad(START, 20);
        assertThat(shownWith(ordered(START, false, "bob", "a mistake"))).isEmpty();
        assertThat(state.getListing()).as("only shown, not yet so").isNotNull();
        assertThat(shownWith(bucket(START, 0, 100)))
                .as("pending good mail ends nothing")
                .contains(state.getListing());
    }

    private static Bucket crossing(Bucket bucket, LimitAction action) {
        return bucket.crossing(List.of(LimitDecision.newBuilder()
                .setSubject(PREFIX.toString())
                .setRule("hammering")
                .setAction(action)
                .setMetric("connections")
                .setMaximum(60)
                .setPeriod("PT1M")
                .setBurst(10)
                .setLimited(true)
                .setSince(Instant.ofEpochMilli(bucket.start()))
                .setUntil(Instant.ofEpochMilli(bucket.end()))
                .setPeak(75)
                .setProvisional(false)
                .build()));
    }

    @Test
    void apply_limitThatLists_listsWithoutBadOutcomes() {
        assertThat(apply(listing, crossing(bucket(START, 0, 0), LimitAction.LIST)))
                .extracting(ListingChange::getChange, ListingChange::getWhy)
                .containsExactly(tuple(
                        Change.LISTED,
                        "limit hammering crossed: 75 connections in 60 seconds, where 70 may come; 0 bad outcomes and no good"
                                + " one in 10 seconds: 0 connections, 0 rejections"));
    }

    @Test
    void apply_limitThatOnlyDefers_listsNothing() {
        assertThat(apply(listing, crossing(bucket(START, 0, 0), LimitAction.DEFER)))
                .isEmpty();
    }

    @Test
    void apply_limitThatLists_notOverGoodMail() {
        assertThat(apply(listing, crossing(bucket(START, 0, 1), LimitAction.LIST)))
                .isEmpty();
    }

    @Test
    void apply_limitThatLists_coarserPrefix_unlessShared() {
        assertThat(apply(coarse, crossing(spread(START, 2, 30, 0), LimitAction.LIST)))
                .extracting(ListingChange::getChange)
                .containsExactly(Change.ESCALATED);
        assertThat(apply(coarse, spread(after(Duration.ofHours(2)), 1, 50, 0)))
                .as("few bad ones below are no reason to end it, as they were none to list it")
                .isEmpty();
        assertThat(apply(coarse, spread(after(Duration.ofHours(3)), 0, 0, 5)))
                .extracting(ListingChange::getChange)
                .containsExactly(Change.NARROWED);
        Bucket loud = spread(after(Duration.ofHours(4)), 2, 0, 5);
        loud.counts().setBad(1_000);
        assertThat(apply(coarse, crossing(loud, LimitAction.LIST))).isEmpty();
    }

    @Test
    void apply_allowed_isNeverListed() {
        allow(START);
        assertThat(bad(START, 5_000)).isEmpty();
        assertThat(apply(listing, ordered(START, true, "bob", ""))).isEmpty();
        assertThat(apply(listing, crossing(bucket(START, 9, 0), LimitAction.LIST)))
                .isEmpty();
        allowed.clear();
        assertThat(bad(START, 1)).as("the evidence is still there").hasSize(1);
    }

    @Test
    void apply_allowedLater_hidesAtOnceAndEndsWhenItsTimeHasCome() {
        bad(START, 20);
        assertThat(listing.shown()).isPresent();
        Instant at = after(Duration.ofMinutes(5));
        allow(at);
        assertThat(listing.shown()).isEmpty();
        assertThat(shownWith(bucket(START, 5, 0))).isEmpty();
        assertThat(listing.nextLook()).isEqualTo(at.toEpochMilli());
        assertThat(listing.advance(at.toEpochMilli() - 1)).isEmpty();
        assertThat(listing.advance(at.toEpochMilli() + 9_000)).singleElement().satisfies(change -> {
            assertThat(change.getChange()).isEqualTo(Change.DELISTED);
            assertThat(change.getAt()).isEqualTo(at);
            assertThat(change.getWhy()).isEqualTo("allowlisted as 2001:db8:1:2::/64 by alice: our partner");
        });
    }

    @Test
    void apply_allowedBeforeButToldLater_endsNow() {
        bad(START, 20);
        allow(Instant.EPOCH);
        Instant now = after(Duration.ofMinutes(1));
        assertThat(listing.advance(now.toEpochMilli()))
                .extracting(ListingChange::getChange, ListingChange::getAt)
                .containsExactly(tuple(Change.DELISTED, now));
    }

    @Test
    void apply_allowanceTakenBackInTime_showsTheListingAgain() {
        bad(START, 20);
        allow(after(Duration.ofDays(10)));
        assertThat(listing.shown()).isEmpty();
        allowed.clear();
        assertThat(listing.shown()).contains(state.getListing());
    }

    @Test
    void advance_allowedAfterTheExpiry_expires() {
        bad(START, 20);
        allow(after(Duration.ofDays(2)));
        assertThat(listing.advance(after(Duration.ofDays(3)).toEpochMilli()))
                .extracting(ListingChange::getWhy)
                .containsExactly("no further evidence for 24 hours");
    }

    @Test
    void advance_strikesAreForgottenAllAtOnceAfterAQuietQuarter() {
        bad(START, 20);
        Instant ended = Instant.parse("2026-11-17T08:00:10Z");
        listing.advance(ended.toEpochMilli());
        bad(ended.plus(Duration.ofDays(80)), 20);
        assertThat(state.getStrikes()).isEqualTo(2);
        Instant endedAgain = state.getListing().getExpires();
        listing.advance(endedAgain.toEpochMilli());
        long forgotten = endedAgain.plus(Duration.ofDays(90)).toEpochMilli();
        assertThat(listing.nextLook()).isEqualTo(forgotten);
        listing.advance(forgotten - 1);
        assertThat(state.getStrikes()).isEqualTo(2);
        listing.advance(forgotten);
        assertThat(listing.isEmpty()).isTrue();
        assertThat(listing.nextLook()).isZero();
    }

    @Test
    void advance_nothingLeftToLookAt_isEmpty() {
        apply(listing, bucket(START, 3, 1));
        assertThat(listing.nextLook())
                .isEqualTo(START.plus(Duration.ofHours(25)).toEpochMilli());
        listing.advance(listing.nextLook() - 1);
        assertThat(listing.isEmpty()).isFalse();
        listing.advance(START.plus(Duration.ofHours(25)).toEpochMilli());
        assertThat(listing.isEmpty()).isTrue();
    }

    @Test
    void apply_howeverBucketsAreHandedOver_comesToTheSame() {
        List<RatedBucket> buckets = IntStream.range(0, 400)
                .mapToObj(i -> RatedBucket.of(bucket(after(Duration.ofMinutes(37L * i)), i % 7, i % 50 == 0 ? 3 : 0)))
                .toList();
        List<ListingChange> atOnce = listing.apply(buckets);
        ListingState inPieces = SubjectListing.none();
        List<ListingChange> oneByOne = new ArrayList<>();
        for (RatedBucket rated : buckets) {
            oneByOne.addAll(listing(PREFIX, inPieces).advance(rated.bucket().start()));
            oneByOne.addAll(listing(PREFIX, inPieces).apply(List.of(rated)));
        }
        assertThat(atOnce).hasSizeGreaterThan(10);
        assertThat(oneByOne).isEqualTo(atOnce);
        assertThat(inPieces).isEqualTo(state);
    }
}
