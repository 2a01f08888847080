package org.slash64.testkit.kafka;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.EligibleLeaderReplicasVersion;
import org.apache.kafka.server.common.MetadataVersion;
import org.slash64.testkit.LoopbackPort;

/**
 * A Kafka broker and controller (KRaft) in this process, for one machine. It listens on 127.0.0.1 only, and keeps its data
 * under a directory, through {@link #close()} and through a kill alike.
 *
 * <p>One node stands for the whole cluster, so nothing is replicated. Topics are not created by themselves. One directory
 * holds one broker at a time: Kafka's own lock file sees to that.
 */
public final class EmbeddedKafka implements AutoCloseable {
    private final KafkaRaftServer server;
    private final int port;
    private final AtomicBoolean closed = new AtomicBoolean();

    private EmbeddedKafka(KafkaRaftServer server, int port) {
        this.server = server;
        this.port = port;
    }

    /**
     * Starts a broker and returns when clients can use it.
     *
     * @param dir where its data is or will be
     * @param port the clients' port; 0 for the one used last in this directory if it is free, or else a free one
     * @throws IOException if the port is taken, or the broker cannot start; the message is for the operator
     */
    public static EmbeddedKafka start(Path dir, int port) throws IOException {
        return start(dir, port, Map.of());
    }

    /**
     * Starts a broker with settings of its own, such as those of the security of its listener {@code BROKER}.
     *
     * @param settings by the names of Kafka's broker configuration; they go before those that it has anyway
     */
    public static EmbeddedKafka start(Path dir, int port, Map<String, String> settings) throws IOException {
        Path log = Files.createDirectories(dir.resolve("log")).toAbsolutePath();
        int chosen = LoopbackPort.choose(dir.resolve("port"), port);
        format(log);
        Map<String, String> all = BrokerSettings.of(log, chosen, LoopbackPort.free());
        all.putAll(settings);
        return new EmbeddedKafka(startServer(all, dir), chosen);
    }

    private static KafkaRaftServer startServer(Map<String, String> settings, Path dir) throws IOException {
        try {
            KafkaRaftServer server = new KafkaRaftServer(new KafkaConfig(settings, false), Time.SYSTEM);
            startOrShutDown(server);
            return server;
        } catch (RuntimeException e) {
            throw new IOException("the embedded Kafka broker in " + dir + " cannot start: " + e.getMessage(), e);
        }
    }

    private static void startOrShutDown(KafkaRaftServer server) {
        try {
            server.startup();
        } catch (RuntimeException e) {
            server.shutdown();
            throw e;
        }
    }

    private static void format(Path log) throws IOException {
        if (Files.exists(log.resolve("meta.properties"))) {
            return;
        }
        Formatter formatter = new Formatter()
                .setPrintStream(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
                .setClusterId(Uuid.randomUuid().toString())
                .setNodeId(BrokerSettings.NODE_ID)
                .setDirectories(List.of(log.toString()))
                .setMetadataLogDirectory(log.toString())
                .setControllerListenerName(BrokerSettings.CONTROLLER)
                .setReleaseVersion(MetadataVersion.LATEST_PRODUCTION)
                // KIP-966 chooses among replicas. Where there is one, a kill would only make it prove itself again.
                .setFeatureLevel(
                        EligibleLeaderReplicasVersion.FEATURE_NAME,
                        EligibleLeaderReplicasVersion.ELRV_0.featureLevel());
        try {
            formatter.run();
        } catch (Exception e) {
            throw new IOException("cannot format " + log + " for Kafka: " + e.getMessage(), e);
        }
    }

    /** What Kafka clients take as {@code bootstrap.servers}. */
    public String bootstrapServers() {
        return LoopbackPort.ADDRESS + ":" + port;
    }

    /** Stops the broker in order. Safe to repeat. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            server.shutdown();
            server.awaitShutdown();
        }
    }
}
