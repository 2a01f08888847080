package org.slash64.deploy.http;

import io.javalin.config.RoutesConfig;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The OpenAPI description of all routes. */
public final class DescriptionRoute implements Routes {

    private static final String FILE = "/openapi.json";

    private final String description;

    public DescriptionRoute() {
        try (InputStream in = DescriptionRoute.class.getResourceAsStream(FILE)) {
            description = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void addTo(RoutesConfig routes) {
        routes.get(FILE, request -> request.contentType("application/json").result(description));
    }
}
