package org.slash64.testkit.clients;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slash64.schemas.Topic;
import org.slash64.schemas.TopicLayout;
import org.slash64.schemas.TopicSetup;
import org.slash64.schemas.Topics;
import org.slash64.schemas.registry.RegistryClient;
import org.slash64.schemas.registry.RegistryLimits;
import org.slash64.schemas.registry.SchemaSetup;
import org.slash64.testkit.EmbeddedCluster;
import org.slash64.testkit.registry.EmbeddedRegistry;

/** Clients that share no code with slash64 read every topic: librdkafka the bytes, Node.js the decoded records. */
@Timeout(value = 240, unit = TimeUnit.SECONDS)
class ForeignClientsIT {
    private static final Duration INSTALLED_WITHIN = Duration.ofMinutes(2);
    private static final Duration READ_WITHIN = Duration.ofMinutes(1);
    private static final Path SCRIPTS = Path.of("src/test/js");
    private static final Path INSTALLED = Path.of("target/js");
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    static Path dir;

    private static EmbeddedCluster cluster;
    private static Map<Sample<?>, byte[]> written;

    private final Command command = new Command(dir);

    @BeforeAll
    static void writeOneTransaction() throws Exception {
        cluster = EmbeddedCluster.start(dir.resolve("data"), 0, 0, EmbeddedRegistry.home());
        TopicSetup.create(Map.of("bootstrap.servers", cluster.bootstrapServers()), Topics.all(), TopicLayout.DECLARED);
        try (RegistryClient registry = new RegistryClient(cluster.registryUrl(), Map.of(), RegistryLimits.DEFAULT);
                KafkaProducer<String, byte[]> producer =
                        new KafkaProducer<>(producer(), new StringSerializer(), new ByteArraySerializer())) {
            SchemaSetup.register(registry, Topics.all());
            written = new HashMap<>();
            Samples.ofEveryTopic().forEach(sample -> written.put(sample, sample.wire(registry)));
            producer.initTransactions();
            producer.beginTransaction();
            for (Map.Entry<Sample<?>, byte[]> entry : written.entrySet()) {
                Sample<?> sample = entry.getKey();
                producer.send(new ProducerRecord<>(sample.topic().name(), sample.key(), entry.getValue()))
                        .get();
            }
            producer.commitTransaction();
        }
    }

    /** Compressed by what Kafka clients of every language read without an addition. */
    private static Map<String, Object> producer() {
        return Map.of(
                "bootstrap.servers",
                cluster.bootstrapServers(),
                "transactional.id",
                "foreign-clients",
                "compression.type",
                "gzip",
                "linger.ms",
                0);
    }

    @AfterAll
    static void stop() throws IOException {
        if (cluster != null) {
            cluster.close();
        }
    }

    @Test
    void samples_coverEveryTopic() {
        assertThat(written.keySet().stream()
                        .map(sample -> sample.topic().name())
                        .distinct())
                .containsExactlyInAnyOrderElementsOf(
                        Topics.all().stream().map(Topic::name).toList());
    }

    @Test
    void kcat_readsTheSameBytes() throws Exception {
        assumeTrue(command.exists("kcat", "-V"), "kcat is not installed, so nobody else read the topics' bytes");
        Map<Topic<?>, List<Sample<?>>> byTopic = written.keySet().stream().collect(groupingBy(Sample::topic));
        for (Map.Entry<Topic<?>, List<Sample<?>>> topic : byTopic.entrySet()) {
            List<String> expected = topic.getValue().stream()
                    .map(sample -> sample.key() + " " + hex(written.get(sample)))
                    .toList();
            assertThat(readByKcat(topic.getKey()))
                    .as(topic.getKey().name())
                    .containsExactlyInAnyOrderElementsOf(expected);
        }
    }

    private List<String> readByKcat(Topic<?> topic) throws Exception {
        // a record is the key, a line feed, four bytes with the value's length, the value
        Command.Ended kcat = command.run(
                dir,
                READ_WITHIN,
                "kcat",
                "-C",
                "-q",
                "-e",
                "-X",
                "fetch.wait.max.ms=10",
                "-b",
                cluster.bootstrapServers(),
                "-t",
                topic.name(),
                "-f",
                "%k\\n%R%s");
        assertThat(kcat.exit()).as(kcat.complaint()).isZero();
        ByteBuffer output = ByteBuffer.wrap(kcat.output());
        List<String> records = new ArrayList<>();
        while (output.hasRemaining()) {
            records.add(line(output) + " " + hex(value(output)));
        }
        return records;
    }

