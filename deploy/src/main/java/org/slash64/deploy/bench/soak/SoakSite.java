package org.slash64.deploy.bench.soak;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slash64.deploy.bench.RestartableCluster;
import org.slash64.deploy.bench.Slash64Process;
import org.slash64.deploy.pipeline.Endpoints;
import org.slash64.schemas.Topic;
import org.slash64.schemas.Topics;
import org.slash64.testkit.dns.Zone;
import org.slash64.testkit.dns.ZoneServer;

/**
 * A broker, a registry, a DNS server, and two instances of the program: one that nothing befalls, whose memory is looked at,
 * and one that follows a log and can be killed.
 */
final class SoakSite implements AutoCloseable {

    /** So many events of a task wait for look-ups; few, so that the bound is reached. */
    static final int MAX_IN_FLIGHT = 50;

    /** What is counted. */
    static final List<Duration> WINDOWS = List.of(Duration.ofSeconds(30), Duration.ofMinutes(5));

    /** A killed process. */
    private static final int KILLED = 128 + 9;

    /** A process that ended on SIGTERM. */
    private static final int TERMINATED = 128 + 15;

    /**
     * A collector that clears the whole heap now and then, so that what is used right after it is what is in use.
     */
    private static final List<String> CLEARED_HEAP =
            List.of("-XX:-UseSerialGC", "-XX:+UseZGC", "-XX:ZCollectionInterval=5");

    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final Duration QUIET = Duration.ofSeconds(15);
    private static final Duration LOOK = Duration.ofMillis(250);
    private static final Duration ANSWER = Duration.ofSeconds(5);

    private static final List<Topic<?>> WATCHED =
            List.of(Topics.SMTP_LOG, Topics.SMTP_EVENTS, Topics.SMTP_VERDICTS, Topics.SMTP_DEAD_LETTER);

    private final Path folder;
    private final RestartableCluster cluster;
    private final ZoneServer dns;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(ANSWER)
            .build();
    private Instance steady;
    private Instance other;

    private record Instance(Slash64Process process) {

        private static final String DASHBOARD = "Dashboard: ";

        /** Where its HTTP server is, once it is there. */
        Optional<URI> url() {
            return process.out().stream()
                    .filter(line -> line.startsWith(DASHBOARD))
                    .findFirst()
                    .map(line -> URI.create(line.substring(DASHBOARD.length())));
        }
    }

    private SoakSite(Path folder, RestartableCluster cluster, ZoneServer dns) {
        this.folder = folder;
        this.cluster = cluster;
        this.dns = dns;
    }

    /** Starts all of it; returns when both instances work. */
    static SoakSite start(Path folder, Zone zone) throws IOException, InterruptedException {
        ZoneServer dns = ZoneServer.start(zone, 0);
        RestartableCluster cluster = null;
        try {
            cluster = RestartableCluster.start(folder.resolve("cluster"));
        } finally {
            if (cluster == null) {
                dns.close();
            }
        }
        SoakSite site = new SoakSite(folder, cluster, dns);
        boolean started = false;
        try {
            site.startInstances();
            started = true;
            return site;
        } finally {
            if (!started) {
                site.close();
            }
        }
    }

    private void startInstances() throws IOException, InterruptedException {
        Files.writeString(folder.resolve("soak.yaml"), """
                enrichment:
                  max-in-flight: %d
                counting:
                  windows: [30s, 5m]
                memory:
                  records: 10000
                """.formatted(MAX_IN_FLIGHT));
        Files.createFile(log());
        steady = start("steady", CLEARED_HEAP, List.of());
        await(() -> isWorking(steady), "the first instance does not work");
        startOther();
        awaitWorking();
    }

    /** The log that the second instance follows. */
    Path log() {
        return folder.resolve("mail.log");
    }

    Endpoints endpoints() {
        return cluster.endpoints();
    }

    ZoneServer dns() {
        return dns;
    }

