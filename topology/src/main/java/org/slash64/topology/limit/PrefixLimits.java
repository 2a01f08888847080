package org.slash64.topology.limit;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import org.slash64.schemas.LimitDecision;
import org.slash64.schemas.Prefix;
import org.slash64.schemas.state.LimitState;
import org.slash64.schemas.state.LimitStates;
import org.slash64.topology.count.Bucket;

/** All limits of one prefix over its {@link LimitStates}, which it changes. Free of Kafka. */
final class PrefixLimits {

    private final Prefix prefix;
    private final List<LimitRule> rules;
    private final LimitStates states;

    PrefixLimits(Prefix prefix, List<LimitRule> allRules, LimitStates states) {
        this.prefix = prefix;
        this.rules = allRules.stream()
                .filter(rule -> rule.levels().contains(prefix.length()))
                .toList();
        this.states = states;
    }

    /** The state of a prefix that was never seen. */
    static LimitStates none() {
        return new LimitStates(new ArrayList<>(), new ArrayList<>());
    }

    /** Takes finished buckets in, in order of time. Gives the releases made on the way. */
    List<LimitDecision> apply(List<Bucket> buckets) {
        List<LimitDecision> decisions = new ArrayList<>();
        for (Bucket bucket : buckets) {
            decisions.addAll(each((limiter, state) -> limiter.apply(state, bucket)));
        }
        return released(decisions);
    }

    /** Lets time pass up to an instant (epoch milliseconds). Gives the releases that were due. */
    List<LimitDecision> advance(long now) {
        return released(each((limiter, state) -> limiter.advance(state, now)));
    }

    private List<LimitDecision> each(BiFunction<Limiter, LimitState, List<LimitDecision>> step) {
        List<LimitDecision> decisions = new ArrayList<>();
        for (LimitRule rule : rules) {
            decisions.addAll(step.apply(new Limiter(rule, prefix), stateOf(rule)));
        }
        states.setStates(new ArrayList<>(states.getStates().stream()
                .filter(state -> !state.getSlices().isEmpty() || state.getDecision() != null)
                .toList()));
        return decisions;
    }

    private LimitState stateOf(LimitRule rule) {
        Optional<LimitState> known = states.getStates().stream()
                .filter(state -> state.getRule().equals(rule.name()))
                .findFirst();
        return known.orElseGet(() -> {
            LimitState fresh = new LimitState(rule.name(), new ArrayList<>(), null);
            states.getStates().add(fresh);
            return fresh;
        });
    }

    private static List<LimitDecision> released(List<LimitDecision> decisions) {
        return decisions.stream().filter(decision -> !decision.getLimited()).toList();
    }

    /** The limits in force now. */
    List<LimitDecision> inForce() {
        return states.getStates().stream()
                .map(LimitState::getDecision)
                .filter(decision -> decision != null)
                .toList();
    }

    /** What the limits in force would be with these buckets as well; changes nothing. */
    List<LimitDecision> inForceWith(List<Bucket> pending) {
        PrefixLimits ahead =
                new PrefixLimits(prefix, rules, LimitStates.newBuilder(states).build());
        ahead.apply(pending);
        return ahead.inForce();
    }

    /** What the topic tells of buckets that are still pending. */
    List<LimitDecision> provisional() {
        return states.getPublished().stream()
                .filter(LimitDecision::getProvisional)
                .toList();
    }

    /** The earliest instant at which a limit in force is due for release. */
    Optional<Long> nextRelease() {
        return inForce().stream()
                .map(decision -> decision.getUntil().toEpochMilli())
                .min(Comparator.naturalOrder());
    }

    /**
     * What has to be said so that the topic tells the state: the releases, then every limit in force that the topic does
     * not tell so, final before provisional, then provisional ones that did not come true.
     */
    List<LimitDecision> news(List<LimitDecision> releases, List<LimitDecision> ahead) {
        List<LimitDecision> news = new ArrayList<>(releases);
        List<LimitDecision> published = new ArrayList<>(states.getPublished());
        published.removeIf(said -> releases.stream().anyMatch(release -> sameRule(said, release)));
        List<LimitDecision> wanted = new ArrayList<>(inForce());
        for (LimitDecision decision : ahead) {
            if (wanted.stream().noneMatch(known -> sameRule(known, decision))) {
                decision.setProvisional(true);
                wanted.add(decision);
            }
        }
        wanted.stream().filter(decision -> !published.contains(decision)).forEach(news::add);
        for (LimitDecision said : published) {
            if (wanted.stream().noneMatch(decision -> sameRule(said, decision))) {
                LimitDecision withdrawn = LimitDecision.newBuilder(said).build();
                withdrawn.setLimited(false);
                news.add(withdrawn);
            }
        }
        states.setPublished(wanted);
        return news;
    }

    private static boolean sameRule(LimitDecision one, LimitDecision other) {
        return one.getRule().equals(other.getRule());
    }

    /** True where nothing is worth keeping. */
    boolean isEmpty() {
        return states.getStates().isEmpty() && states.getPublished().isEmpty();
    }
}
