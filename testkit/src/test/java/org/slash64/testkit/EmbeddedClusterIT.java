package org.slash64.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificRecord;
import org.apache.avro.util.RandomData;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slash64.schemas.Topic;
import org.slash64.schemas.TopicLayout;
import org.slash64.schemas.TopicReport;
import org.slash64.schemas.TopicSetup;
import org.slash64.schemas.Topics;
import org.slash64.schemas.registry.AvroSerde;
import org.slash64.schemas.registry.Compatibility;
import org.slash64.schemas.registry.RegistryClient;
import org.slash64.schemas.registry.RegistryException;
import org.slash64.schemas.registry.RegistryLimits;
import org.slash64.schemas.registry.SchemaSetup;
import org.slash64.testkit.registry.EmbeddedRegistry;

@Timeout(value = 180, unit = TimeUnit.SECONDS)
class EmbeddedClusterIT {
    private static final Duration WAIT = Duration.ofSeconds(30);
    private static final long SEED = 64;

    @TempDir
    Path dir;

    @Test
    void start_onceMore_keepsTopicsRecordsSchemasAndIds() throws Exception {
        Map<String, Integer> idsBefore;
        String servers;
        try (EmbeddedCluster cluster = start()) {
            servers = cluster.bootstrapServers();
            assertThat(createTopics(cluster).created()).hasSize(Topics.all().size());
            idsBefore = registerAll(cluster);
            produceOneOfEach(cluster);
            assertThat(consumeOneOfEach(cluster)).hasSize(Topics.all().size());
        }
        try (EmbeddedCluster cluster = start()) {
            assertThat(cluster.bootstrapServers()).isEqualTo(servers);
            TopicReport report = createTopics(cluster);
            assertThat(report.created()).isEmpty();
            assertThat(report.differing()).isEmpty();
            assertThat(registerAll(cluster)).isEqualTo(idsBefore);
            assertThat(consumeOneOfEach(cluster)).hasSize(Topics.all().size());
        }
    }

    @Test
    void kill_ofTheProgram_keepsEverythingAndLeavesNoRegistry() throws Exception {
        Process program = startProgram();
        long registryPid;
        try (BufferedReader output = program.inputReader()) {
            registryPid = Long.parseLong(output.readLine());
            assertThat(ProcessHandle.of(registryPid)).isPresent();
        } finally {
            program.destroyForcibly().waitFor();
        }
        assertThat(endsWithin(WAIT, registryPid)).isTrue();
        try (EmbeddedCluster cluster = start()) {
            assertThat(createTopics(cluster).created()).isEmpty();
            assertThat(consumeOneOfEach(cluster)).hasSize(Topics.all().size());
            try (RegistryClient client = client(cluster.registryUrl())) {
                assertThat(client.byId(1)).isNotNull();
            }
        }
    }

    /** A process that ended counts as gone even where nobody reaps it: then it has no command any more. */
    private static boolean endsWithin(Duration time, long pid) throws Exception {
        Instant deadline = Instant.now().plus(time);
        Optional<ProcessHandle> process = ProcessHandle.of(pid);
        while (process.flatMap(p -> p.info().command()).isPresent()) {
            if (Instant.now().isAfter(deadline)) {
                return false;
            }
            process.get()
                    .onExit()
                    .completeOnTimeout(null, 50, TimeUnit.MILLISECONDS)
                    .get();
        }
        return true;
    }

