package org.slash64.topology.reputation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.slash64.schemas.Counts;
import org.slash64.schemas.Domain;
import org.slash64.schemas.DomainReputation;
import org.slash64.schemas.Standing;
import org.slash64.schemas.state.Order;
import org.slash64.schemas.state.ReputationState;
import org.slash64.schemas.state.Tally;
import org.slash64.topology.count.Bucket;
import org.slash64.topology.count.Sketch;
import org.slash64.topology.count.Tallies;

class ReputationTest {

    private static final Domain DOMAIN = new Domain("example.org");
    private static final Instant START = Instant.parse("2026-11-16T08:00:00Z");

    private final ReputationState state = Reputation.none();
    private final Reputation reputation = new Reputation(DOMAIN, ReputationPolicy.defaults(), state);

    private DomainReputation came(Duration after, Counts.Builder counts) {
        return reputation.apply(new Bucket(START.plus(after).toEpochMilli(), counts.build()));
    }

    private DomainReputation came(Counts.Builder counts) {
        return came(Duration.ZERO, counts);
    }

    private static Counts.Builder good(long messages) {
        return Counts.newBuilder().setMessages(messages).setGood(messages).setBytes(1_000 * messages);
    }

    @Test
    void apply_oneGoodMessage_makesNoGoodDomain() {
        DomainReputation told = came(good(1));
        assertThat(told.getStanding()).isEqualTo(Standing.UNKNOWN);
        assertThat(told.getScore()).isCloseTo(0.603, within(0.001));
        assertThat(told.getConfidence()).isCloseTo(0.207, within(0.001));
    }

    @Test
    void apply_newDomainWithoutOutcomes_isUnknown() {
        DomainReputation told = came(Counts.newBuilder().setMessages(3));
        assertThat(told.getStanding()).isEqualTo(Standing.UNKNOWN);
        assertThat(told.getScore()).isEqualTo(0.5);
        assertThat(told.getConfidence()).isZero();
        assertThat(told.getEvents()).isEqualTo(3);
    }

    @Test
    void apply_sixteenOutcomesAllAlike_areClear_fifteenAreNot() {
        assertThat(came(good(15)).getStanding()).isEqualTo(Standing.UNKNOWN);
        assertThat(came(good(1)).getStanding()).isEqualTo(Standing.GOOD);
        ReputationState other = Reputation.none();
        Reputation bad = new Reputation(DOMAIN, ReputationPolicy.defaults(), other);
        assertThat(bad.apply(new Bucket(0, Counts.newBuilder().setBad(15).build()))
                        .getStanding())
                .isEqualTo(Standing.UNKNOWN);
        assertThat(bad.apply(new Bucket(0, Counts.newBuilder().setBad(1).build()))
                        .getStanding())
                .isEqualTo(Standing.BAD);
    }

    @Test
    void apply_evidenceHalvesWithEveryHalfLife() {
        came(good(64));
        DomainReputation told =
                came(Duration.ofDays(28), Counts.newBuilder().setRejections(1).setBad(1));
        assertThat(told.getGood()).isEqualTo(16);
        assertThat(told.getBad()).isEqualTo(1);
        assertThat(told.getAsOf()).isEqualTo(START.plus(Duration.ofDays(28)));
    }

    @Test
    void apply_volumesDoNotDecay() {
        Tally tally = Tallies.of(good(5).build());
        tally.setChildren(Sketch.merge(Sketch.of(new byte[] {1}), Sketch.of(new byte[] {2})));
        reputation.apply(new Bucket(START.toEpochMilli(), tally));
        DomainReputation told = came(Duration.ofDays(14), good(2));
        assertThat(told.getMessages()).isEqualTo(7);
        assertThat(told.getEvents()).isEqualTo(7);
        assertThat(told.getBytes()).isEqualTo(7_000);
        assertThat(told.getNetworks()).isEqualTo(2);
        assertThat(told.getFirstSeen()).isEqualTo(START);
        assertThat(told.getLastSeen()).isEqualTo(START.plus(Duration.ofDays(14)));
    }

