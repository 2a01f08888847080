package org.slash64.deploy.http;

import io.javalin.config.RoutesConfig;
import org.slash64.deploy.metrics.PipelineMetrics;

/** All figures, for Prometheus. */
public final class MetricsRoute implements Routes {

    private final PipelineMetrics metrics;

    public MetricsRoute(PipelineMetrics metrics) {
        this.metrics = metrics;
    }

    @Override
    public void addTo(RoutesConfig routes) {
        routes.get(
                "/metrics",
                request -> request.contentType(PipelineMetrics.CONTENT_TYPE).result(metrics.scrape()));
    }
}
