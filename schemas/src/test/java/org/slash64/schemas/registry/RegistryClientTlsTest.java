package org.slash64.schemas.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Settings of the registry's client do what they say: whom it trusts, and who it says it is. */
class RegistryClientTlsTest {

    private static final String PASSWORD = "changeit";
    private static final Duration SECOND = Duration.ofSeconds(5);
    private static final RegistryLimits LIMITS = new RegistryLimits(SECOND, SECOND, 1, Duration.ofMillis(1));
    private static final Schema SCHEMA =
            SchemaBuilder.record("A").fields().requiredInt("x").endRecord();

    @TempDir
    Path dir;

    private final List<String> authorizations = new CopyOnWriteArrayList<>();
    private Path keys;
    private HttpsServer server;

    @BeforeEach
    void start() throws Exception {
        keys = dir.resolve("keys.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "registry",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=registry",
                        "-ext",
                        "san=ip:127.0.0.1",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        keys.toString(),
                        "-storepass",
                        PASSWORD)
                .redirectErrorStream(true)
                .redirectOutput(dir.resolve("keytool.out").toFile())
                .start();
        assertThat(keytool.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(keytool.exitValue()).isZero();
        InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
        server = HttpsServer.create(new InetSocketAddress(loopback, 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context()));
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private SSLContext context() throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(keys)) {
            store.load(in, PASSWORD.toCharArray());
        }
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(store, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }

    private void answer(HttpExchange exchange) throws IOException {
        authorizations.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
        byte[] body = "{\"id\":7}".getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private RegistryClient client(Map<String, String> properties) {
        return new RegistryClient("https://127.0.0.1:" + server.getAddress().getPort(), properties, LIMITS);
    }

    @Test
    void register_overTlsWithAPassword_authenticatesBothSides() throws Exception {
        Map<String, String> properties = new HashMap<>();
        properties.put("schema.registry.ssl.truststore.location", keys.toString());
        properties.put("schema.registry.ssl.truststore.type", "PKCS12");
        properties.put("schema.registry.ssl.truststore.password", PASSWORD);
        properties.put("basic.auth.credentials.source", "USER_INFO");
        properties.put("basic.auth.user.info", "u:p");
        try (RegistryClient client = client(properties)) {
            assertThat(client.register("a-value", SCHEMA)).isEqualTo(7);
        }
        assertThat(authorizations).containsExactly("Basic dTpw");
    }

    @Test
    void register_atAServerThatNobodyTrusts_isRefused() throws Exception {
        try (RegistryClient client = client(Map.of())) {
            assertThatThrownBy(() -> client.register("a-value", SCHEMA))
                    .isInstanceOf(RegistryException.Unavailable.class);
        }
        assertThat(authorizations).isEmpty();
    }
}
