package org.slash64.deploy.http;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.List;
import java.util.Map;

/** Probes: live until it cannot go on, ready once its answers are complete. */
public final class HealthRoutes implements Routes {

    private final Running running;

    public HealthRoutes(Running running) {
        this.running = running;
    }

    @Override
    public void addTo(RoutesConfig routes) {
        routes.get("/health/live", this::live);
        routes.get("/health/ready", this::ready);
    }

    private void live(Context request) {
        answer(request, running.status().failure().map(List::of).orElse(List.of()));
    }

    private void ready(Context request) {
        answer(request, running.status().notReady());
    }

    private static void answer(Context request, List<String> wrong) {
        request.status(wrong.isEmpty() ? 200 : 503).json(Map.of("ok", wrong.isEmpty(), "wrong", wrong));
    }
}
