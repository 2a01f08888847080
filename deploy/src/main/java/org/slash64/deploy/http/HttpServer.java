package org.slash64.deploy.http;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.javalin.http.staticfiles.Location;
import io.javalin.json.JavalinJackson;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The server: routes behind a {@link Guard}, the files of the dashboard, mistakes as RFC 9457 has them. */
public final class HttpServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(HttpServer.class);

    private final HttpSettings settings;
    private final Javalin server;

    private HttpServer(HttpSettings settings, Javalin server) {
        this.settings = settings;
        this.server = server;
    }

    /**
     * Starts it.
     *
     * @throws IOException where it cannot listen; the message says what to do
     */
    public static HttpServer start(HttpSettings settings, List<Routes> routes) throws IOException {
        Javalin server = Javalin.create(config -> configure(config, settings, routes));
        try {
            server.start();
            return new HttpServer(settings, server);
        } catch (RuntimeException e) {
            server.stop();
            throw new IOException(
                    "the HTTP server cannot listen at " + settings.listen() + " (" + rootCause(e)
                            + "); name another address in http.listen, or port 0 for a free one",
                    e);
        }
    }

    private static String rootCause(Throwable e) {
        Throwable cause = e;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return String.valueOf(cause.getMessage());
    }

    private static void configure(JavalinConfig config, HttpSettings settings, List<Routes> routes) {
        config.startup.showJavalinBanner = false;
        config.startup.showOldJavalinVersionWarning = false;
        config.startup.startupWatcherEnabled = false;
        config.http.maxRequestSize = HttpSettings.MAX_BODY;
        config.http.prefer405over404 = true;
        ObjectMapper json = Json.mapper();
        config.jsonMapper(new JavalinJackson(json, false));
        config.jetty.threadPool = new QueuedThreadPool(HttpSettings.MAX_THREADS, 4);
        config.jetty.modifyServer(
                server -> server.addBean(new NetworkConnectionLimit(HttpSettings.MAX_CONNECTIONS, server)));
        config.jetty.addConnector((server, http) -> connector(server, http, settings));
        config.staticFiles.add(files -> {
            files.hostedPath = "/";
            files.directory = "/http";
            files.location = Location.CLASSPATH;
            files.headers = Map.of("Cache-Control", "no-cache");
        });
        Guard guard = new Guard(settings);
        config.routes.before(guard::check);
        config.routes.exception(
                Refusal.class, (refusal, request) -> refuse(request, refusal.status(), refusal.getMessage()));
        config.routes.exception(
                HttpResponseException.class,
                (e, request) -> refuse(request, e.getStatus(), String.valueOf(e.getMessage())));
        config.routes.exception(Exception.class, (e, request) -> {
            LOG.error("{} {}", request.method(), request.path(), e);
            refuse(request, 500, "something went wrong here; the log of slash64 has it");
        });
        routes.forEach(some -> some.addTo(config.routes));
    }

    private static void refuse(Context request, int status, String detail) {
        request.status(status).json(Refusal.problem(status, detail)).contentType("application/problem+json");
    }

    private static ServerConnector connector(Server server, HttpConfiguration http, HttpSettings settings) {
        http.setSendServerVersion(false);
        http.setRequestHeaderSize(HttpSettings.MAX_HEADER);
        http.setIdleTimeout(HttpSettings.IDLE.toMillis());
        ServerConnector connector = new ServerConnector(server, factories(http, settings));
        connector.setHost(settings.listen().address().toString());
        connector.setPort(settings.listen().port());
        connector.setIdleTimeout(HttpSettings.IDLE.toMillis());
        return connector;
    }

    private static ConnectionFactory[] factories(HttpConfiguration http, HttpSettings settings) {
        HttpConnectionFactory plain = new HttpConnectionFactory(http);
        if (settings.tls().isEmpty()) {
            return new ConnectionFactory[] {plain};
        }
        HttpSettings.Tls tls = settings.tls().get();
        http.addCustomizer(new SecureRequestCustomizer(false)); // the Guard checks the host
        SslContextFactory.Server context = new SslContextFactory.Server();
        context.setKeyStorePath(tls.keystore().toAbsolutePath().toString());
        context.setKeyStorePassword(tls.password());
        context.setKeyStoreType("PKCS12");
        return new ConnectionFactory[] {new SslConnectionFactory(context, plain.getProtocol()), plain};
    }

    /** The port that it listens at. */
    public int port() {
        return server.port();
    }

    /** Where people find it. */
    public String url() {
        String host = settings.listen().address().toString();
        return settings.scheme() + "://" + (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port() + "/";
    }

    @Override
    public void close() {
        server.stop();
    }
}
