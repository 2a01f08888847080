package org.slash64.deploy.pipeline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.ProcessorStateException;
import org.slash64.connectors.answer.Answers;
import org.slash64.connectors.answer.InlineChecks;
import org.slash64.connectors.answer.Ipv4Fallback;
import org.slash64.connectors.answer.Knowledge;
import org.slash64.connectors.answer.Mode;
import org.slash64.connectors.fallback.FallbackController;
import org.slash64.connectors.file.FileFeed;
import org.slash64.connectors.file.LogFiles;
import org.slash64.connectors.file.LogOrder;
import org.slash64.connectors.follow.FollowedRecords;
import org.slash64.connectors.follow.TopicFollower;
import org.slash64.connectors.milter.Milter;
import org.slash64.connectors.milter.MilterSettings;
import org.slash64.connectors.milter.PolicyDecision;
import org.slash64.connectors.mta.LogParsers;
import org.slash64.connectors.observed.ObservedLines;
import org.slash64.connectors.observed.ObservedTopic;
import org.slash64.connectors.policy.PolicyServer;
import org.slash64.connectors.publish.BlocklistPublisher;
import org.slash64.connectors.publish.PublishedState;
import org.slash64.connectors.shipper.ShippedLineParser;
import org.slash64.deploy.metrics.PipelineMetrics;
import org.slash64.enrichers.dns.Dns;
import org.slash64.enrichers.dns.DnsClient;
import org.slash64.enrichers.dns.DnsServers;
import org.slash64.enrichers.domain.DnsBlocklists;
import org.slash64.schemas.Topic;
import org.slash64.schemas.TopicLayout;
import org.slash64.schemas.TopicReport;
import org.slash64.schemas.TopicSetup;
import org.slash64.schemas.TopicSetupException;
import org.slash64.schemas.Topics;
import org.slash64.schemas.registry.AvroSerde;
import org.slash64.schemas.registry.RegistryClient;
import org.slash64.schemas.registry.RegistryException;
import org.slash64.schemas.registry.SchemaSetup;
import org.slash64.schemas.state.FilePosition;
import org.slash64.testkit.EmbeddedCluster;
import org.slash64.testkit.registry.EmbeddedRegistry;
import org.slash64.topology.PipelineStatistics;
import org.slash64.topology.SmtpTopology;
import org.slash64.topology.enrich.DnsLookup;
import org.slash64.topology.enrich.EventLookup;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running pipeline. Parts are started in the order of the flow and closed in the same order, so that nothing is lost. */
public final class Pipeline implements AutoCloseable {

    /** The application id: the consumer group, and the prefix of transactional ids and internal topics. */
    public static final String APPLICATION = "slash64";

    private static final Logger LOG = LoggerFactory.getLogger(Pipeline.class);
    private static final Duration SESSION_TIMEOUT = Duration.ofSeconds(10);

    /** Sharing out the work anew takes several rounds, and each waits until all instances have heard of it by a heartbeat. */
    private static final Duration HEARTBEAT = Duration.ofSeconds(1);

    private final PipelineConfig config;
    private final Clock clock;
    private final Optional<Dns> givenDns;
    private final PipelineStatistics statistics = new PipelineStatistics();
    private final PipelineMetrics metrics;
    private final Deque<AutoCloseable> closeables = new ArrayDeque<>();
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private Endpoints endpoints;
    private SharedRocksDb rocksDb;
    private int verdictPartitions;
    private volatile FileFeed feed;
    private IdleWatch idle;
    private Knowledge known;
    private FallbackController fallback;
    private PolicyServer policyServer;
    private Milter milter;
    private BlocklistPublisher publisher;
    private PublishedState published;
    private Console console;
    private volatile KafkaStreams streams;

    private Pipeline(PipelineConfig config, Clock clock, Optional<Dns> givenDns) {
        this.config = config;
        this.clock = clock;
        this.givenDns = givenDns;
        this.metrics = new PipelineMetrics(clock);
        closeables.addLast(metrics);
        metrics.watch(statistics);
    }

    /**
     * Starts everything and returns when lines flow.
     *
     * @throws PipelineException if a part cannot start; those that had are closed again
     */
    public static Pipeline start(PipelineConfig config, Clock clock) throws PipelineException, InterruptedException {
        return start(new Pipeline(config, clock, Optional.empty()));
    }

    /**
     * The same with answers that are at hand, of a load whose records are known; no server is asked.
     *
     * @throws PipelineException if a part cannot start; those that had are closed again
     */
    public static Pipeline start(PipelineConfig config, Clock clock, Dns dns)
            throws PipelineException, InterruptedException {
        return start(new Pipeline(config, clock, Optional.of(dns)));
    }

