package org.slash64.deploy.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.function.Function;
import org.slash64.connectors.socket.ServerStatistics;

/** Connections of mail servers to one of the services for them. */
final class ServerMetrics<S> implements MeterBinder {

    private final String service;
    private final S server;
    private final Function<S, ServerStatistics> statistics;

    ServerMetrics(String service, S server, Function<S, ServerStatistics> statistics) {
        this.service = service;
        this.server = server;
        this.statistics = statistics;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Meters<S> meters = new Meters<>(registry, "slash64.connections", server).with("service", service);
        meters.gauge(
                "open",
                "Connections of mail servers.",
                from -> statistics.apply(from).open());
        meters.counter(
                "accepted", "Connections taken.", from -> statistics.apply(from).accepted());
        meters.counter(
                "refused",
                "Connections closed as they came, because there were too many.",
                from -> statistics.apply(from).refused());
        meters.counter(
                "idle",
                "Connections closed because they said nothing for too long.",
                from -> statistics.apply(from).idle());
        meters.counter(
                "failed",
                "Connections closed because serving them failed.",
                from -> statistics.apply(from).failed());
    }
}
