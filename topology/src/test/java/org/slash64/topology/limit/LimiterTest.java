package org.slash64.topology.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.slash64.schemas.Counts;
import org.slash64.schemas.Level;
import org.slash64.schemas.LimitAction;
import org.slash64.schemas.LimitDecision;
import org.slash64.schemas.Prefix;
import org.slash64.schemas.registry.AvroSerde;
import org.slash64.schemas.state.LimitState;
import org.slash64.schemas.state.LimitStates;
import org.slash64.schemas.state.Slice;
import org.slash64.schemas.state.Tally;
import org.slash64.topology.SchemasInMemory;
import org.slash64.topology.count.Bucket;
import org.slash64.topology.count.Sketch;
import org.slash64.topology.count.Tallies;

class LimiterTest {

    private static final Prefix PREFIX = Prefix.parse("2001:db8:1:2::/64").orElseThrow();
    private static final LimitRule RULE = rule(Duration.ofMinutes(1), 10, 5);

    private final LimitState state = new LimitState("r", new ArrayList<>(), null);
    private final Limiter limiter = new Limiter(RULE, PREFIX);

    /** Lets Avro copy records of these classes. */
    @BeforeAll
    static void trustRecords() {
        AvroSerde.internal(LimitStates.class, new SchemasInMemory());
    }

    private static LimitRule rule(Duration period, long maximum, long burst) {
        return new LimitRule(
                "r",
                List.of(Level.IPV6_64),
                Set.of(),
                LimitRule.Metric.REJECTIONS,
                period,
                maximum,
                burst,
                LimitAction.DEFER);
    }

    private static Bucket bucket(long second, long rejections) {
        return new Bucket(
                second * 1000, Counts.newBuilder().setRejections(rejections).build());
    }

    private List<LimitDecision> apply(long second, long rejections) {
        return limiter.apply(state, bucket(second, rejections));
    }

    private static Instant at(long second) {
        return Instant.ofEpochSecond(second);
    }

    @Test
    void apply_upToMaximumAndBurst_decidesNothing() {
        assertThat(apply(0, 10)).isEmpty();
        assertThat(apply(10, 5)).isEmpty();
    }

    @Test
    void apply_pastMaximumAndBurst_limitsUntilEnoughHasLeftThePeriod() {
        apply(0, 10);
        apply(10, 5);
        assertThat(apply(20, 1))
                .containsExactly(new LimitDecision(
                        "2001:db8:1:2::/64",
                        "r",
                        LimitAction.DEFER,
                        "rejections",
                        10L,
                        "PT1M",
                        5L,
                        true,
                        at(20),
                        at(70),
                        16L,
                        false));
    }

    @Test
    void apply_otherMetric_isNotCounted() {
        Counts connections = Counts.newBuilder().setConnections(100).build();
        assertThat(limiter.apply(state, new Bucket(0, connections))).isEmpty();
        assertThat(state.getSlices()).isEmpty();
    }

    private static Bucket addresses(long second, int first, int last) {
        Tally tally = Tallies.none();
        for (int i = first; i <= last; i++) {
            tally.setAddresses(Sketch.merge(tally.getAddresses(), Sketch.of(new byte[] {(byte) i})));
        }
        return new Bucket(second * 1000, tally);
    }

    @Test
    void apply_distinctAddresses_countOnceInThePeriod() {
        LimitRule rule = new LimitRule(
                "a",
                List.of(Level.IPV6_64),
                Set.of(),
                LimitRule.Metric.ADDRESSES,
                Duration.ofMinutes(1),
                10,
                0,
                LimitAction.DEFER);
        Limiter distinct = new Limiter(rule, PREFIX);
        assertThat(distinct.apply(state, addresses(0, 1, 8))).isEmpty();
        assertThat(distinct.apply(state, addresses(20, 1, 10)))
                .as("the same again and two more")
                .isEmpty();
        List<LimitDecision> decisions = distinct.apply(state, addresses(30, 8, 12));
        assertThat(decisions).hasSize(1);
        assertThat(decisions.get(0).getPeak()).isEqualTo(12);
        assertThat(decisions.get(0).getUntil())
                .as("the addresses of 30 alone are few enough")
                .isEqualTo(at(90));
    }

    @Test
    void apply_whatLeftThePeriod_countsNoMore() {
        apply(0, 15);
        assertThat(apply(60, 1)).as("the bucket at 0 is still in the period").hasSize(1);
        state.setDecision(null);
        state.setSlices(new ArrayList<>());
        apply(0, 15);
        assertThat(apply(70, 15)).isEmpty();
    }

    @Test
    void apply_inForce_betweenMaximumAndBurst_prolongs() {
        apply(0, 16);
        List<LimitDecision> more = apply(60, 1);
        assertThat(more).hasSize(1);
        assertThat(more.get(0).getUntil()).isEqualTo(at(70));
        List<LimitDecision> again = apply(65, 10);
        assertThat(again.get(0).getUntil())
                .as("11 in the slice at 60 are over the maximum")
                .isEqualTo(at(130));
    }

    @Test
    void apply_inForce_keepsSinceAndHighestRate() {
        apply(0, 30);
        assertThat(apply(60, 12).get(0).getPeak()).isEqualTo(42);
        List<LimitDecision> next = apply(70, 1);
        assertThat(next).hasSize(1);
        assertThat(next.get(0).getSince()).isEqualTo(at(0));
        assertThat(next.get(0).getPeak()).isEqualTo(42);
        assertThat(next.get(0).getUntil()).isEqualTo(at(130));
    }

    @Test
    void apply_afterTheRelease_tellsTheReleaseFirst() {
        apply(0, 16);
        List<LimitDecision> decisions = apply(200, 20);
        assertThat(decisions).extracting(LimitDecision::getLimited).containsExactly(false, true);
        assertThat(decisions.get(0).getUntil()).isEqualTo(at(70));
        assertThat(decisions.get(1).getSince()).isEqualTo(at(200));
    }

    @Test
    void advance_releasesAtTheInstantAndNotBefore() {
        LimitDecision decision = apply(0, 16).get(0);
        assertThat(limiter.advance(state, 69_999)).isEmpty();
        LimitDecision released = LimitDecision.newBuilder(decision).build();
        released.setLimited(false);
        assertThat(limiter.advance(state, 70_000)).containsExactly(released);
        assertThat(limiter.advance(state, 70_000)).isEmpty();
        assertThat(state.getSlices()).isEmpty();
    }

    @Test
    void apply_longPeriod_keepsAtMostSixtyOneSlices() {
        LimitRule day = rule(Duration.ofDays(1), 1_000_000, 0);
        Limiter slow = new Limiter(day, PREFIX);
        for (long second = 0; second < Duration.ofDays(2).toSeconds(); second += 100) {
            slow.apply(state, bucket(second, 1));
            assertThat(state.getSlices()).hasSizeLessThanOrEqualTo(LimitRule.MAX_SLICES + 1);
        }
        long rate = state.getSlices().stream().mapToLong(Slice::getEvents).sum();
        assertThat(rate).isBetween(864L, 864L + 15);
    }
}
