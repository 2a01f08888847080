package org.slash64.deploy.bench.pipeline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.slash64.deploy.bench.EventWriter;
import org.slash64.deploy.pipeline.Folders;
import org.slash64.deploy.pipeline.SharedRocksDb;
import org.slash64.deploy.pipeline.StateMemory;
import org.slash64.deploy.pipeline.StreamSettings;
import org.slash64.schemas.Topic;
import org.slash64.schemas.TopicLayout;
import org.slash64.schemas.TopicSetup;
import org.slash64.schemas.TopicSetupException;
import org.slash64.schemas.Topics;
import org.slash64.schemas.registry.SchemaIds;
import org.slash64.testkit.kafka.EmbeddedKafka;

/** A broker in this process with a load in smtp.events, and whatever the streams of one round after the other write. */
final class LoadedKafka implements AutoCloseable {

    private static final long LOOK = TimeUnit.MILLISECONDS.toNanos(50);
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(60);

    private final Path folder;
    private final EmbeddedKafka broker;
    private final SharedRocksDb rocksDb =
            new SharedRocksDb(StateMemory.defaults().rocksDbBytes());
    private final SchemaIds ids = new SchemasInMemory();
    private int streams;

    private LoadedKafka(Path folder, EmbeddedKafka broker) {
        this.folder = folder;
        this.broker = broker;
    }

    static LoadedKafka start(Load load) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("slash64-bench");
        LoadedKafka kafka = new LoadedKafka(folder, EmbeddedKafka.start(folder.resolve("kafka"), 0));
        try {
            kafka.createTopics();
            kafka.fill(load);
            return kafka;
        } catch (TopicSetupException e) {
            kafka.close();
            throw new IOException(e.getMessage(), e);
        }
    }

    SchemaIds ids() {
        return ids;
    }

    private Map<String, Object> clients() {
        return Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, broker.bootstrapServers());
    }

    private void createTopics() throws TopicSetupException, InterruptedException {
        TopicSetup.create(clients(), Topics.all(), TopicLayout.DECLARED);
    }

    private void fill(Load load) throws IOException {
        try (EventWriter writer = new EventWriter(clients(), ids)) {
            load.events().forEachRemaining(writer::write);
            writer.flush();
        }
    }

    /** Empties all that streams have written, so that the next begins with smtp.events alone. */
    void reset() throws IOException, InterruptedException {
        try (Admin admin = Admin.create(clients())) {
            Set<String> written = new HashSet<>(names(admin));
            written.remove(Topics.SMTP_EVENTS.name());
            delete(admin, written);
            createTopics();
            await(admin, Topics.all().stream().map(Topic::name).toList());
        } catch (ExecutionException | TopicSetupException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /** Makes topics anew. */
    void replace(Collection<String> topics, int partitions) throws IOException, InterruptedException {
        try (Admin admin = Admin.create(clients())) {
            delete(admin, topics.stream().filter(names(admin)::contains).toList());
            admin.createTopics(topics.stream()
                            .map(topic -> new NewTopic(topic, partitions, (short) 1))
                            .toList())
                    .all()
                    .get();
            await(admin, topics);
        } catch (ExecutionException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private static void delete(Admin admin, Collection<String> topics)
            throws IOException, InterruptedException, ExecutionException {
        admin.deleteTopics(topics).all().get();
        await(() -> topics.stream().noneMatch(names(admin)::contains), "topics are not deleted");
    }

    /** What the controller has made, the broker hears of a little later. */
    private static void await(Admin admin, Collection<String> topics)
            throws IOException, InterruptedException, ExecutionException {
        await(() -> names(admin).containsAll(topics), "topics are not made");
    }

    private interface Condition {
        boolean holds() throws ExecutionException, InterruptedException;
    }

    private static void await(Condition condition, String otherwise)
            throws IOException, InterruptedException, ExecutionException {
        long deadline = System.nanoTime() + PATIENCE;
        while (!condition.holds()) {
            if (System.nanoTime() > deadline) {
                throw new IOException(otherwise + " after a minute");
            }
            LockSupport.parkNanos(LOOK);
        }
    }

    private static Set<String> names(Admin admin) throws ExecutionException, InterruptedException {
        return admin.listTopics().names().get();
    }

    /** Topics there are now. */
    Set<String> topics() throws IOException, InterruptedException {
        try (Admin admin = Admin.create(clients())) {
            return names(admin);
        } catch (ExecutionException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /** An application id that no stream had before. */
    String nextApplication(String name) {
        return "bench-" + name + "-" + ++streams;
    }

    /** Settings of a stream as the pipeline has them. */
    Properties settings(String application) {
        return settings(application, 0);
    }

    /** The same for one of several instances. */
    Properties settings(String application, int instance) {
        return StreamSettings.of(clients(), application, folder.resolve("streams-" + instance), rocksDb);
    }

    @Override
    public void close() throws IOException {
        broker.close();
        rocksDb.close();
        Folders.delete(folder);
    }
}
