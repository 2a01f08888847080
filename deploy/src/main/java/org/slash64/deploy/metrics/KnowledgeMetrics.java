package org.slash64.deploy.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Clock;
import org.slash64.connectors.answer.Knowledge;

/** What answers to mail servers rest on. */
final class KnowledgeMetrics implements MeterBinder {

    private final Knowledge known;
    private final Clock clock;

    KnowledgeMetrics(Knowledge known, Clock clock) {
        this.known = known;
        this.clock = clock;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Meters<Knowledge> meters = new Meters<>(registry, "slash64.answers", known);
        meters.age("age", "Time since all that answers rest on was known to be complete.", Knowledge::asOf, clock);
        meters.with("type", "prefix").gauge("listings", "Listings that answers rest on.", Knowledge::listedPrefixes);
        meters.with("type", "domain").gauge("listings", "Listings that answers rest on.", Knowledge::listedDomains);
    }
}
