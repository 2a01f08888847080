package org.slash64.topology.scenario;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.rocksdb.Env;
import org.rocksdb.RocksMemEnv;
import org.slash64.connectors.mta.LogParsers;
import org.slash64.connectors.publish.Blocklist;
import org.slash64.schemas.Address;
import org.slash64.schemas.AllowEntry;
import org.slash64.schemas.DomainReputation;
import org.slash64.schemas.FallbackSender;
import org.slash64.schemas.Feedback;
import org.slash64.schemas.LimitDecision;
import org.slash64.schemas.Listing;
import org.slash64.schemas.ListingChange;
import org.slash64.schemas.Prefix;
import org.slash64.schemas.PrefixCount;
import org.slash64.schemas.SmtpEvent;
import org.slash64.schemas.Topic;
import org.slash64.schemas.Topics;
import org.slash64.schemas.registry.AvroSerde;
import org.slash64.topology.PipelineStatistics;
import org.slash64.topology.SchemasInMemory;
import org.slash64.topology.SmtpTopology;
import org.slash64.topology.TopologySettings;
import org.slash64.topology.enrich.LookedUp;
import org.slash64.topology.fallback.FallbackRules;

/** The whole graph with one partition of everything, a wall clock that the scenario moves, and what the topics have said. */
final class Stage implements AutoCloseable {

    /** Wall time passes in so many steps, unless they were shorter than the shortest. */
    private static final int STEPS = 100;

    /** Each step costs time of its own; after five seconds without an event, a host would count as idle. */
    private static final Duration SHORTEST = Duration.ofSeconds(4);

    private final SchemasInMemory schemas = new SchemasInMemory();
    private final Map<String, LookedUp> byEvent = new HashMap<>();
    private final Map<String, LookedUp> byClient = new HashMap<>();
    private final RocksMemEnv files = new RocksMemEnv(Env.getDefault());
    private final TopologyTestDriver driver;
    private final TestInputTopic<byte[], byte[]> log;
    private final TestInputTopic<String, SmtpEvent> events;
    private final TestInputTopic<String, Feedback> feedback;
    private final TestInputTopic<String, AllowEntry> allowlist;
    private final TestOutputTopic<String, ListingChange> history;
    private final Set<Prefix> configured = new HashSet<>();
    private final Set<Prefix> allowed = new HashSet<>();
    private final Latest<Listing> listings;
    private final Latest<LimitDecision> limits;
    private final Latest<DomainReputation> reputations;
    private final Latest<PrefixCount> counts;
    private final Latest<FallbackSender> fallback;
    private Instant now;

