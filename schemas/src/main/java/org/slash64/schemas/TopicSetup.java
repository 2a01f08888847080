package org.slash64.schemas;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Creates the topics that are missing, and leaves those that exist as they are. */
public final class TopicSetup {
    private static final Duration CALL_TIMEOUT = Duration.ofSeconds(30);
    private static final Duration LOOK = Duration.ofMillis(50);

    private final Admin admin;
    private final String servers;

    private TopicSetup(Admin admin, String servers) {
        this.admin = admin;
        this.servers = servers;
    }

    /**
     * Creates what is missing of the topics. Safe to repeat, and to run by several instances at once.
     *
     * @param adminConfig configuration of Kafka's admin client, with {@code bootstrap.servers}
     * @throws TopicSetupException if the brokers do not answer in time or refuse
     * @throws InterruptedException if the thread is interrupted while it waits
     */
    public static TopicReport create(Map<String, Object> adminConfig, List<Topic<?>> topics, TopicLayout layout)
            throws TopicSetupException, InterruptedException {
        String servers = String.valueOf(adminConfig.get(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG));
        try (Admin admin = Admin.create(bounded(adminConfig))) {
            return new TopicSetup(admin, servers).create(topics, layout);
        } catch (KafkaException e) {
            throw new TopicSetupException("cannot reach Kafka at " + servers + ": " + e.getMessage(), e);
        }
    }

    private static Map<String, Object> bounded(Map<String, Object> adminConfig) {
        Map<String, Object> config = new HashMap<>(adminConfig);
        config.putIfAbsent(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) CALL_TIMEOUT.toMillis());
        config.putIfAbsent(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, (int)
                CALL_TIMEOUT.dividedBy(2).toMillis());
        return config;
    }

    private TopicReport create(List<Topic<?>> topics, TopicLayout layout)
            throws TopicSetupException, InterruptedException {
        List<String> created = new ArrayList<>();
        List<TopicReport.Partitions> differing = new ArrayList<>();
        Map<String, KafkaFuture<TopicDescription>> found =
                admin.describeTopics(topics.stream().map(Topic::name).toList()).topicNameValues();
        List<Topic<?>> missing = new ArrayList<>();
        for (Topic<?> topic : topics) {
            Optional<TopicDescription> description = describe(topic, found.get(topic.name()));
            description.flatMap(d -> compare(topic, d, layout)).ifPresent(differing::add);
            if (description.isEmpty()) {
                missing.add(topic);
            }
        }
        createMissing(missing, layout, created);
        awaitLeaders(missing);
        return new TopicReport(created, differing);
    }

    private Optional<TopicDescription> describe(Topic<?> topic, KafkaFuture<TopicDescription> future)
            throws TopicSetupException, InterruptedException {
        try {
            return Optional.of(await(future));
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                return Optional.empty();
            }
            throw failure("look up", topic, e.getCause());
        } catch (TimeoutException e) {
            throw failure("look up", topic, e);
        }
    }

    private static Optional<TopicReport.Partitions> compare(
            Topic<?> topic, TopicDescription description, TopicLayout layout) {
        int found = description.partitions().size();
        int wanted = layout.partitionsOf(topic);
        return found == wanted
                ? Optional.empty()
                : Optional.of(new TopicReport.Partitions(topic.name(), found, wanted));
    }

    private void createMissing(List<Topic<?>> missing, TopicLayout layout, List<String> created)
            throws TopicSetupException, InterruptedException {
        Map<String, KafkaFuture<Void>> results = admin.createTopics(
                        missing.stream().map(t -> newTopic(t, layout)).toList())
                .values();
        for (Topic<?> topic : missing) {
            if (awaitCreation(topic, results.get(topic.name()))) {
                created.add(topic.name());
            }
        }
    }

    private static NewTopic newTopic(Topic<?> topic, TopicLayout layout) {
        return new NewTopic(topic.name(), layout.partitionsOf(topic), layout.replication()).configs(topic.config());
    }

    /** False where another instance was faster. */
    private boolean awaitCreation(Topic<?> topic, KafkaFuture<Void> future)
            throws TopicSetupException, InterruptedException {
        try {
            await(future);
            return true;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof TopicExistsException) {
                return false;
            }
            throw failure("create", topic, e.getCause());
        } catch (TimeoutException e) {
            throw failure("create", topic, e);
        }
    }

    /**
     * Waits until the brokers lead all partitions. Before that they refuse what comes first and may accept what comes next
     * from the same producer, which then can never send the first.
     */
    private void awaitLeaders(List<Topic<?>> created) throws TopicSetupException, InterruptedException {
        long deadline = System.nanoTime() + CALL_TIMEOUT.toNanos();
        for (Topic<?> topic : created) {
            while (!haveLeaders(topic)) {
                if (System.nanoTime() - deadline > 0) {
                    throw new TopicSetupException(
                            "the brokers at " + servers + " do not know topic " + topic.name() + " after "
                                    + CALL_TIMEOUT.toSeconds() + " s, though they made it",
                            null);
                }
                TimeUnit.MILLISECONDS.sleep(LOOK.toMillis());
            }
        }
    }

    /** False where the broker that is asked has not heard of the topic yet. */
    private boolean haveLeaders(Topic<?> topic) throws TopicSetupException, InterruptedException {
        Optional<TopicDescription> known = describe(
                topic,
                admin.describeTopics(List.of(topic.name())).topicNameValues().get(topic.name()));
        if (known.isEmpty()) {
            return false;
        }
        Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
        known.get()
                .partitions()
                .forEach(partition ->
                        ends.put(new TopicPartition(topic.name(), partition.partition()), OffsetSpec.latest()));
        try {
            await(admin.listOffsets(ends).all()); // asks the leaders, and again until they lead
            return true;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                return false;
            }
            throw failure("find the leaders of", topic, e.getCause());
        } catch (TimeoutException e) {
            throw failure("find the leaders of", topic, e);
        }
    }

    private static <V> V await(KafkaFuture<V> future)
            throws InterruptedException, ExecutionException, TimeoutException {
        return future.get(CALL_TIMEOUT.toMillis() + 1_000, TimeUnit.MILLISECONDS);
    }

    private TopicSetupException failure(String action, Topic<?> topic, Throwable cause) {
        return new TopicSetupException(
                "cannot " + action + " topic " + topic.name() + " at " + servers + ": " + cause.getMessage(), cause);
    }
}
