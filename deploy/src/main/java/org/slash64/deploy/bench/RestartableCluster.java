package org.slash64.deploy.bench;

import java.io.IOException;
import java.nio.file.Path;
import org.slash64.deploy.pipeline.Endpoints;
import org.slash64.testkit.kafka.EmbeddedKafka;
import org.slash64.testkit.registry.EmbeddedRegistry;

/** A broker that can be restarted under its clients, and a registry, both apart from the program. */
public final class RestartableCluster implements AutoCloseable {

    private final Path dir;
    private final EmbeddedRegistry registry;
    private EmbeddedKafka kafka;

    private RestartableCluster(Path dir, EmbeddedRegistry registry, EmbeddedKafka kafka) {
        this.dir = dir;
        this.registry = registry;
        this.kafka = kafka;
    }

    /** Starts both, with their data in a folder that stays. */
    public static RestartableCluster start(Path dir) throws IOException, InterruptedException {
        EmbeddedRegistry registry = EmbeddedRegistry.start(EmbeddedRegistry.home(), dir.resolve("registry"), 0);
        try {
            return new RestartableCluster(dir, registry, EmbeddedKafka.start(dir.resolve("kafka"), 0));
        } catch (IOException e) {
            registry.close();
            throw e;
        }
    }

    /** Stops the broker and starts it again on the same port. */
    public void restartBroker() throws IOException {
        int port = port();
        kafka.close();
        kafka = EmbeddedKafka.start(dir.resolve("kafka"), port);
    }

    private int port() {
        String servers = kafka.bootstrapServers();
        return Integer.parseInt(servers.substring(servers.lastIndexOf(':') + 1));
    }

    /** Where both are; restarts do not change it. */
    public Endpoints endpoints() {
        return new Endpoints(kafka.bootstrapServers(), registry.url());
    }

    @Override
    public void close() {
        kafka.close();
        registry.close();
    }
}
