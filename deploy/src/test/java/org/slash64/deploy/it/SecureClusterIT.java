package org.slash64.deploy.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slash64.deploy.bench.Slash64Process;
import org.slash64.deploy.pipeline.Endpoints;
import org.slash64.testkit.kafka.EmbeddedKafka;
import org.slash64.testkit.registry.EmbeddedRegistry;

/** A broker and a registry that want TLS and a password: all clients of the program have them from the configuration. */
@Timeout(value = 300, unit = TimeUnit.SECONDS)
class SecureClusterIT {

    private static final int LINES = 1_000;
    private static final String PLAIN = "org.apache.kafka.common.security.plain.PlainLoginModule required";

    @TempDir
    Path dir;

    private TestKeys keys;
    private EmbeddedKafka kafka;
    private EmbeddedRegistry registry;
    private GuardedRegistry guarded;

    @BeforeEach
    void start() throws Exception {
        keys = TestKeys.make(dir);
        kafka = EmbeddedKafka.start(dir.resolve("kafka"), 0, brokerSettings());
        registry = EmbeddedRegistry.start(EmbeddedRegistry.home(), dir.resolve("registry"), 0);
        guarded = GuardedRegistry.start(registry.url(), "slash64:of the registry", keys);
    }

    private Map<String, String> brokerSettings() {
        Map<String, String> settings = new HashMap<>();
        settings.put("listener.security.protocol.map", "BROKER:SASL_SSL,CONTROLLER:PLAINTEXT");
        settings.put("sasl.enabled.mechanisms", "PLAIN");
        settings.put("sasl.mechanism.inter.broker.protocol", "PLAIN");
        settings.put(
                "listener.name.broker.plain.sasl.jaas.config",
                PLAIN + " username=\"broker\" password=\"its own\" user_broker=\"its own\" user_slash64=\"of Kafka\";");
        settings.putAll(tls("ssl."));
        settings.put("ssl.keystore.location", keys.keys().toString());
        settings.put("ssl.keystore.type", "PKCS12");
        settings.put("ssl.keystore.password", TestKeys.PASSWORD);
        return settings;
    }

    private Map<String, String> tls(String start) {
        return Map.of(
                start + "truststore.location",
                keys.trusted().toString(),
                start + "truststore.type",
                "PKCS12",
                start + "truststore.password",
                TestKeys.PASSWORD);
    }

    private Map<String, String> ofKafka(String password) {
        Map<String, String> settings = new HashMap<>(tls("ssl."));
        settings.put("security.protocol", "SASL_SSL");
        settings.put("sasl.mechanism", "PLAIN");
        settings.put("sasl.jaas.config", PLAIN + " username=\"slash64\" password=\"" + password + "\";");
        return settings;
    }

    private Map<String, String> ofRegistry(String password) {
        Map<String, String> settings = new HashMap<>(tls("schema.registry.ssl."));
        settings.put("basic.auth.credentials.source", "USER_INFO");
        settings.put("basic.auth.user.info", "slash64:" + password);
        return settings;
    }

    @AfterEach
    void stop() {
        guarded.close();
        registry.close();
        kafka.close();
    }

    @Test
    void run_withBothPasswords_doesTheWholeLog() throws Exception {
        MailLog log = MailLog.sample().part(0, LINES);
        try (SampleZone dns = SampleZone.serve();
                Slash64Process program = run(dns, log, "of Kafka", "of the registry")) {
            assertThat(program.awaitExit(Slash64Process.LONG))
                    .as(program.output())
                    .isZero();
        }
        TopicContents topics = TopicContents.of(new Endpoints(
                kafka.bootstrapServers(), guarded.url(), ofKafka("of Kafka"), ofRegistry("of the registry")));
        assertThat(topics.verdictsById().keySet())
                .isEqualTo(Parsed.events(log).keySet())
                .isNotEmpty();
        assertThat(guarded.refused()).isZero();
        assertThat(guarded.passed()).isPositive();
    }

    @Test
    void run_withAWrongPassword_saysSoAndEnds() throws Exception {
        MailLog log = MailLog.sample().part(0, LINES);
        try (SampleZone dns = SampleZone.serve();
                Slash64Process atKafka = run(dns, log, "wrong", "of the registry")) {
            assertThat(atKafka.awaitExit(Slash64Process.LONG)).isNotIn(0);
            assertThat(atKafka.output()).contains("Authentication failed").doesNotContain("wrong\"");
        }
        try (SampleZone dns = SampleZone.serve();
                Slash64Process atRegistry = run(dns, log, "of Kafka", "wrong")) {
            assertThat(atRegistry.awaitExit(Slash64Process.LONG)).isNotIn(0);
            assertThat(atRegistry.output()).contains(guarded.url(), "401");
        }
    }

    private Slash64Process run(SampleZone dns, MailLog log, String kafkaPassword, String registryPassword)
            throws Exception {
        StringBuilder yaml = new StringBuilder("kafka:\n  bootstrap-servers: [" + kafka.bootstrapServers() + "]\n");
        properties(yaml, ofKafka(kafkaPassword));
        yaml.append("schema-registry:\n  url: ").append(guarded.url()).append('\n');
        properties(yaml, ofRegistry(registryPassword));
        Path config = Files.writeString(dir.resolve("secure.yaml"), yaml);
        Path file = Files.write(dir.resolve("mail.log"), log.bytes());
        return Slash64Process.start(dns.run(
                Files.createTempDirectory(dir, "data"),
                "--config",
                config.toString(),
                "--log",
                file.toString(),
                "--until-idle"));
    }

    private static void properties(StringBuilder yaml, Map<String, String> properties) {
        yaml.append("  properties:\n");
        properties.forEach((name, value) ->
                yaml.append("    ").append(name).append(": '").append(value).append("'\n"));
    }
}
