package org.slash64.topology;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.slash64.connectors.mta.LogParsers;
import org.slash64.schemas.Counts;
import org.slash64.schemas.FcrdnsResult;
import org.slash64.schemas.LimitDecision;
import org.slash64.schemas.Listing;
import org.slash64.schemas.ListingChange;
import org.slash64.schemas.PrefixCount;
import org.slash64.schemas.Topic;
import org.slash64.schemas.Topics;
import org.slash64.schemas.registry.AvroSerde;
import org.slash64.topology.correlate.CorrelatorSettings;

/** The whole graph with one partition of everything: log lines of 16 November 2026 go in, and the topics are read. */
final class Site implements AutoCloseable {

    /** Wall time at the start: much later than what the lines tell. */
    static final Instant WALL = Instant.parse("2028-02-01T12:00:00Z");

    /** Listings with documentation prefixes, which the lines of the tests are about; lines come in order. */
    static final TopologySettings SETTINGS = TopologySettings.defaults()
            .withZone(java.time.ZoneOffset.UTC)
            .withCorrelation(CorrelatorSettings.defaults().withWaits(Duration.ZERO, Duration.ZERO))
            .withRules(Rules.defaults().withDocumentation());

    private final Map<String, FcrdnsResult> clients = new HashMap<>();
    private final SchemasInMemory schemas = new SchemasInMemory();
    private final TopologyTestDriver driver;
    private final TestInputTopic<byte[], byte[]> log;
    private final Map<String, TestOutputTopic<String, ?>> topics = new HashMap<>();
    private final Map<String, PrefixCount> counts = new LinkedHashMap<>();
    private final List<PrefixCount> closed = new ArrayList<>();
    private int processes = 100;

    Site(Path directory, TopologySettings settings) {
        Properties config = new Properties();
        config.put(StreamsConfig.APPLICATION_ID_CONFIG, "site");
        config.put(StreamsConfig.STATE_DIR_CONFIG, directory.toString());
        SmtpTopology topology = new SmtpTopology(
                settings,
                LogParsers.all(),
                schemas,
                (event, client) -> CompletableFuture.completedFuture(
                        Events.found(clients.getOrDefault(client.toString(), FcrdnsResult.PERMERROR))),
                new PipelineStatistics(),
                1);
        driver = new TopologyTestDriver(topology.build(), config, WALL);
        log = driver.createInputTopic(
                Topics.SMTP_LOG.name(), new ByteArraySerializer(), new ByteArraySerializer(), WALL, Duration.ZERO);
    }

    /** The client has reverse DNS that leads back to it, and what it sends is authenticated. */
    void confirm(String client) {
        clients.put(client, FcrdnsResult.PASS);
    }

    /** A raw line. */
    void raw(String line) {
        log.pipeInput(null, line.getBytes(StandardCharsets.UTF_8));
    }

    /** Lines of one process. */
    void lines(String host, String time, String service, int pid, List<String> texts) {
        texts.forEach(text -> raw("2026-11-%s+00:00 %s postfix/%s[%d]: %s".formatted(time, host, service, pid, text)));
    }

    /** A session of one process in which so many recipients are refused with the same reply, all at one time. */
    void refused(String host, String time, String service, String client, int times, String reply) {
        List<String> texts = new ArrayList<>();
        texts.add("connect from unknown[" + client + "]");
        for (int i = 0; i < times; i++) {
            texts.add("NOQUEUE: reject: RCPT from unknown[" + client + "]: " + reply
                    + "; from=<a@example.org> to=<b@example.com> proto=ESMTP helo=<c.example.org>");
        }
        texts.add("disconnect from unknown[" + client + "] ehlo=1 mail=1 rcpt=0/" + times + " quit=1 commands=3");
        lines(host, time, service, processes++, texts);
    }

    /** The same of smtpd on mx1, about recipients that do not exist. */
    void refused(String time, String client, int times) {
        refused("mx1", time, "smtpd", client, times, "550 5.1.1 <b@example.com>: Recipient address rejected: unknown");
    }

    /** A session in which so many messages are accepted. */
    void accepted(String host, String time, String service, String client, int messages, String attributes) {
        int pid = processes++;
        lines(host, time, service, pid, List.of("connect from mail.example.org[" + client + "]"));
        for (int i = 0; i < messages; i++) {
            String id = "4F%dA%d".formatted(pid, i);
            lines(host, time, service, pid, List.of(id + ": client=mail.example.org[" + client + "]" + attributes));
            lines(host, time, "qmgr", 9, List.of(id + ": from=<a@example.org>, size=1000, nrcpt=1 (queue active)"));
        }
        String ok = "ehlo=1 mail=%d rcpt=%d data=%d quit=1 commands=9".formatted(messages, messages, messages);
        lines(host, time, service, pid, List.of("disconnect from mail.example.org[" + client + "] " + ok));
    }

    /** Wall time passes in steps. */
    void pass(Duration time, Duration step) {
        for (Duration passed = Duration.ZERO; passed.compareTo(time) < 0; passed = passed.plus(step)) {
            driver.advanceWallClockTime(step);
        }
    }

    /** Wall time passes second by second. */
    void pass(Duration time) {
        pass(time, Duration.ofSeconds(1));
    }

    private <V extends SpecificRecord> List<TestRecord<String, V>> read(Topic<V> topic) {
        @SuppressWarnings("unchecked") // put in below under the same topic
        TestOutputTopic<String, V> output = (TestOutputTopic<String, V>) topics.computeIfAbsent(
                topic.name(),
                name -> driver.createOutputTopic(
                        name,
                        new StringDeserializer(),
                        AvroSerde.forTopic(topic, schemas).deserializer()));
        return output.readRecordsToList();
    }

    private <V extends SpecificRecord> List<V> values(Topic<V> topic) {
        return read(topic).stream().map(TestRecord::value).toList();
    }

    /** New limit decisions. */
    List<LimitDecision> limits() {
        return values(Topics.PREFIX_LIMITS);
    }

    /** New records of the blocklist; null is a tombstone. */
    List<Listing> blocklist() {
        return values(Topics.BLOCKLIST);
    }

    List<ListingChange> history() {
        return values(Topics.BLOCKLIST_HISTORY);
    }

    /** Sums of a prefix in a window, as told last; the key is that of the topic. */
    Counts counts(String key) {
        readCounts();
        PrefixCount count = counts.get(key);
        return count == null ? null : count.getCounts();
    }

    /** Keys of all sums. */
    List<String> countKeys() {
        readCounts();
        return List.copyOf(counts.keySet());
    }

    /** All last updates of windows so far. */
    List<PrefixCount> closed() {
        readCounts();
        return closed;
    }

    private void readCounts() {
        read(Topics.PREFIX_COUNTS).forEach(record -> {
            counts.put(record.key(), record.value());
            if (record.value().getClosed()) {
                closed.add(record.value());
            }
        });
    }

    List<TestRecord<byte[], byte[]>> deadLetters() {
        return driver.createOutputTopic(
                        Topics.SMTP_DEAD_LETTER.name(), new ByteArrayDeserializer(), new ByteArrayDeserializer())
                .readRecordsToList();
    }

    @Override
    public void close() {
        driver.close();
    }
}
