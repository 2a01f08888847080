package org.slash64.connectors.policy;

import java.util.concurrent.atomic.LongAdder;
import org.slash64.connectors.answer.Ground;
import org.slash64.connectors.answer.Opinion;
import org.slash64.schemas.EnumCounters;

/** What the policy server has done. Any thread counts and reads. */
public final class PolicyStatistics {

    private final LongAdder requests = new LongAdder();
    private final LongAdder broken = new LongAdder();
    private final EnumCounters<PolicyAction> actions = new EnumCounters<>(PolicyAction.class);
    private final EnumCounters<Opinion.Basis> bases = new EnumCounters<>(Opinion.Basis.class);
    private final EnumCounters<Ground> grounds = new EnumCounters<>(Ground.class);

    void request() {
        requests.increment();
    }

    void broken() {
        broken.increment();
    }

    void answer(PolicyAction action) {
        actions.increment(action);
    }

    /** Only the decisive ground is counted. */
    void opinion(Opinion opinion) {
        bases.increment(opinion.basis());
        if (!opinion.grounds().isEmpty()) {
            grounds.increment(opinion.grounds().get(0));
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
        return actions.count(action);
    }

    /** Requests that were judged, by what their answer rests on. */
    public long answers(Opinion.Basis basis) {
        return bases.count(basis);
    }

    /** Requests by the ground that decided them, whatever the mode. */
    public long answers(Ground ground) {
        return grounds.count(ground);
    }

    /** Requests that were passed because something was wrong here: what is known was too old, or an error. */
    public long failedOpen() {
        return answers(Opinion.Basis.STALE) + answers(Opinion.Basis.FAILED);
    }
}
