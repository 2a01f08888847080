package org.slash64.deploy.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.slash64.schemas.registry.RegistryClient;

class EndpointsTest {

    private static final Map<String, String> KAFKA = Map.of("security.protocol", "SSL", "isolation.level", "none");

    @Test
    void everyClient_getsTheSettingsButKeepsItsOwn() {
        Endpoints endpoints = new Endpoints("k:1", "http://r", KAFKA, Map.of());
        assertThat(endpoints.admin())
                .containsEntry("security.protocol", "SSL")
                .containsEntry("bootstrap.servers", "k:1");
        assertThat(endpoints.reader())
                .containsEntry("security.protocol", "SSL")
                .containsEntry("isolation.level", "read_committed");
        assertThat(endpoints.writer("id"))
                .containsEntry("security.protocol", "SSL")
                .containsEntry("transactional.id", "id");
    }

    @Test
    void toString_hasNoSettings() {
        Endpoints endpoints =
                new Endpoints("k:1", "http://r", Map.of("ssl.key.password", "secret"), Map.of("a", "secret"));
        assertThat(endpoints.toString()).isEqualTo("k:1 and http://r");
    }

    @Test
    void registry_credentials_goWithEachCall() throws Exception {
        List<String> authorizations = new CopyOnWriteArrayList<>();
        HttpServer server = registryThatNotes(authorizations);
        try {
            String url = "http://127.0.0.1:" + server.getAddress().getPort();
            Map<String, String> settings =
                    Map.of("basic.auth.credentials.source", "USER_INFO", "basic.auth.user.info", "user:password");
            try (RegistryClient client = new Endpoints("k:1", url, Map.of(), settings).registry()) {
                assertThat(client.byId(7)).isEqualTo(Schema.create(Schema.Type.STRING));
            }
        } finally {
            server.stop(0);
        }
        assertThat(authorizations)
                .isNotEmpty()
                .containsOnly("Basic "
                        + Base64.getEncoder().encodeToString("user:password".getBytes(StandardCharsets.UTF_8)));
    }

    private static HttpServer registryThatNotes(List<String> authorizations) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            authorizations.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
            byte[] answer = "{\"schema\": \"\\\"string\\\"\"}".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
        return server;
    }
}