    private static Pipeline start(Pipeline pipeline) throws PipelineException, InterruptedException {
        boolean started = false;
        try {
            pipeline.startParts();
            started = true;
            return pipeline;
        } catch (IOException | TopicSetupException | RegistryException e) {
            throw new PipelineException(e.getMessage(), e);
        } finally {
            if (!started) {
                pipeline.close();
            }
        }
    }

    private void startParts()
            throws IOException, InterruptedException, TopicSetupException, RegistryException, PipelineException {
        LogFiles.of(config.logs()).require();
        endpoints = config.endpoints().isPresent() ? config.endpoints().get() : startCluster();
        TopicReport topics = TopicSetup.create(endpoints.admin(), Topics.all(), TopicLayout.DECLARED);
        topics.differing().forEach(topic -> LOG.warn("{}", topic));
        verdictPartitions = topics.partitionsOf(Topics.SMTP_VERDICTS, TopicLayout.DECLARED);
        RegistryClient registry = endpoints.registry();
        closeables.addLast(registry);
        SchemaSetup.register(registry, Topics.all());
        SchemaSetup.registerInternal(registry, SmtpTopology.internalRecords());

        Dns dns = givenDns.isPresent() ? givenDns.get() : startDns();
        startPublisher(registry);
        startPolicyServer(registry, dns);
        startMilter(registry, dns);
        startConsole(registry);
        startStreams(registry, new DnsLookup(dns, new DnsBlocklists(config.blocklists())));
        startFeed(registry);
        closeFirst(console);
    }

    /** Nobody is answered any more when the parts that answers come from are closed. */
    private void closeFirst(AutoCloseable part) {
        if (closeables.remove(part)) {
            closeables.addFirst(part);
        }
    }

    private Endpoints startCluster() throws IOException, InterruptedException {
        EmbeddedCluster cluster = EmbeddedCluster.start(
                config.data(), config.kafkaPort(), config.registryPort(), EmbeddedRegistry.home());
        closeables.addLast(cluster);
        return new Endpoints(cluster.bootstrapServers(), cluster.registryUrl());
    }

    private Dns startDns() throws IOException {
        DnsClient dns =
                new DnsClient(config.dns().isEmpty() ? DnsServers.ofSystem() : config.dns(), metrics.dnsObserver());
        closeables.addFirst(dns);
        metrics.watch(dns);
        return dns;
    }

    private void startPublisher(RegistryClient registry) throws IOException {
        Files.createDirectories(config.zones()); // fails now rather than later
        published = new PublishedState(config.topology().rules().allowlist());
        publisher = new BlocklistPublisher(
                new KafkaConsumer<>(
                        endpoints.reader(),
                        new StringDeserializer(),
                        new FollowedRecords(registry, BlocklistPublisher.TOPICS)),
                published,
                config.publish().into(config.zones(), config.link(), clock),
                clock);
        closeables.addFirst(publisher);
        metrics.watch(publisher);
        publisher.start();
    }

    private void startPolicyServer(RegistryClient registry, Dns dns) throws IOException {
        if (config.policy().isEmpty()) {
            return;
        }
        PolicyService service = config.policy().get();
        InlineChecks checks = new InlineChecks(dns, service.deadline(), clock);
        Answers answers =
                new Answers(known(registry), checks, config.answers(), fallback(registry, service.mode()), clock);
        policyServer = PolicyServer.start(service.listen(), answers, service.mode(), service.limits());
        closeables.addFirst(policyServer);
        metrics.watch(policyServer);
    }

    private void startMilter(RegistryClient registry, Dns dns) throws IOException {
        if (config.milter().isEmpty()) {
            return;
        }
        MilterSettings settings = config.milter().get();
        InlineChecks checks = new InlineChecks(dns, settings.deadline(), clock);
        Answers answers =
                new Answers(known(registry), checks, config.answers(), fallback(registry, settings.mode()), clock);
        ObservedTopic observations = new ObservedTopic(
                new KafkaProducer<>(endpoints.sender(), new ByteArraySerializer(), new ByteArraySerializer()),
                new ObservedLines(
                        settings.logHost(),
                        ProcessHandle.current().pid(),
                        milterKey().seal()));
        closeables.addFirst(observations);
        milter = Milter.start(settings, new PolicyDecision(answers, checks), observations, clock);
        closeables.addFirst(milter);
        metrics.watch(milter);
    }

