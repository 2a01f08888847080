package org.slash64.deploy.http;

import io.javalin.config.RoutesConfig;

/** Some of the server's paths. */
public interface Routes {

    /** Adds them. */
    void addTo(RoutesConfig routes);
}