    private static String line(ByteBuffer output) {
        StringBuilder line = new StringBuilder();
        for (byte b = output.get(); b != '\n'; b = output.get()) {
            line.append((char) b);
        }
        return line.toString();
    }

    private static byte[] value(ByteBuffer output) {
        int length = output.getInt();
        if (length < 0) {
            return null;
        }
        byte[] value = new byte[length];
        output.get(value);
        return value;
    }

    private static String hex(byte[] value) {
        return value == null ? "a tombstone" : HexFormat.of().formatHex(value);
    }

    @Test
    void wireFormat_isMagicByteAndSchemaId() throws Exception {
        try (RegistryClient registry = new RegistryClient(cluster.registryUrl(), Map.of(), RegistryLimits.DEFAULT)) {
            for (Map.Entry<Sample<?>, byte[]> entry : written.entrySet()) {
                Topic<?> topic = entry.getKey().topic();
                if (topic.schema().isPresent() && entry.getValue() != null) {
                    ByteBuffer bytes = ByteBuffer.wrap(entry.getValue());
                    assertThat(bytes.get()).isZero();
                    assertThat(registry.byId(bytes.getInt()))
                            .isEqualTo(topic.schema().get());
                }
            }
        }
    }

    @Test
    void nodeClients_decodeEveryRecord() throws Exception {
        Map<String, JsonNode> read = readByNode();
        Map<String, JsonNode> expected =
                written.keySet().stream().collect(toMap(ForeignClientsIT::name, ForeignClientsIT::decoded));
        assertThat(read).containsExactlyInAnyOrderEntriesOf(expected);
        JsonNode verdict = read.get("smtp.verdicts 00112233445566778899aabbccddeeff");
        assertThat(verdict.at("/fcrdns/result").textValue()).isEqualTo("PASS");
        assertThat(verdict.at("/event/kind").textValue()).isEqualTo("REJECTION");
        assertThat(verdict.at("/outcome").textValue()).isEqualTo("BAD");
        assertThat(read.get("blocklist 2001:db8:1::/48").at("/strikes").intValue())
                .isEqualTo(2);
        assertThat(read.get("blocklist 2001:db8:1:2::/64").isNull()).isTrue();
    }

    private Map<String, JsonNode> readByNode() throws Exception {
        install();
        List<String> call = new ArrayList<>(List.of(
                "node",
                "read-topics.js",
                cluster.bootstrapServers(),
                cluster.registryUrl(),
                Integer.toString(written.size())));
        Topics.all().forEach(topic -> call.add(topic.name() + (topic.schema().isPresent() ? "" : ":bytes")));
        Command.Ended node = command.run(INSTALLED, READ_WITHIN, call.toArray(String[]::new));
        assertThat(node.exit()).as(node.errors()).isZero();
        Map<String, JsonNode> records = new TreeMap<>();
        for (String line : node.text().lines().toList()) {
            JsonNode record = JSON.readTree(line);
            JsonNode value = record.get("value");
            records.put(name(record.get("topic").textValue(), record.get("key").textValue(), value), value);
        }
        return records;
    }

    private void install() throws Exception {
        assumeTrue(
                command.exists("node", "--version") && command.exists("npm", "--version"),
                "Node.js or npm is not installed, so nobody else decoded the topics' Avro");
        Files.createDirectories(INSTALLED);
        for (String file : List.of("package.json", "package-lock.json", "read-topics.js")) {
            Files.copy(SCRIPTS.resolve(file), INSTALLED.resolve(file), StandardCopyOption.REPLACE_EXISTING);
        }
        Command.Ended npm = command.run(
                INSTALLED,
                INSTALLED_WITHIN,
                "npm",
                "ci",
                "--ignore-scripts",
                "--prefer-offline",
                "--fetch-retries=1",
                "--no-audit",
                "--no-fund");
        assumeTrue(
                npm.exit() == 0,
                () -> "npm cannot install the clients, so nobody else decoded the topics' Avro; " + npm.complaint());
    }

    private static String name(Sample<?> sample) {
        return name(sample.topic().name(), sample.key(), decoded(sample));
    }

    /** Of the two events of one connection, the kind tells which one it is. */
    private static String name(String topic, String key, JsonNode value) {
        return Stream.of(topic, key, value.path("kind").asText())
                .filter(part -> !part.isEmpty())
                .collect(joining(" "));
    }

    private static JsonNode decoded(Sample<?> sample) {
        return AvroJson.of(
                sample.value() instanceof byte[] bytes ? Base64.getEncoder().encodeToString(bytes) : sample.value());
    }
}