    /** What answers rest on; followed from the first use on. */
    private Knowledge known(RegistryClient registry) {
        if (known == null) {
            known = new Knowledge(config.topology().rules().allowlist());
            metrics.watch(known);
            follow("answers", registry, Knowledge.TOPICS, known);
        }
        return known;
    }

    /** Whoever does not act on answers only rehearses. */
    private Ipv4Fallback fallback(RegistryClient registry, Mode mode) {
        if (!config.answers().says421()) {
            return (client, mailFrom, now) -> false; // nobody asks
        }
        FallbackController controller = controller(registry);
        return mode == Mode.ENFORCE ? controller : controller.rehearsal();
    }

    /** One for all servers of this process; it follows its topic from the first use on. */
    private FallbackController controller(RegistryClient registry) {
        if (fallback == null) {
            fallback =
                    new FallbackController(config.fallback(), config.answers().staleAfter(), clock);
            follow("fallback", registry, FallbackController.TOPICS, fallback);
        }
        return fallback;
    }

    private void follow(
            String name,
            RegistryClient registry,
            List<Topic<? extends SpecificRecord>> topics,
            TopicFollower.Follower follower) {
        TopicFollower following = new TopicFollower(
                name,
                new KafkaConsumer<>(
                        endpoints.reader(), new StringDeserializer(), new FollowedRecords(registry, topics)),
                List.copyOf(topics),
                follower,
                clock);
        closeables.addFirst(following);
        following.start();
    }

    private void startConsole(RegistryClient registry) throws IOException {
        if (config.http().isEmpty()) {
            return;
        }
        Console.Sources sources = new Console.Sources(
                statistics, metrics, publisher, published, () -> Optional.ofNullable(streams), this::reasonToStop);
        console = Console.start(config.http().get(), config.topology(), endpoints, registry, sources, clock);
        closeables.addFirst(console);
    }

    private void startStreams(RegistryClient registry, EventLookup lookup) throws IOException {
        rocksDb = new SharedRocksDb(config.memory().rocksDbBytes());
        closeables.addFirst(rocksDb); // closed after the streams, which go before it
        streams = newStreams(registry, lookup);
        try {
            streams.start();
        } catch (ProcessorStateException e) {
            LOG.warn("The local state cannot be opened and is restored from Kafka: {}", e.getMessage());
            streams.close();
            deleteStores();
            streams = newStreams(registry, lookup);
            streams.start();
        }
        closeables.addFirst(streams);
        closeables.addFirst(metrics.watch(streams, KafkaFigures::lag));
        idle = new IdleWatch(streams, statistics, () -> feed == null || feed.isAtEnd(), clock);
    }

    /**
     * Deletes the folders of tasks, such as {@code 0_1}, but not the process id beside them: only under the same id are the
     * transactions ended that a crash left open, and until then nobody can read past them.
     */
    private void deleteStores() throws IOException {
        List<Path> tasks;
        try (Stream<Path> entries = Files.list(stateFolder().resolve(APPLICATION))) {
            tasks = entries.filter(entry -> entry.getFileName().toString().matches("[0-9]+_[0-9]+"))
                    .toList();
        }
        for (Path task : tasks) {
            Folders.delete(task);
        }
    }

    private MilterKey milterKey() {
        return new MilterKey(config.data().resolve("milter.key"));
    }

    private Path stateFolder() {
        return config.data().resolve("streams");
    }

    private KafkaStreams newStreams(RegistryClient registry, EventLookup lookup) throws IOException {
        LogParsers parsers = LogParsers.all(milterKey().seal());
        SmtpTopology topology = new SmtpTopology(
                config.topology().withHeldRecords(config.memory().records()),
                parsers,
                registry,
                lookup,
                statistics,
                verdictPartitions);
        KafkaStreams made = new KafkaStreams(topology.build(), streamsConfig());
        made.setUncaughtExceptionHandler(new ThreadReplacement(clock, failure::set));
        return made;
    }