    @Test
    void apply_feedback_weighsAndTakesBack() {
        came(good(20));
        DomainReputation told = came(Counts.newBuilder()
                .setSpamtraps(1)
                .setComplaints(2)
                .setSpam(3)
                .setHam(4)
                .setTakenBack(5));
        assertThat(told.getGood()).isEqualTo(20 - 5 + 4);
        assertThat(told.getBad()).isEqualTo(10 + 2 * 5 + 3);
        assertThat(told.getEvents()).as("feedback is no mail").isEqualTo(20);
    }

    @Test
    void apply_feedbackAlone_isNotSeen() {
        came(good(1));
        DomainReputation told = came(Duration.ofDays(3), Counts.newBuilder().setComplaints(1));
        assertThat(told.getLastSeen()).isEqualTo(START);
    }

    @Test
    void apply_moreTakenBackThanIsLeft_isNotLessThanNothing() {
        came(good(2));
        assertThat(came(Duration.ofDays(6), Counts.newBuilder().setTakenBack(2)).getGood())
                .isZero();
    }

    @Test
    void apply_personDelists_takesBadBackAndKeepsGood() {
        came(good(3).setBad(100));
        Tally tally = Tallies.none();
        tally.setOrders(List.of(new Order(0L, false, "bob", "")));
        DomainReputation told = reputation.apply(new Bucket(START.toEpochMilli(), tally));
        assertThat(told.getBad()).isZero();
        assertThat(told.getGood()).isEqualTo(3);
    }

    @Test
    void apply_personsDecisionAlone_isNothingKnown() {
        Tally tally = Tallies.none();
        tally.setOrders(List.of(new Order(0L, true, "bob", "")));
        reputation.apply(new Bucket(START.toEpochMilli(), tally));
        assertThat(reputation.isEmpty()).isTrue();
    }

    /** Bits from a JVM 17 on x86-64; StrictMath and basic arithmetic are the same everywhere. */
    @Test
    void apply_arithmetic_isTheSameOnEveryMachine() {
        long seed = 64;
        for (int i = 0; i < 1_000; i++) {
            seed = seed * 6364136223846793005L + 1442695040888963407L;
            came(
                    Duration.ofSeconds(10L * i * (i % 17)).plusSeconds(1_000_000L * i),
                    good(seed >>> 60).setBad(seed >>> 59 & 3));
        }
        assertThat(List.of(
                        Long.toHexString(Double.doubleToLongBits(state.getGood())),
                        Long.toHexString(Double.doubleToLongBits(state.getBad()))))
                .containsExactly("40211a930ac93060", "40034f8c006e92fd");
    }

    @Test
    void forgottenAt_whenQuietForLongAndOfNoWeight() {
        came(good(1));
        assertThat(reputation.forgottenAt())
                .isEqualTo(START.plus(Duration.ofDays(180)).toEpochMilli());
        came(good(1_000_000));
        assertThat(Duration.ofMillis(reputation.forgottenAt() - START.toEpochMilli()))
                .as("26.6 half-lives")
                .isBetween(Duration.ofDays(372), Duration.ofDays(373));
    }

    @Test
    void apply_afterItWasForgotten_isNew() {
        came(good(50));
        DomainReputation told = came(Duration.ofDays(181), good(1));
        assertThat(told.getFirstSeen()).isEqualTo(START.plus(Duration.ofDays(181)));
        assertThat(told.getMessages()).isEqualTo(1);
        assertThat(told.getGood()).isEqualTo(1);
    }

    @Test
    void policy_thresholdsThatCross_areRefused() {
        assertThatThrownBy(() -> new ReputationPolicy(
                        Duration.ofDays(1), 0.2, 0.8, Duration.ofDays(1), FeedbackWeights.defaults()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("bad-to must be less than good-from, and both from 0 to 1");
    }
}
