package org.slash64.deploy.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.slash64.connectors.answer.Ground;
import org.slash64.connectors.answer.Opinion;
import org.slash64.connectors.policy.PolicyAction;
import org.slash64.connectors.policy.PolicyStatistics;

/** What the policy server answered. */
final class PolicyMetrics implements MeterBinder {

    private final PolicyStatistics policy;

    PolicyMetrics(PolicyStatistics policy) {
        this.policy = policy;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Meters<PolicyStatistics> meters = new Meters<>(registry, "slash64.policy", policy);
        meters.counter("requests", "Requests of Postfix that were read.", PolicyStatistics::requests);
        meters.counter(
                "requests.broken",
                "Connections closed because what came was no request.",
                PolicyStatistics::brokenRequests);
        meters.counters(
                "answers", "Replies by what they say.", "action", PolicyAction.class, PolicyStatistics::answers);
        meters.counters(
                "opinions",
                "Requests judged, by what their answer rests on.",
                "basis",
                Opinion.Basis.class,
                PolicyStatistics::answers);
        meters.counters(
                "grounds",
                "Requests by the ground that decided them, whatever the mode.",
                "ground",
                Ground.class,
                PolicyStatistics::answers);
        new Meters<>(registry, "slash64", policy)
                .with("service", "policy")
                .counter("failed.open", FAILED_OPEN, PolicyStatistics::failedOpen);
    }

    /** Counted by each service. */
    static final String FAILED_OPEN = "Mail let pass because no answer was reached, or what is known was too old.";
}