    private Instance start(String name, List<String> jvm, List<String> more) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("run", "--config"));
        arguments.add(folder.resolve("soak.yaml").toString());
        arguments.addAll(List.of("--data", folder.resolve(name).toString()));
        arguments.addAll(List.of("--dns", "127.0.0.1:" + dns.port(), "--http", "127.0.0.1:0", "--time-zone", "UTC"));
        arguments.addAll(List.of("--bootstrap-servers", endpoints().bootstrapServers()));
        arguments.addAll(List.of("--schema-registry", endpoints().registryUrl()));
        arguments.addAll(more);
        return new Instance(Slash64Process.start(jvm, arguments));
    }

    private void startOther() throws IOException {
        other = start("other", List.of(), List.of("--log", log().toString(), "--follow"));
    }

    /** Returns when both instances work. */
    void awaitWorking() throws IOException, InterruptedException {
        await(() -> isWorking(steady) && isWorking(other), "the instances do not work");
    }

    private interface Condition {
        boolean holds() throws InterruptedException;
    }

    private void await(Condition condition, String otherwise) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.holds()) {
            pause();
            check();
            if (!other().isAlive()) {
                throw new IOException("an instance has ended; " + tail(other));
            }
            if (System.nanoTime() > deadline) {
                throw new IOException(otherwise + " after " + PATIENCE.toMinutes() + " minutes");
            }
        }
    }

    /** The one that is not started yet counts as alive. */
    private Slash64Process other() {
        return (other == null ? steady : other).process();
    }

    /** Whether the second instance works. */
    boolean isOtherWorking() throws InterruptedException {
        return isWorking(other);
    }

    private boolean isWorking(Instance instance) throws InterruptedException {
        return metrics(instance)
                .filter(page -> page.sum("slash64_stream_running", "") == 1)
                .isPresent();
    }

    static void pause() throws InterruptedException {
        LockSupport.parkNanos(LOOK.toNanos());
        if (Thread.interrupted()) {
            throw new InterruptedException("interrupted");
        }
    }

    /** Figures of the instance that nothing befalls; empty where it did not answer. */
    Optional<MetricsPage> steadyMetrics() throws InterruptedException {
        return metrics(steady);
    }

    /** Events that wait for look-ups, in both instances. */
    long kept() throws InterruptedException {
        return sum("slash64_events_kept");
    }

    /** Records that neither instance has read yet. */
    long lag() throws InterruptedException {
        return sum("slash64_stream_lag_records");
    }

    private long sum(String metric) throws InterruptedException {
        return Stream.of(metrics(steady), metrics(other))
                .flatMap(Optional::stream)
                .mapToLong(page -> (long) page.sum(metric, ""))
                .sum();
    }

    private Optional<MetricsPage> metrics(Instance instance) throws InterruptedException {
        Optional<URI> url = instance.url();
        if (url.isEmpty()) {
            return Optional.empty();
        }
        HttpRequest request = HttpRequest.newBuilder(url.get().resolve("/metrics"))
                .timeout(ANSWER)
                .build();
        try {
            HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            return answer.statusCode() == 200 ? Optional.of(new MetricsPage(answer.body())) : Optional.empty();
        } catch (IOException e) { // it was killed, or is busy
            return Optional.empty();
        }
    }

    /** Stops the broker and starts it again. */
    void restartBroker() throws IOException {
        cluster.restartBroker();
    }

    /** Kills the second instance, without a chance to end in order. */
    void killOther() throws IOException, InterruptedException {
        try {
            other.process().kill();
            int code = other.process().awaitExit(Slash64Process.LONG);
            if (code != KILLED) {
                throw new IOException("an instance had ended before it was killed, with " + code + "; " + tail(other));
            }
        } catch (TimeoutException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /** Starts the second instance again, on its folder; it works a little later. */
    void restartOther() throws IOException {
        startOther();
    }

    /** @throws IOException where an instance ended that nothing was done to */
    void check() throws IOException {
        if (!steady.process().isAlive()) {
            throw new IOException("the instance that nothing was done to has ended; " + tail(steady));
        }
    }

    private static String tail(Instance instance) {
        List<String> err = instance.process().err();
        return "its last words: " + String.join("\n", err.subList(Math.max(0, err.size() - 20), err.size()));
    }

    /** Returns when nothing more comes: no record in the topics of lines, events and verdicts for a while. */
    void awaitQuiet() throws IOException, InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(endpoints().reader(), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = partitions(consumer);
            Map<TopicPartition, Long> ends = Map.of();
            long since = System.nanoTime();
            while (System.nanoTime() - since < QUIET.toNanos()) {
                pause();
                check();
                Map<TopicPartition, Long> now = consumer.endOffsets(partitions);
                if (!now.equals(ends) || kept() > 0) {
                    since = System.nanoTime();
                }
                ends = now;
                if (System.nanoTime() > deadline) {
                    return; // what is not done by now shows in the accounts
                }
            }
        } catch (KafkaException e) {
            throw new IOException("the broker cannot be asked: " + e.getMessage(), e);
        }
    }

    private static List<TopicPartition> partitions(KafkaConsumer<?, ?> consumer) {
        return WATCHED.stream()
                .flatMap(topic -> consumer.partitionsFor(topic.name()).stream())
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
    }

    /** Partitions, and so tasks, of smtp.events. */
    int tasks() {
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(endpoints().reader(), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            return consumer.partitionsFor(Topics.SMTP_EVENTS.name()).size();
        }
    }

    /** Lets both instances end in order. */
    void stopInstances() throws IOException, InterruptedException {
        List<Instance> both = List.of(steady, other);
        both.forEach(instance -> instance.process().terminate());
        for (Instance instance : both) {
            try {
                int code = instance.process().awaitExit(Slash64Process.LONG);
                if (code != 0 && code != TERMINATED) {
                    throw new IOException("an instance ended with " + code + "; " + tail(instance));
                }
            } catch (TimeoutException e) {
                throw new IOException(e.getMessage(), e);
            }
        }
    }

    /** Ends the instances at once. */
    void killInstances() {
        Stream.of(Optional.ofNullable(steady), Optional.ofNullable(other))
                .flatMap(Optional::stream)
                .forEach(instance -> instance.process().close());
    }

    /** Ends what still runs. Safe to repeat. */
    @Override
    public void close() throws IOException {
        killInstances();
        cluster.close();
        dns.close();
    }
}
