package org.slash64.deploy.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.slash64.deploy.it.TopicContents.differences;
import static org.slash64.deploy.it.TopicContents.last;
import static org.slash64.deploy.it.TopicContents.number;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slash64.deploy.bench.Slash64Process;
import org.slash64.deploy.pipeline.Endpoints;
import org.slash64.schemas.SmtpEvent;
import org.slash64.schemas.Topics;

/** One log gives the same events, counts and listings however it comes in and however often the program is killed. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 600, unit = TimeUnit.SECONDS)
class SameLogIT {

    private static final Duration END = Duration.ofSeconds(20);

    private Path dir;
    private MailLog log;
    private Path file;
    private SampleZone dns;
    private TopicContents undisturbed;

    @BeforeAll
    void runUndisturbed(@TempDir Path folder) throws Exception {
        dir = folder;
        log = MailLog.sample();
        file = log.write(dir.resolve("mail.log"));
        dns = SampleZone.serve();
        undisturbed = runToTheEnd("undisturbed", file);
    }

    @AfterAll
    void stopDns() throws Exception {
        if (dns != null) {
            dns.close();
        }
    }

    @Test
    void run_onTheSample_givesEachEventOnceWithAVerdictAndListsTheBad() {
        assertThat(number(undisturbed.events()))
                .isEqualTo(undisturbed.eventsById().size())
                .isGreaterThan(3_000);
        assertThat(undisturbed.verdictsById().keySet())
                .isEqualTo(undisturbed.eventsById().keySet());
        assertThat(number(undisturbed.verdicts())).isEqualTo(number(undisturbed.events()));
        assertThat(last(undisturbed.blocklist())).isNotEmpty();
        assertThat(undisturbed.limits()).isNotEmpty();
        assertThat(last(undisturbed.reputation())).isNotEmpty();
        assertThat(undisturbed.deadLetters()).isEmpty();
    }

    @Test
    void run_onceMoreOnTheSameFile_addsNothing() throws Exception {
        TopicContents again = runToTheEnd("undisturbed", file);
        assertThat(number(again.events())).isEqualTo(number(undisturbed.events()));
        assertThat(number(again.verdicts())).isEqualTo(number(undisturbed.verdicts()));
        assertThat(number(again.counts())).isEqualTo(number(undisturbed.counts()));
        assertThat(number(again.limits())).isEqualTo(number(undisturbed.limits()));
        assertThat(number(again.blocklist())).isEqualTo(number(undisturbed.blocklist()));
        assertThat(number(again.history())).isEqualTo(number(undisturbed.history()));
    }

    @Test
    void run_onTwoHalvesInTwoStarts_givesTheSame() throws Exception {
        int middle = log.middleOfSession();
        Path first = log.part(0, middle).write(dir.resolve("first.log"));
        Path second = log.part(middle, log.size()).write(dir.resolve("second.log"));
        run("halves", first);
        assertSameAsUndisturbed(runToTheEnd("halves", second));
    }

    @Test
    void run_onLinesOfAnotherProducer_givesTheSameEvents() throws Exception {
        try (Slash64Process program = Slash64Process.start(dns.run(dir.resolve("producer")))) {
            Endpoints endpoints = program.awaitEndpoints();
            send(endpoints);
            Watch.awaitEvents(endpoints, number(undisturbed.events()));
            assertThat(differences(
                            undisturbed.eventsById(),
                            TopicContents.of(endpoints).eventsById()))
                    .isEmpty();
            program.terminate();
            assertThat(program.awaitExit(END)).as(program.output()).isIn(0, 143);
        }
        assertThat(dir.resolve("producer/zones/blocklist.ip6trie")).isNotEmptyFile();
        assertThat(dir.resolve("producer/zones/blocklist.ip4trie")).isNotEmptyFile();
    }

    private void send(Endpoints endpoints) {
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(endpoints.admin(), new ByteArraySerializer(), new ByteArraySerializer())) {
            for (String line : log.lines()) {
                post(producer, line);
            }
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // what does not arrive is missing among the events
    private static void post(KafkaProducer<byte[], byte[]> producer, String line) {
        producer.send(new ProducerRecord<>(Topics.SMTP_LOG.name(), line.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void run_killedTwiceAndItsLocalStateBroken_endsTheSameAndLeavesNoRegistry() throws Exception {
        Path data = dir.resolve("killed");
        killAfter(data, number(undisturbed.events()) / 10);
        killAfter(data, number(undisturbed.events()) / 3);
        breakStores(data.resolve("streams"));
        assertSameAsUndisturbed(runToTheEnd("killed", file));
    }

    private void killAfter(Path data, long events) throws Exception {
        List<ProcessHandle> registries;
        try (Slash64Process program = Slash64Process.start(dns.run(data, "--log", file.toString()))) {
            long seen = Watch.awaitEvents(program.awaitEndpoints(), events);
            assertThat(seen).as("events before the kill").isLessThan(number(undisturbed.events()));
            registries = registriesOf(data);
            program.kill();
        }
        assertThat(registries).hasSize(1);
        registries.get(0).onExit().get(END.toMillis(), TimeUnit.MILLISECONDS);
        assertThat(registriesOf(data)).isEmpty();
    }

    /** No store can be opened any more; what they held is in their changelogs. */
    private static void breakStores(Path streams) throws Exception {
        try (Stream<Path> files = Files.walk(streams)) {
            for (Path file : files.filter(path -> path.endsWith("CURRENT")).toList()) {
                Files.writeString(file, "garbage");
            }
        }
    }

    private static List<ProcessHandle> registriesOf(Path data) {
        return ProcessHandle.allProcesses()
                .filter(process -> process.info()
                        .commandLine()
                        .filter(line -> line.contains("apicurio") && line.contains(data.toString()))
                        .isPresent())
                .toList();
    }

    @Test
    void replay_byTheRulesOfTheStream_decidesTheSame() throws Exception {
        JsonNode last = replayed("--list-documentation").get(0);
        assertThat(last.get("verdicts").asLong()).isEqualTo(number(undisturbed.verdicts()));
        assertThat(last.get("streamAlone").asLong()).isZero();
        assertThat(last.get("replayAlone").asLong()).isZero();
        assertThat(last.get("listedAtSameTimes").asLong()).isPositive();
    }

    @Test
    void replay_byOtherRules_tellsWhatWouldDiffer_inTheSameBytesEachTime() throws Exception {
        Path rules = Files.writeString(dir.resolve("rules.yaml"), "listing: {documentation: true, minimum-bad: 4}");
        String[] options = {"--list-documentation", "--config", rules.toString(), "--from", "2020-01-01"};
        List<JsonNode> found = replayed(options);
        assertThat(found).anySatisfy(line -> {
            assertThat(line.path("type").asText()).isEqualTo("listed");
            assertThat(line.path("rules").asText()).isEqualTo("tried");
        });
        assertThat(found.get(found.size() - 1).get("listedByTriedOnly").asLong())
                .isPositive();
        assertThat(replayed(options)).isEqualTo(found);
    }

    private List<JsonNode> replayed(String... options) throws Exception {
        List<String> arguments = new ArrayList<>(
                List.of("replay", "--json", "--data", dir.resolve("undisturbed").toString()));
        arguments.addAll(List.of(options));
        arguments.addAll(List.of("--to", "2040-01-01"));
        try (Slash64Process program = Slash64Process.start(arguments)) {
            assertThat(program.awaitExit(Slash64Process.LONG))
                    .as(program.output())
                    .isZero();
            ObjectMapper json = new ObjectMapper();
            List<JsonNode> lines = new ArrayList<>();
            for (String line : program.out()) {
                lines.add(json.readTree(line));
            }
            return lines;
        }
    }

    @Test
    void parse_json_givesTheSameEventsOneALine() throws Exception {
        Map<String, JsonNode> events = new HashMap<>();
        try (Slash64Process program = Slash64Process.start(List.of("parse", "--json", file.toString()))) {
            assertThat(program.awaitExit(Slash64Process.LONG)).isZero();
            ObjectMapper json = new ObjectMapper();
            for (String line : program.out()) {
                JsonNode event = json.readTree(line);
                events.put(event.get("id").asText(), event);
            }
            assertThat(program.out()).hasSameSizeAs(events.values());
        }
        Map<String, String> expected = new TreeMap<>();
        undisturbed.eventsById().forEach((id, event) -> expected.put(id, text(event)));
        Map<String, String> actual = new TreeMap<>();
        events.forEach((id, event) -> actual.put(id, text(event)));
        assertThat(differences(expected, actual)).isEmpty();
    }

    private static String text(SmtpEvent event) {
        return event.getKind() + " " + event.getClient() + " " + event.getTime();
    }

    private static String text(JsonNode event) {
        return event.get("kind").asText() + " " + event.get("client").asText() + " "
                + event.get("time").asText();
    }

    private TopicContents runToTheEnd(String data, Path logFile) throws Exception {
        run(data, logFile);
        return TopicContents.ofStopped(dir.resolve(data));
    }

    private void run(String data, Path logFile) throws Exception {
        List<String> arguments = new ArrayList<>(dns.run(dir.resolve(data), "--log", logFile.toString()));
        arguments.add("--until-idle");
        try (Slash64Process program = Slash64Process.start(arguments)) {
            assertThat(program.awaitExit(Slash64Process.LONG))
                    .as(program.output())
                    .isZero();
        }
    }

    private void assertSameAsUndisturbed(TopicContents actual) {
        assertThat(differences(undisturbed.eventsById(), actual.eventsById())).isEmpty();
        assertThat(number(actual.verdicts())).isEqualTo(number(undisturbed.verdicts()));
        assertThat(differences(undisturbed.verdictsById(), actual.verdictsById()))
                .isEmpty();
        assertThat(differences(last(undisturbed.counts()), last(actual.counts())))
                .isEmpty();
        assertThat(differences(last(undisturbed.limits()), last(actual.limits())))
                .isEmpty();
        assertThat(differences(last(undisturbed.blocklist()), last(actual.blocklist())))
                .isEmpty();
        assertThat(differences(undisturbed.history(), actual.history())).isEmpty();
        assertThat(differences(last(undisturbed.reputation()), last(actual.reputation())))
                .isEmpty();
    }
}
