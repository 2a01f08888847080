package org.slash64.deploy.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.slash64.schemas.Change;
import org.slash64.schemas.LimitAction;
import org.slash64.topology.DecisionStatistics;

/** Windows, limits and listings. */
final class DecisionMetrics implements MeterBinder {

    private final DecisionStatistics decisions;

    DecisionMetrics(DecisionStatistics decisions) {
        this.decisions = decisions;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Meters<DecisionStatistics> meters = new Meters<>(registry, "slash64", decisions);
        meters.counter("windows.closed", "Windows of prefixes that closed.", DecisionStatistics::windows);
        meters.counters(
                "limits.crossed",
                "Decisions that a rate limit is in force, by what its rule asks for.",
                "action",
                LimitAction.class,
                DecisionStatistics::crossed);
        meters.counters(
                "limits.released", "Rate limits released.", "action", LimitAction.class, DecisionStatistics::released);
        meters.counters("listing.changes", "Changes of listings.", "change", Change.class, DecisionStatistics::changes);
    }
}