    Stage(Path directory, TopologySettings settings, Instant wall) {
        Properties config = new Properties();
        config.put(StreamsConfig.APPLICATION_ID_CONFIG, "stage");
        config.put(StreamsConfig.STATE_DIR_CONFIG, directory.toString());
        config.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, StoresInMemory.class);
        config.put(StoresInMemory.ENV, files);
        SmtpTopology topology = new SmtpTopology(
                settings.withZone(ZoneOffset.UTC).withFallback(FallbackRules.defaults()),
                LogParsers.all(),
                schemas,
                this::lookUp,
                new PipelineStatistics(),
                1);
        now = wall;
        driver = new TopologyTestDriver(topology.build(), config, wall);
        log = driver.createInputTopic(Topics.SMTP_LOG.name(), new ByteArraySerializer(), new ByteArraySerializer());
        events = input(Topics.SMTP_EVENTS);
        feedback = input(Topics.SMTP_FEEDBACK);
        allowlist = input(Topics.ALLOWLIST);
        history = output(Topics.BLOCKLIST_HISTORY);
        listings = new Latest<>(output(Topics.BLOCKLIST), listing -> true);
        limits = new Latest<>(output(Topics.PREFIX_LIMITS), LimitDecision::getLimited);
        reputations = new Latest<>(output(Topics.DOMAIN_REPUTATION), known -> true);
        counts = new Latest<>(output(Topics.PREFIX_COUNTS), count -> true);
        fallback = new Latest<>(output(Topics.FALLBACK_SENDERS), sender -> true);
        settings.rules()
                .allowlist()
                .forEach(entry -> Prefix.parse(entry.getSubject()).ifPresent(configured::add));
    }

    private <V extends SpecificRecord> TestInputTopic<String, V> input(Topic<V> topic) {
        return driver.createInputTopic(
                topic.name(),
                new StringSerializer(),
                AvroSerde.forTopic(topic, schemas).serializer());
    }

    private <V extends SpecificRecord> TestOutputTopic<String, V> output(Topic<V> topic) {
        return driver.createOutputTopic(
                topic.name(),
                new StringDeserializer(),
                AvroSerde.forTopic(topic, schemas).deserializer());
    }

    private CompletableFuture<LookedUp> lookUp(SmtpEvent event, Address client) {
        LookedUp found = byEvent.getOrDefault(event.getId(), byClient.get(client.toString()));
        return CompletableFuture.completedFuture(
                Objects.requireNonNull(found, () -> "nobody said who " + client + " is"));
    }

    /** An event comes in. */
    void event(SmtpEvent event, LookedUp found) {
        byEvent.put(event.getId(), found);
        events.pipeInput(event.getConnection(), event, now);
    }

    /** A log line comes in. */
    void line(String line) {
        log.pipeInput(null, line.getBytes(StandardCharsets.UTF_8), now);
    }

    /** What is found out about events of a client whose lines come in. */
    void find(Address client, LookedUp found) {
        byClient.put(client.toString(), found);
    }

    void feedback(Feedback said) {
        feedback.pipeInput(said.getSubject(), said, now);
    }

    /** Null takes the entry back. */
    void allow(String key, AllowEntry entry) {
        allowlist.pipeInput(key, entry, now);
        Prefix.parse(key).ifPresent(entry == null ? allowed::remove : allowed::add);
    }

    Instant now() {
        return now;
    }

    /** Wall time passes until an instant, in one step; nothing happens where that is over, or less than a step away. */
    void passUntil(Instant time) {
        if (Duration.between(now, time).compareTo(SHORTEST) >= 0) {
            step(Duration.between(now, time));
        }
    }

    /** Wall time passes. */
    void pass(Duration time) {
        Duration step = time.dividedBy(STEPS).compareTo(SHORTEST) < 0 ? SHORTEST : time.dividedBy(STEPS);
        Instant end = now.plus(time);
        while (now.isBefore(end)) {
            Duration left = Duration.between(now, end);
            step(left.compareTo(step) < 0 ? left : step);
        }
    }

    private void step(Duration time) {
        now = now.plus(time);
        driver.advanceWallClockTime(time);
    }

    Map<String, Map<String, String>> listings() {
        return listings.read(Shown::of);
    }

    /** The listings and exceptions ({@code !}) of prefixes as they are published. */
    List<String> published() {
        SortedMap<Prefix, Listing> listed = new TreeMap<>();
        listings.read().forEach((key, listing) -> Prefix.parse(key).ifPresent(prefix -> listed.put(prefix, listing)));
        SortedSet<Prefix> exempt = new TreeSet<>(configured);
        exempt.addAll(allowed);
        Blocklist list = Blocklist.of(listed, exempt);
        return Stream.concat(
                        list.listings().keySet().stream().map(Prefix::toString),
                        list.exceptions().stream().map(prefix -> "!" + prefix))
                .toList();
    }

    /** Limits in force. */
    Map<String, Map<String, String>> limits() {
        return limits.read(Shown::of);
    }

    Map<String, Map<String, String>> reputations() {
        return reputations.read(Shown::of);
    }

    Map<String, Map<String, String>> counts() {
        return counts.read(Shown::of);
    }

    /** Senders that were told to come over IPv4. */
    Map<String, Map<String, String>> fallback() {
        return fallback.read(Shown::of);
    }

    /** What came since this was asked last. */
    List<Map<String, String>> newHistory() {
        return history.readValuesToList().stream().map(Shown::of).toList();
    }

    @Override
    public void close() {
        driver.close();
        files.close();
    }
}
