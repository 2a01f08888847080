package org.slash64.topology.limit;

import java.util.ArrayList;
import java.util.List;
import org.slash64.schemas.LimitDecision;
import org.slash64.schemas.Subject;
import org.slash64.schemas.state.LimitState;
import org.slash64.schemas.state.LimitStates;
import org.slash64.schemas.state.Slice;
import org.slash64.topology.count.Bucket;

/** All limits of one prefix or domain over its {@link LimitStates}, which it changes. Free of Kafka. */
public final class SubjectLimits {

    private final Subject subject;
    private final List<LimitRule> rules;
    private final LimitStates states;

    /** Rules that are not about this subject are left out. */
    public SubjectLimits(Subject subject, List<LimitRule> allRules, LimitStates states) {
        this.subject = subject;
        this.rules = new ArrayList<>(allRules);
        this.states = states;
        rules.removeIf(rule -> !rule.appliesTo(subject));
    }

    /** The state of a subject that was never seen. */
    public static LimitStates none() {
        return new LimitStates(new ArrayList<>(), 0L, new ArrayList<>());
    }

    /**
     * What taking buckets in led to.
     *
     * @param buckets the buckets, each with the limits that it crossed
     * @param released limits that were released on the way
     */
    public record Applied(List<Bucket> buckets, List<LimitDecision> released) {}

    /** Takes finished buckets in, in order of time. */
    public Applied apply(List<Bucket> buckets) {
        Applied applied = new Applied(new ArrayList<>(), new ArrayList<>());
        for (Bucket bucket : buckets) {
            List<LimitDecision> crossed = new ArrayList<>();
            for (LimitRule rule : rules) {
                for (LimitDecision decision : new Limiter(rule, subject).apply(stateOf(rule), bucket)) {
                    (decision.getLimited() ? crossed : applied.released()).add(decision);
                }
            }
            applied.buckets().add(bucket.crossing(crossed));
        }
        forgetEmpty();
        return applied;
    }

    /** Lets time pass up to an instant (epoch milliseconds). Gives the releases that were due. */
    public List<LimitDecision> advance(long now) {
        List<LimitDecision> released = new ArrayList<>();
        rules.forEach(rule -> released.addAll(new Limiter(rule, subject).advance(stateOf(rule), now)));
        forgetEmpty();
        return released;
    }

    private LimitState stateOf(LimitRule rule) {
        for (LimitState known : states.getStates()) {
            if (known.getRule().equals(rule.name())) {
                return known;
            }
        }
        LimitState fresh = new LimitState(rule.name(), new ArrayList<>(), null);
        states.getStates().add(fresh);
        return fresh;
    }

    private void forgetEmpty() {
        List<LimitState> left = new ArrayList<>(states.getStates());
        left.removeIf(state -> (state.getSlices().isEmpty() && state.getDecision() == null) || !hasRule(state));
        states.setStates(left);
    }

    private boolean hasRule(LimitState state) {
        for (LimitRule rule : rules) {
            if (rule.name().equals(state.getRule())) {
                return true;
            }
        }
        return false;
    }

    /** The limits in force now. */
    List<LimitDecision> inForce() {
        List<LimitDecision> inForce = new ArrayList<>();
        for (LimitState state : states.getStates()) {
            if (state.getDecision() != null) {
                inForce.add(state.getDecision());
            }
        }
        return inForce;
    }

    /** The same as if these buckets were finished as well. */
    SubjectLimits ahead() {
        return new SubjectLimits(subject, rules, LimitStates.newBuilder(states).build());
    }

    /** What the topic tells of buckets that are still pending. */
    List<LimitDecision> provisional() {
        return states.getPublished().stream()
                .filter(LimitDecision::getProvisional)
                .toList();
    }

    /** The earliest instant at which time alone changes something; 0 where nothing is kept (epoch milliseconds). */
    long nextLook() {
        return states.getStates().stream().mapToLong(this::nextLook).min().orElse(0);
    }

    private long nextLook(LimitState state) {
        if (state.getDecision() != null) {
            return state.getDecision().getUntil().toEpochMilli();
        }
        LimitRule rule = rules.stream()
                .filter(known -> known.name().equals(state.getRule()))
                .findFirst()
                .orElseThrow();
        Slice last = state.getSlices().get(state.getSlices().size() - 1);
        return last.getStart() + rule.sliceMillis() + rule.period().toMillis();
    }

    /**
     * What has to be said so that the topic tells the state: the releases, then every limit in force that the topic does
     * not tell so, final before provisional, then provisional ones that did not come true.
     */
    List<LimitDecision> news(List<LimitDecision> releases, List<LimitDecision> ahead) {
        List<LimitDecision> news = new ArrayList<>(releases);
        List<LimitDecision> published = new ArrayList<>(states.getPublished());
        published.removeIf(said -> releases.stream().anyMatch(release -> sameRule(said, release)));
        List<LimitDecision> wanted = inForce();
        for (LimitDecision decision : ahead) {
            if (wanted.stream().noneMatch(known -> sameRule(known, decision))) {
                decision.setProvisional(true);
                wanted.add(decision);
            }
        }
        for (LimitDecision decision : wanted) {
            if (!published.contains(decision)) {
                news.add(decision);
            }
        }
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
    public boolean isEmpty() {
        return states.getStates().isEmpty() && states.getPublished().isEmpty();
    }
}
