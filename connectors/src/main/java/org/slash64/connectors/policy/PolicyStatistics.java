package org.slash64.connectors.policy;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.slash64.connectors.answer.Ground;
import org.slash64.connectors.answer.Opinion;

/** What the policy server has done. Any thread counts and reads. */
public final class PolicyStatistics {

    private final LongAdder requests = new LongAdder();
    private final LongAdder broken = new LongAdder();
    private final Map<PolicyAction, LongAdder> actions = adders(PolicyAction.class);
    private final Map<Opinion.Basis, LongAdder> bases = adders(Opinion.Basis.class);
    private final Map<Ground, LongAdder> grounds = adders(Ground.class);

    private static <E extends Enum<E>> Map<E, LongAdder> adders(Class<E> type) {
        Map<E, LongAdder> adders = new EnumMap<>(type);
        for (E constant : type.getEnumConstants()) {
            adders.put(constant, new LongAdder());
        }
        return adders;
    }

    void request() {
        requests.increment();
    }

    void broken() {
        broken.increment();
    }

    void answer(PolicyAction action) {
        actions.get(action).increment();
    }

    /** Only the decisive ground is counted. */
    void opinion(Opinion opinion) {
        bases.get(opinion.basis()).increment();
        if (!opinion.grounds().isEmpty()) {
            grounds.get(opinion.grounds().get(0)).increment();
        }
    }

    /** Requests that were read. */
    public long requests() {
        return requests.sum();
    }

    /** Connections that were closed because what came was no request. */
    public long brokenRequests() {
        return broken.sum();
    }

    /** Replies by what they say. */
    public long answers(PolicyAction action) {
        return actions.get(action).sum();
    }

    /** Requests that were judged, by what their answer rests on. */
    public long answers(Opinion.Basis basis) {
        return bases.get(basis).sum();
    }

    /** Requests by the ground that decided them, whatever the mode. */
    public long answers(Ground ground) {
        return grounds.get(ground).sum();
    }

    /** Requests that were passed because something was wrong here: what is known was too old, or an error. */
    public long failedOpen() {
        return answers(Opinion.Basis.STALE) + answers(Opinion.Basis.FAILED);
    }
}
