package org.slash64.topology.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.slash64.schemas.Counts;
import org.slash64.schemas.LimitDecision;
import org.slash64.schemas.Prefix;
import org.slash64.schemas.registry.AvroSerde;
import org.slash64.schemas.state.LimitStates;
import org.slash64.topology.SchemasInMemory;
import org.slash64.topology.count.Bucket;

class PrefixLimitsTest {

    private static final Prefix PREFIX = Prefix.parse("2001:db8:1:2::/64").orElseThrow();
    private static final LimitRule RULE = rule("r", 64, LimitRule.Metric.REJECTIONS);
    private static final LimitRule CONNECTIONS = rule("c", 64, LimitRule.Metric.CONNECTIONS);
    private static final LimitRule WIDE = rule("wide", 48, LimitRule.Metric.REJECTIONS);

    private final LimitStates states = PrefixLimits.none();
    private final PrefixLimits limits = new PrefixLimits(PREFIX, List.of(RULE, CONNECTIONS, WIDE), states);

    /** Lets Avro copy records of these classes. */
    @BeforeAll
    static void trustRecords() {
        AvroSerde.internal(LimitStates.class, new SchemasInMemory());
    }

    private static LimitRule rule(String name, int level, LimitRule.Metric metric) {
        return new LimitRule(name, List.of(level), metric, Duration.ofMinutes(1), 10, 0);
    }

    private static Bucket rejections(long second, long number) {
        return new Bucket(
                second * 1000, Counts.newBuilder().setRejections(number).build());
    }

    /** What the step does with finished and pending buckets. */
    private List<Tuple> news(List<Bucket> finished, List<Bucket> pending) {
        List<LimitDecision> released = limits.apply(finished);
        return told(limits.news(released, new ArrayList<>(limits.inForceWith(pending))));
    }

    private static List<Tuple> told(List<LimitDecision> news) {
        return news.stream()
                .map(decision ->
                        tuple(decision.getRule(), decision.getLimited(), decision.getProvisional(), decision.getPeak()))
                .toList();
    }

    @Test
    void news_onlyRulesOfTheLevel() {
        assertThat(news(List.of(rejections(0, 11)), List.of())).containsExactly(tuple("r", true, false, 11L));
    }

    @Test
    void news_pending_isProvisionalOnceThenFinalOnce() {
        List<Bucket> pending = List.of(rejections(0, 11));
        assertThat(news(List.of(), pending)).containsExactly(tuple("r", true, true, 11L));
        assertThat(news(List.of(), pending)).isEmpty();
        assertThat(news(pending, List.of())).containsExactly(tuple("r", true, false, 11L));
        assertThat(news(List.of(), List.of())).isEmpty();
    }

    @Test
    void news_pendingThatGrows_isSaidAgain() {
        news(List.of(), List.of(rejections(0, 11)));
        assertThat(news(List.of(), List.of(rejections(0, 12)))).containsExactly(tuple("r", true, true, 12L));
    }

    @Test
    void news_provisionalThatDoesNotComeTrue_isWithdrawnOnce() {
        news(List.of(), List.of(rejections(0, 11)));
        assertThat(news(List.of(rejections(0, 10)), List.of())).containsExactly(tuple("r", false, true, 11L));
        assertThat(news(List.of(), List.of())).isEmpty();
    }

    @Test
    void news_crossedAndReleasedInOneBatch_tellsTheRelease() {
        assertThat(news(List.of(rejections(0, 11), rejections(500, 1)), List.of()))
                .containsExactly(tuple("r", false, false, 11L));
        assertThat(limits.inForce()).isEmpty();
    }

    @Test
    void news_atARelease_leavesWhatIsPendingAlone() {
        news(List.of(rejections(0, 11)), List.of());
        Counts busy = Counts.newBuilder().setConnections(11).build();
        assertThat(news(List.of(), List.of(new Bucket(60_000, busy)))).containsExactly(tuple("c", true, true, 11L));
        assertThat(told(limits.news(limits.advance(70_000), limits.provisional())))
                .containsExactly(tuple("r", false, false, 11L));
        assertThat(states.getPublished()).extracting(LimitDecision::getRule).containsExactly("c");
    }

    @Test
    void inForceWith_changesNothing() {
        limits.apply(List.of(rejections(0, 5)));
        LimitStates before = LimitStates.newBuilder(states).build();
        assertThat(limits.inForceWith(List.of(rejections(0, 6)))).hasSize(1);
        assertThat(states).isEqualTo(before);
    }

    @Test
    void nextRelease_isTheEarliest() {
        assertThat(limits.nextRelease()).isEmpty();
        Counts both = Counts.newBuilder().setRejections(11).setConnections(5).build();
        limits.apply(List.of(new Bucket(0, both)));
        limits.apply(List.of(
                new Bucket(30_000, Counts.newBuilder().setConnections(11).build())));
        assertThat(limits.inForce()).hasSize(2);
        assertThat(limits.nextRelease()).contains(Instant.ofEpochSecond(70).toEpochMilli());
    }

    @Test
    void isEmpty_onceThePeriodIsOver() {
        assertThat(limits.isEmpty()).isTrue();
        limits.apply(List.of(rejections(0, 1)));
        assertThat(limits.isEmpty()).isFalse();
        limits.advance(70_000);
        assertThat(limits.isEmpty()).isTrue();
    }
}
