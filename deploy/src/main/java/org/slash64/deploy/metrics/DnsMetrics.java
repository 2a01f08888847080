package org.slash64.deploy.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.slash64.enrichers.dns.DnsClient;
import org.slash64.enrichers.dns.DnsObserver;
import org.slash64.enrichers.dns.DnsOutcome;
import org.slash64.enrichers.dns.UdpStatistics;

/** What is asked of DNS. Times answers itself, as the observer of the client that it then binds. */
final class DnsMetrics implements DnsObserver {

    /** From a server nearby to the deadline of a question. */
    private static final Duration[] BUCKETS = {
        Duration.ofMillis(1),
        Duration.ofMillis(5),
        Duration.ofMillis(20),
        Duration.ofMillis(50),
        Duration.ofMillis(100),
        Duration.ofMillis(250),
        Duration.ofMillis(500),
        Duration.ofSeconds(1),
        Duration.ofMillis(2500),
        Duration.ofSeconds(5)
    };

    private final Map<DnsOutcome, Timer> answers = new EnumMap<>(DnsOutcome.class);

    DnsMetrics(MeterRegistry registry) {
        for (DnsOutcome outcome : DnsOutcome.values()) {
            answers.put(
                    outcome,
                    Timer.builder("slash64.dns.answer")
                            .description("Time from a question to its answer, cached answers left out.")
                            .tag("outcome", Meters.label(outcome))
                            .serviceLevelObjectives(BUCKETS)
                            .register(registry));
        }
    }

    @Override
    public void answered(DnsOutcome outcome, long nanos) {
        answers.get(outcome).record(nanos, TimeUnit.NANOSECONDS);
    }

    /** The figures that a client counts itself. */
    static MeterBinder of(DnsClient client) {
        return registry -> {
            Meters<DnsClient> meters = new Meters<>(registry, "slash64.dns", client);
            meters.counter(
                    "questions", "Questions asked.", from -> from.statistics().questions());
            meters.counter(
                    "cache.hits",
                    "Questions answered from the cache.",
                    from -> from.statistics().cacheHits());
            meters.counter(
                    "joined",
                    "Questions that took part in the same question already in flight.",
                    from -> from.statistics().joined());
            meters.counter(
                    "overflowed",
                    "Questions turned away because too many were open.",
                    from -> from.statistics().overflowed());
            meters.counter(
                    "queries",
                    "Queries sent, tries counted one by one.",
                    from -> from.statistics().sent());
            meters.counter(
                    "tcp.queries",
                    "Queries repeated over TCP.",
                    from -> from.statistics().overTcp());
            meters.gauge(
                    "open",
                    "Questions in flight or waiting.",
                    from -> from.statistics().open());
            meters.counter(
                    "datagrams.ignored",
                    "Datagrams that answer no query: late, or forged.",
                    from -> ignored(from.statistics().udp()));
        };
    }

    private static long ignored(UdpStatistics udp) {
        return udp.wrongId() + udp.wrongQuestion() + udp.malformed();
    }
}
