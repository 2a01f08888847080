package org.slash64.testkit;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.slash64.testkit.kafka.EmbeddedKafka;
import org.slash64.testkit.registry.EmbeddedRegistry;

/**
 * A Kafka broker in this process and a schema registry as its child, with their data under one directory. Both end with
 * this process; the data stays.
 */
public final class EmbeddedCluster implements AutoCloseable {
    private final DataDirLock lock;
    private final EmbeddedKafka kafka;
    private final EmbeddedRegistry registry;

    private EmbeddedCluster(DataDirLock lock, EmbeddedKafka kafka, EmbeddedRegistry registry) {
        this.lock = lock;
        this.kafka = kafka;
        this.registry = registry;
    }

    /**
     * Starts both, and returns when both can be used.
     *
     * @param dataDir where the data is or will be
     * @param kafkaPort port of the broker on 127.0.0.1; 0 for the one used last, or a free one
     * @param registryPort port of the registry on 127.0.0.1; 0 for the one used last, or a free one
     * @param registryHome folder of the registry's program, see {@link EmbeddedRegistry#home()}
     * @throws DataDirInUseException if another start holds the directory
     * @throws IOException if one of them cannot start; the other is stopped
     * @throws InterruptedException if the thread is interrupted while it waits
     */
    public static EmbeddedCluster start(Path dataDir, int kafkaPort, int registryPort, Path registryHome)
            throws IOException, InterruptedException {
        DataDirLock lock = DataDirLock.acquire(dataDir);
        EmbeddedCluster cluster = null;
        try {
            cluster = startBoth(lock, dataDir, kafkaPort, registryPort, registryHome);
            return cluster;
        } finally {
            if (cluster == null) {
                lock.close();
            }
        }
    }

    /** The registry's child takes as long as the broker, so they start side by side. */
    private static EmbeddedCluster startBoth(
            DataDirLock lock, Path dataDir, int kafkaPort, int registryPort, Path registryHome)
            throws IOException, InterruptedException {
        ExecutorService background = Executors.newSingleThreadExecutor();
        Future<EmbeddedRegistry> starting = background.submit(
                () -> EmbeddedRegistry.start(registryHome, dataDir.resolve("registry"), registryPort));
        background.shutdown();
        EmbeddedKafka kafka = null;
        EmbeddedRegistry registry = null;
        try {
            kafka = EmbeddedKafka.start(dataDir.resolve("kafka"), kafkaPort);
            registry = await(starting);
            return new EmbeddedCluster(lock, kafka, registry);
        } finally {
            if (registry == null) {
                background.shutdownNow(); // interrupts a start that still waits, which then ends its child
                stop(kafka, starting);
            }
        }
    }

    private static EmbeddedRegistry await(Future<EmbeddedRegistry> starting) throws IOException, InterruptedException {
        try {
            return starting.get();
        } catch (ExecutionException e) {
            throw new IOException(e.getCause().getMessage(), e.getCause());
        }
    }

    private static void stop(EmbeddedKafka kafka, Future<EmbeddedRegistry> starting) {
        if (kafka != null) {
            kafka.close();
        }
        try {
            starting.get().close();
        } catch (ExecutionException e) {
            return; // it did not start, so nothing is left of it
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What Kafka clients take as {@code bootstrap.servers}. */
    public String bootstrapServers() {
        return kafka.bootstrapServers();
    }

    /** Base URL of the registry's Confluent-compatible API. */
    public String registryUrl() {
        return registry.url();
    }

    /** Process id of the registry. */
    public long registryPid() {
        return registry.pid();
    }

    /** Stops both in order and lets go of the directory. Safe to repeat. */
    @Override
    public void close() throws IOException {
        try {
            kafka.close();
        } finally {
            registry.close();
            lock.close();
        }
    }
}