    private Process startProgram() throws Exception {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "-D" + EmbeddedRegistry.HOME_PROPERTY + "=" + EmbeddedRegistry.home(),
                        Program.class.getName(),
                        dir.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    /** A program to be killed: it starts a cluster, fills it, says the registry's process id and stays. */
    static final class Program {
        private Program() {}

        public static void main(String[] arguments) throws Exception {
            EmbeddedCluster cluster = EmbeddedCluster.start(Path.of(arguments[0]), 0, 0, EmbeddedRegistry.home());
            createTopics(cluster);
            registerAll(cluster);
            produceOneOfEach(cluster);
            System.out.println(cluster.registryPid());
            Thread.currentThread().join();
        }
    }

    @Test
    void start_inADirectoryInUse_saysWhoHoldsIt() throws Exception {
        try (EmbeddedCluster cluster = start()) {
            assertThat(cluster.registryPid()).isPositive();
            assertThatThrownBy(this::start)
                    .isInstanceOf(DataDirInUseException.class)
                    .hasMessageContaining(dir.toString())
                    .hasMessageContaining("process " + ProcessHandle.current().pid());
        }
    }

    @Test
    void start_withoutARegistryProgram_stopsTheBrokerAndFreesTheDirectory() throws Exception {
        Path nowhere = dir.resolve("nowhere");
        assertThatThrownBy(() -> EmbeddedCluster.start(dir, 0, 0, nowhere))
                .hasMessageContaining("no schema registry in " + nowhere);
        try (EmbeddedCluster cluster = start()) {
            assertThat(cluster.bootstrapServers()).startsWith("127.0.0.1:");
        }
    }

    @Test
    void createTopics_withOtherPartitions_reportsAndLeavesThem() throws Exception {
        try (EmbeddedCluster cluster = start()) {
            createTopics(cluster);
            TopicLayout layout = new TopicLayout(Map.of("smtp.log", 8), TopicLayout.BROKER_DEFAULT);
            assertThat(TopicSetup.create(admin(cluster), Topics.all(), layout).differing())
                    .containsExactly(new TopicReport.Partitions("smtp.log", 1, 8));
        }
    }

    @Test
    void createTopics_once_leavesEveryPartitionWithALeaderThatAnswers() throws Exception {
        try (EmbeddedCluster cluster = start()) {
            createTopics(cluster);
            Map<TopicPartition, OffsetSpec> all = new HashMap<>();
            for (Topic<?> topic : Topics.all()) {
                for (int partition = 0; partition < topic.partitions(); partition++) {
                    all.put(new TopicPartition(topic.name(), partition), OffsetSpec.latest());
                }
            }
            Map<String, Object> once = new HashMap<>(admin(cluster));
            once.put(AdminClientConfig.RETRIES_CONFIG, 0);
            try (Admin admin = Admin.create(once)) {
                assertThat(admin.listOffsets(all).all().get().keySet()).isEqualTo(all.keySet());
            }
        }
    }

    @Test
    void register_anIncompatibleSchema_namesSubjectAndReason() throws Exception {
        Schema first = SchemaBuilder.record("A").fields().requiredInt("x").endRecord();
        Schema second = SchemaBuilder.record("A")
                .fields()
                .requiredInt("x")
                .requiredInt("y")
                .endRecord();
        Schema third = SchemaBuilder.record("A")
                .fields()
                .requiredInt("x")
                .name("y")
                .type()
                .intType()
                .intDefault(0)
                .endRecord();
        try (EmbeddedCluster cluster = start();
                RegistryClient client = client(cluster.registryUrl())) {
            client.register("a-value", first);
            assertThat(client.requireCompatibility("a-value", Compatibility.BACKWARD_TRANSITIVE))
                    .isTrue();
            assertThatThrownBy(() -> client.register("a-value", second))
                    .isInstanceOf(RegistryException.Incompatible.class)
                    .hasMessageContaining("a-value");
            assertThat(client.byId(client.register("a-value", third))).isEqualTo(third);
            assertThatThrownBy(() -> client.byId(999))
                    .isInstanceOf(RegistryException.UnknownId.class)
                    .hasMessageContaining("999");
        }
    }

    @Test
    void register_atARegistryThatIsDown_saysWhatToCheck() throws Exception {
        String url = "http://127.0.0.1:" + LoopbackPort.free() + "/apis/ccompat/v7";
        try (RegistryClient client = client(url)) {
            assertThatThrownBy(() -> SchemaSetup.register(client, Topics.all()))
                    .isInstanceOf(RegistryException.Unavailable.class)
                    .hasMessageContaining(url)
                    .hasMessageContaining("check that it runs");
        }
    }

    private EmbeddedCluster start() throws Exception {
        return EmbeddedCluster.start(dir, 0, 0, EmbeddedRegistry.home());
    }

    private static RegistryClient client(String url) {
        return new RegistryClient(url, Map.of(), RegistryLimits.DEFAULT);
    }

    private static Map<String, Object> admin(EmbeddedCluster cluster) {
        return Map.of("bootstrap.servers", cluster.bootstrapServers());
    }

    private static TopicReport createTopics(EmbeddedCluster cluster) throws Exception {
        return TopicSetup.create(admin(cluster), Topics.all(), TopicLayout.DECLARED);
    }

    private static Map<String, Integer> registerAll(EmbeddedCluster cluster) throws Exception {
        Map<String, Integer> ids = new TreeMap<>();
        try (RegistryClient client = client(cluster.registryUrl())) {
            SchemaSetup.register(client, Topics.all());
            for (Topic<?> topic : Topics.all()) {
                if (topic.schema().isPresent()) {
                    ids.put(
                            topic.name(),
                            client.register(topic.subject(), topic.schema().get()));
                }
            }
        }
        return ids;
    }

    /** Of each topic one record; the Avro ones are filled at random, always with the same seed. */
    private static void produceOneOfEach(EmbeddedCluster cluster) throws Exception {
        try (RegistryClient client = client(cluster.registryUrl());
                KafkaProducer<String, byte[]> producer =
                        new KafkaProducer<>(admin(cluster), new StringSerializer(), new ByteArraySerializer())) {
            for (Topic<?> topic : Topics.all()) {
                producer.send(new ProducerRecord<>(topic.name(), topic.key(), sample(topic, client)))
                        .get();
            }
        }
    }

    private static byte[] sample(Topic<?> topic, RegistryClient client) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(0);
        if (topic.schema().isPresent()) {
            Schema schema = topic.schema().get();
            int id = client.register(topic.subject(), schema);
            bytes.write(ByteBuffer.allocate(Integer.BYTES).putInt(id).array());
            Object value = new RandomData(schema, 1, SEED).iterator().next();
            BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);
            new GenericDatumWriter<>(schema).write(value, encoder);
        }
        return bytes.toByteArray();
    }

    /** Reads the first record of every topic, and checks that what is read can be written and read again. */
    private static List<String> consumeOneOfEach(EmbeddedCluster cluster) throws Exception {
        List<String> seen = new ArrayList<>();
        try (RegistryClient client = client(cluster.registryUrl());
                KafkaConsumer<String, byte[]> consumer =
                        new KafkaConsumer<>(consumer(cluster), new StringDeserializer(), new ByteArrayDeserializer())) {
            consumer.subscribe(Topics.all().stream().map(Topic::name).toList());
            Instant deadline = Instant.now().plus(WAIT);
            while (seen.size() < Topics.all().size() && Instant.now().isBefore(deadline)) {
                for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofMillis(200))) {
                    check(record, client);
                    seen.add(record.topic());
                }
            }
        }
        return seen;
    }

    private static void check(ConsumerRecord<String, byte[]> record, RegistryClient client) {
        Topic<?> topic = Topics.all().stream()
                .filter(t -> t.name().equals(record.topic()))
                .findFirst()
                .orElseThrow();
        assertThat(record.key()).isEqualTo(topic.key());
        topic.value().ifPresent(type -> checkAvro(type.asSubclass(SpecificRecord.class), record, client));
    }

    private static <T extends SpecificRecord> void checkAvro(
            Class<T> type, ConsumerRecord<String, byte[]> record, RegistryClient client) {
        try (AvroSerde<T> serde = AvroSerde.internal(type, client)) {
            T value = serde.deserializer().deserialize(record.topic(), record.value());
            byte[] again = serde.serializer().serialize(record.topic(), value);
            assertThat(serde.deserializer().deserialize(record.topic(), again)).isEqualTo(value);
        }
    }

    private static Map<String, Object> consumer(EmbeddedCluster cluster) {
        return Map.of(
                "bootstrap.servers",
                cluster.bootstrapServers(),
                "group.id",
                "reader-" + UUID.randomUUID(),
                "auto.offset.reset",
                "earliest");
    }
}
