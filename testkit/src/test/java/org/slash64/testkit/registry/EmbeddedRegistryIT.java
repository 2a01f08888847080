package org.slash64.testkit.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slash64.schemas.registry.Compatibility;
import org.slash64.schemas.registry.RegistryClient;
import org.slash64.schemas.registry.RegistryException;
import org.slash64.schemas.registry.RegistryLimits;

@Timeout(value = 180, unit = TimeUnit.SECONDS)
class EmbeddedRegistryIT {
    private static final Schema FIRST =
            SchemaBuilder.record("A").fields().requiredInt("x").endRecord();
    private static final Schema INCOMPATIBLE =
            SchemaBuilder.record("A").fields().requiredInt("x").requiredInt("y").endRecord();

    @TempDir
    Path dir;

    @Test
    void start_afterAKill_keepsSchemaIdAndCompatibility() throws Exception {
        int id;
        String url;
        try (EmbeddedRegistry registry = EmbeddedRegistry.start(EmbeddedRegistry.home(), dir, 0);
                RegistryClient client = client(registry)) {
            url = registry.url();
            id = client.register("a-value", FIRST);
            client.requireCompatibility("a-value", Compatibility.BACKWARD_TRANSITIVE);
            ProcessHandle child = ProcessHandle.of(registry.pid()).orElseThrow();
            child.destroyForcibly();
            child.onExit().get(30, TimeUnit.SECONDS);
        }
        try (EmbeddedRegistry registry = EmbeddedRegistry.start(EmbeddedRegistry.home(), dir, 0);
                RegistryClient client = client(registry)) {
            assertThat(registry.url()).isEqualTo(url);
            assertThat(client.byId(id)).isEqualTo(FIRST);
            assertThat(client.register("a-value", FIRST)).isEqualTo(id);
            assertThatThrownBy(() -> client.register("a-value", INCOMPATIBLE))
                    .isInstanceOf(RegistryException.Incompatible.class);
        }
    }

    @Test
    void start_whileAnEarlierChildStillRuns_waitsForItsEnd() throws Exception {
        EmbeddedRegistry earlier = EmbeddedRegistry.start(EmbeddedRegistry.home(), dir, 0);
        try (EmbeddedRegistry later = EmbeddedRegistry.start(EmbeddedRegistry.home(), dir, 0)) {
            assertThat(ProcessHandle.of(earlier.pid()).flatMap(p -> p.info().command()))
                    .isEmpty();
            assertThat(later.url()).isEqualTo(earlier.url());
        } finally {
            earlier.close();
        }
    }

    @Test
    void start_ofAProgramThatFails_showsTheEndOfItsLog() throws Exception {
        Path home = Files.createDirectory(dir.resolve("home"));
        Files.writeString(home.resolve("apicurio-registry-app-0-runner.jar"), "no jar");
        Path data = dir.resolve("data");
        assertThatThrownBy(() -> EmbeddedRegistry.start(home, data, 0))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("ended with exit code 1")
                .hasMessageContaining(data.resolve("registry.log").toString())
                .hasMessageContaining("jar");
    }

    @Test
    void start_onAPortInUse_saysSo() throws Exception {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
            assertThatThrownBy(() -> EmbeddedRegistry.start(EmbeddedRegistry.home(), dir, other.getLocalPort()))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("port " + other.getLocalPort() + " on 127.0.0.1 is in use");
        }
    }

    private static RegistryClient client(EmbeddedRegistry registry) {
        return new RegistryClient(registry.url(), Map.of(), RegistryLimits.DEFAULT);
    }
}
