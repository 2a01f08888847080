package org.slash64.deploy.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.slash64.schemas.AuthenticationOutcome;
import org.slash64.schemas.DkimResult;
import org.slash64.schemas.FcrdnsResult;
import org.slash64.schemas.Outcome;
import org.slash64.schemas.SpfResult;
import org.slash64.topology.PipelineStatistics;
import org.slash64.topology.VerdictStatistics;

/** Verdicts by what they say, and events that wait for theirs. */
final class VerdictMetrics implements MeterBinder {

    private final PipelineStatistics statistics;

    VerdictMetrics(PipelineStatistics statistics) {
        this.statistics = statistics;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        new Meters<>(registry, "slash64", statistics)
                .gauge("events.kept", "Events kept until their look-ups are done.", PipelineStatistics::kept);
        Meters<VerdictStatistics> meters = new Meters<>(registry, "slash64", statistics.verdicts());
        meters.counters(
                "verdicts",
                "Verdicts, by what their event is evidence of.",
                "outcome",
                Outcome.class,
                VerdictStatistics::count);
        meters.counter(
                "verdicts.exempt",
                "Verdicts on events that are neither looked up nor counted.",
                VerdictStatistics::exempt);
        meters.counters(
                "authentication",
                "Verdicts by whether mandatory authentication is met, exempt ones left out.",
                "result",
                AuthenticationOutcome.class,
                VerdictStatistics::count);
        meters.counters(
                "fcrdns",
                "Verdicts by the client's reverse DNS, exempt ones left out.",
                "result",
                FcrdnsResult.class,
                VerdictStatistics::count);
        meters.counters("spf", "Checks of SPF.", "result", SpfResult.class, VerdictStatistics::count);
        meters.counters("dkim", "DKIM signatures.", "result", DkimResult.class, VerdictStatistics::count);
    }
}
