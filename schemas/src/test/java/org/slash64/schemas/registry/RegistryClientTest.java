package org.slash64.schemas.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RegistryClientTest {
    private static final Schema SCHEMA =
            SchemaBuilder.record("A").fields().requiredInt("x").endRecord();
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final RegistryLimits LIMITS = new RegistryLimits(SECOND, SECOND, 3, Duration.ofMillis(1));

    /** Answers in the order in which they are given; the last is for all calls after. */
    private final List<Answer> answers = new CopyOnWriteArrayList<>();

    private final List<String> calls = new CopyOnWriteArrayList<>();
    private HttpServer server;
    private RegistryClient client;

    @BeforeEach
    void start() throws IOException {
        InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
        server = HttpServer.create(new InetSocketAddress(loopback, 0), 0);
        server.createContext("/", this::answer);
        server.start();
        String url = "http://127.0.0.1:" + server.getAddress().getPort();
        client = new RegistryClient(url, Map.of(), LIMITS);
    }

    @AfterEach
    void stop() throws IOException {
        client.close();
        server.stop(0);
    }

    @Test
    void register_afterTwoServerErrors_succeeds() throws Exception {
        answers.add(new Answer(503, "{\"error_code\":50301,\"message\":\"starting\"}"));
        answers.add(new Answer(500, "{\"error_code\":50001,\"message\":\"store\"}"));
        answers.add(new Answer(200, "{\"id\":7}"));
        assertThat(client.register("a-value", SCHEMA)).isEqualTo(7);
        assertThat(calls).hasSize(3);
    }

    @Test
    void register_withServerErrorsOnly_stopsAfterTheAttempts() {
        answers.add(new Answer(500, "{\"error_code\":50001,\"message\":\"store\"}"));
        assertThatThrownBy(() -> client.register("a-value", SCHEMA))
                .isInstanceOf(RegistryException.Unavailable.class)
                .hasMessageContaining("3 attempts")
                .hasMessageContaining("127.0.0.1");
        assertThat(calls).hasSize(3);
    }

    @Test
    void register_anIncompatibleSchema_isNotTriedAgain() {
        answers.add(new Answer(409, "{\"error_code\":409,\"message\":\"reader field y has no default\"}"));
        assertThatThrownBy(() -> client.register("a-value", SCHEMA))
                .isInstanceOf(RegistryException.Incompatible.class)
                .hasMessageContaining("a-value")
                .hasMessageContaining("reader field y has no default");
        assertThat(calls).hasSize(1);
    }

    @Test
    void register_withoutPermission_isRefused() {
        answers.add(new Answer(401, "{\"error_code\":401,\"message\":\"who are you\"}"));
        assertThatThrownBy(() -> client.register("a-value", SCHEMA))
                .isInstanceOf(RegistryException.Refused.class)
                .hasMessageContaining("who are you")
                .hasMessageContaining("HTTP status 401: check the credentials");
    }

    @Test
    void byId_ofAnUnknownId_isNotAskedForAgainAtOnce() {
        answers.add(new Answer(404, "{\"error_code\":40403,\"message\":\"Schema not found\"}"));
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> client.byId(9))
                    .isInstanceOf(RegistryException.UnknownId.class)
                    .hasMessageContaining("id 9");
        }
        assertThat(calls).hasSize(1);
    }

    @Test
    void byId_ofAnAnswerThatIsNoJson_isUnavailable() {
        answers.add(new Answer(200, "<html>"));
        assertThatThrownBy(() -> client.byId(9)).isInstanceOf(RegistryException.Unavailable.class);
    }

    @Test
    void byId_ofASchemaThatIsNoAvro_fails() {
        answers.add(new Answer(200, "{\"schema\":\"{\\\"type\\\":\\\"nonsense\\\"}\"}"));
        assertThatThrownBy(() -> client.byId(9)).isInstanceOf(RegistryException.class);
    }

    @Test
    void requireCompatibility_asItIs_writesNothing() throws Exception {
        answers.add(new Answer(200, "{\"compatibilityLevel\":\"BACKWARD_TRANSITIVE\"}"));
        assertThat(client.requireCompatibility("a-value", Compatibility.BACKWARD_TRANSITIVE))
                .isTrue();
        assertThat(calls).allMatch(call -> call.startsWith("GET "));
    }

    @Test
    void requireCompatibility_setByAnotherAtTheSameTime_isRequired() throws Exception {
        answers.add(new Answer(200, "{\"compatibilityLevel\":\"NONE\"}"));
        answers.add(new Answer(409, "{\"error_code\":0,\"message\":\"already exists\"}"));
        answers.add(new Answer(200, "{\"compatibilityLevel\":\"BACKWARD_TRANSITIVE\"}"));
        assertThat(client.requireCompatibility("a-value", Compatibility.BACKWARD_TRANSITIVE))
                .isTrue();
    }

    private void answer(HttpExchange exchange) throws IOException {
        calls.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
        Answer answer = answers.size() > 1 ? answers.remove(0) : answers.get(0);
        exchange.getRequestBody().readAllBytes();
        byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/vnd.schemaregistry.v1+json");
        exchange.sendResponseHeaders(answer.status(), body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private record Answer(int status, String body) {}
}