    private Properties streamsConfig() throws IOException {
        Properties properties = StreamSettings.of(endpoints.admin(), APPLICATION, stateFolder(), rocksDb);
        properties.put(StreamsConfig.NUM_STANDBY_REPLICAS_CONFIG, config.standbyReplicas());
        // A static member: after a crash it is let in again without waiting for its old session to end.
        properties.put(StreamsConfig.mainConsumerPrefix(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG), instanceId());
        properties.put(StreamsConfig.mainConsumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG), (int)
                SESSION_TIMEOUT.toMillis());
        properties.put(StreamsConfig.mainConsumerPrefix(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG), (int)
                HEARTBEAT.toMillis());
        if (console != null) {
            properties.put(StreamsConfig.APPLICATION_SERVER_CONFIG, console.advertised());
        }
        properties.put(StreamsConfig.DESERIALIZATION_EXCEPTION_HANDLER_CLASS_CONFIG, SetAside.class);
        properties.put(StreamsConfig.PROCESSING_EXCEPTION_HANDLER_CLASS_CONFIG, SetAside.class);
        properties.put(SetAside.STATISTICS, statistics.deadLetters());
        return properties;
    }

    private void startFeed(RegistryClient registry) throws IOException {
        if (config.logs().isEmpty()) {
            return;
        }
        AvroSerde<FilePosition> positions = AvroSerde.forTopic(Topics.FILE_POSITIONS, registry);
        Map<String, Object> writer = endpoints.writer(instanceId() + "-files");
        feed = new FileFeed(
                logs(),
                () -> new KafkaProducer<>(writer, new ByteArraySerializer(), new ByteArraySerializer()),
                () -> known(positions),
                positions.serializer());
        closeables.addFirst(feed);
        metrics.watch(feed);
        feed.start();
    }

    private FileFeed.Logs logs() {
        ShippedLineParser parser = new ShippedLineParser(
                config.topology().zone(),
                LogParsers.nativeFormats(config.topology().zone()));
        return new FileFeed.Logs(
                LogFiles.of(config.logs()), new LogOrder(parser, clock), config.follow(), config.logHost(), System.in);
    }

    private Map<String, FilePosition> known(AvroSerde<FilePosition> positions) {
        Map<String, FilePosition> known = new HashMap<>();
        new TopicReader(endpoints)
                .read(
                        Topics.FILE_POSITIONS.name(),
                        positions.deserializer(),
                        record -> known.put(record.key(), record.value()));
        return known;
    }

    /** Tells instances of the application apart; kept with the data, so that a restart takes its old place at once. */
    private String instanceId() throws IOException {
        Path file = config.data().resolve("instance");
        if (Files.notExists(file)) {
            Files.createDirectories(config.data());
            Path whole = config.data().resolve("instance.new"); // a kill must not leave half an id
            Files.writeString(whole, UUID.randomUUID().toString());
            Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE);
        }
        return APPLICATION + "-" + Files.readString(file).strip();
    }

    /** Where Kafka and the registry are. */
    public Endpoints endpoints() {
        return endpoints;
    }

    /** What the steps have done. */
    public PipelineStatistics statistics() {
        return statistics;
    }

    /** All figures, for Prometheus. */
    public PipelineMetrics metrics() {
        return metrics;
    }

    /** The milter; empty where none is configured. */
    public Optional<Milter> milter() {
        return Optional.ofNullable(milter);
    }

    /** The server that Postfix asks; empty where none is configured. */
    public Optional<PolicyServer> policyServer() {
        return Optional.ofNullable(policyServer);
    }

    /** What holds back 421; empty where nobody would be told. */
    public Optional<FallbackController> fallback() {
        return Optional.ofNullable(fallback);
    }

    /** Where people look at it; empty where HTTP is off. */
    public Optional<String> dashboard() {
        return Optional.ofNullable(console).map(Console::url);
    }

    /** The reader of log files; empty where there are none. */
    public Optional<FileFeed> feed() {
        return Optional.ofNullable(feed);
    }

    /**
     * True where all input is read and all that follows from it now is done; to be called again and again.
     *
     * @throws PipelineException if the pipeline cannot go on
     */
    public boolean isIdle() throws PipelineException {
        check();
        return idle.isIdle();
    }

    /** Records that wait between the steps. */
    public long lag() {
        return KafkaFigures.lag(streams);
    }

    /**
     * Looks whether the pipeline still runs.
     *
     * @throws PipelineException if it cannot go on
     */
    public void check() throws PipelineException {
        Optional<String> reason = reasonToStop();
        if (reason.isPresent()) {
            throw new PipelineException(reason.get(), failure.get());
        }
    }

    private Optional<String> reasonToStop() {
        if (failure.get() != null) {
            return Optional.of("the stream stopped: " + failure.get().getMessage());
        }
        return Optional.ofNullable(feed)
                .flatMap(FileFeed::failure)
                .map(cause -> "reading log files stopped: " + cause.getMessage());
    }

    /** Stops reading, lets the steps commit, writes the files a last time, and stops broker and registry. */
    @Override
    public void close() {
        while (!closeables.isEmpty()) {
            AutoCloseable part = closeables.removeFirst();
            try {
                part.close();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (Exception e) {
                LOG.warn("closing {}: {}", part.getClass().getSimpleName(), e.getMessage());
            }
        }
    }
}
