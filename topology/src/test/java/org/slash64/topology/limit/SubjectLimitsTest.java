package org.slash64.topology.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.slash64.schemas.Counts;
import org.slash64.schemas.Domain;
import org.slash64.schemas.Level;
import org.slash64.schemas.LimitAction;
import org.slash64.schemas.LimitDecision;
import org.slash64.schemas.Prefix;
import org.slash64.schemas.registry.AvroSerde;
import org.slash64.schemas.state.LimitStates;
import org.slash64.topology.SchemasInMemory;
import org.slash64.topology.count.Bucket;

class SubjectLimitsTest {

    private static final Prefix PREFIX = Prefix.parse("2001:db8:1:2::/64").orElseThrow();
    private static final LimitRule RULE = rule("r", Level.IPV6_64, LimitRule.Metric.REJECTIONS);
    private static final LimitRule CONNECTIONS = rule("c", Level.IPV6_64, LimitRule.Metric.CONNECTIONS);
    private static final LimitRule WIDE = rule("wide", Level.IPV6_48, LimitRule.Metric.REJECTIONS);

    private final LimitStates states = SubjectLimits.none();
    private final SubjectLimits limits = new SubjectLimits(PREFIX, List.of(RULE, CONNECTIONS, WIDE), states);

    /** Lets Avro copy records of these classes. */
    @BeforeAll
    static void trustRecords() {
        AvroSerde.internal(LimitStates.class, new SchemasInMemory());
    }

    private static LimitRule rule(String name, Level level, LimitRule.Metric metric) {
        return rule(name, level, Set.of(), metric);
    }

    private static LimitRule rule(String name, Level level, Set<Domain> domains, LimitRule.Metric metric) {
        return new LimitRule(name, List.of(level), domains, metric, Duration.ofMinutes(1), 10, 0, LimitAction.DEFER);
    }

    private static Bucket rejections(long second, long number) {
        return new Bucket(
                second * 1000, Counts.newBuilder().setRejections(number).build());
    }

    /** What the step does with finished and pending buckets. */
    private List<Tuple> news(List<Bucket> finished, List<Bucket> pending) {
        List<LimitDecision> released = limits.apply(finished).released();
        SubjectLimits ahead = limits.ahead();
        ahead.apply(pending);
        return told(limits.news(released, new ArrayList<>(ahead.inForce())));
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
    void ahead_changesNothing() {
        limits.apply(List.of(rejections(0, 5)));
        LimitStates before = LimitStates.newBuilder(states).build();
        SubjectLimits ahead = limits.ahead();
        ahead.apply(List.of(rejections(0, 6)));
        assertThat(ahead.inForce()).hasSize(1);
        assertThat(states).isEqualTo(before);
    }

    @Test
    void nextLook_isTheEarliestReleaseOrEndOfAPeriod() {
        assertThat(limits.nextLook()).isZero();
        Counts both = Counts.newBuilder().setRejections(11).setConnections(5).build();
        limits.apply(List.of(new Bucket(0, both)));
        limits.apply(List.of(
                new Bucket(30_000, Counts.newBuilder().setConnections(11).build())));
        assertThat(limits.inForce()).hasSize(2);
        assertThat(limits.nextLook()).isEqualTo(Instant.ofEpochSecond(70).toEpochMilli());
        limits.advance(70_000);
        assertThat(limits.nextLook()).isEqualTo(Instant.ofEpochSecond(100).toEpochMilli());
        limits.advance(100_000);
        assertThat(limits.nextLook()).isZero();
    }

    @Test
    void apply_marksTheBucketsThatAreOverALimit() {
        List<Bucket> buckets = limits.apply(List.of(rejections(0, 10), rejections(10, 1), rejections(300, 1)))
                .buckets();
        assertThat(buckets)
                .extracting(bucket ->
                        bucket.crossed().stream().map(LimitDecision::getRule).toList())
                .containsExactly(List.of(), List.of("r"), List.of());
    }

    @Test
    void apply_rulesForDomains_areForThoseTheyName() {
        Domain named = new Domain("example.org");
        LimitRule all = rule("all", Level.DOMAIN, LimitRule.Metric.REJECTIONS);
        LimitRule some = rule("some", Level.DOMAIN, Set.of(named), LimitRule.Metric.REJECTIONS);
        for (Domain domain : List.of(named, new Domain("example.net"))) {
            SubjectLimits ofDomain = new SubjectLimits(domain, List.of(RULE, all, some), SubjectLimits.none());
            ofDomain.apply(List.of(rejections(0, 11)));
            assertThat(ofDomain.inForce())
                    .extracting(LimitDecision::getSubject, LimitDecision::getRule)
                    .containsExactlyElementsOf(
                            domain.equals(named)
                                    ? List.of(tuple("example.org", "all"), tuple("example.org", "some"))
                                    : List.of(tuple("example.net", "all")));
        }
    }

    @Test
    void apply_ruleThatIsNoLongerThere_isForgotten() {
        limits.apply(List.of(rejections(0, 11)));
        SubjectLimits without = new SubjectLimits(PREFIX, List.of(CONNECTIONS), states);
        List<LimitDecision> released = without.apply(List.of()).released();
        assertThat(told(without.news(released, new ArrayList<>()))).isEmpty();
        assertThat(without.isEmpty()).isTrue();
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
