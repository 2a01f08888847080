package org.slash64.deploy.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.slash64.connectors.log.LineError;
import org.slash64.connectors.log.SmtpFact.Ignored;
import org.slash64.schemas.EventKind;
import org.slash64.topology.correlate.CorrelatorStatistics;
import org.slash64.topology.correlate.CorrelatorStatistics.Incident;

/** Lines, and the events made of them. */
final class LineMetrics implements MeterBinder {

    private final CorrelatorStatistics lines;

    LineMetrics(CorrelatorStatistics lines) {
        this.lines = lines;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Meters<CorrelatorStatistics> meters = new Meters<>(registry, "slash64", lines);
        meters.counter("lines", "Log lines taken in.", CorrelatorStatistics::lines);
        meters.gauge("lines.held", "Lines that wait to be put in order.", CorrelatorStatistics::held);
        meters.counters(
                "lines.unreadable",
                "Lines that should have been readable and were not.",
                "reason",
                LineError.Reason.class,
                (from, reason) -> from.errors().get(reason));
        meters.counters(
                "lines.ignored",
                "Lines that say nothing about receiving mail.",
                "why",
                Ignored.Why.class,
                (from, why) -> from.ignored().get(why));
        meters.counters(
                "events",
                "Events handed on.",
                "kind",
                EventKind.class,
                (from, kind) -> from.events().get(kind));
        meters.counters(
                "incidents",
                "What else happened to lines, sessions, messages and events.",
                "incident",
                Incident.class,
                (from, incident) -> from.incidents().get(incident));
    }
}
