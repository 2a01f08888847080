package org.slash64.deploy.pipeline;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.slash64.schemas.registry.RegistryClient;
import org.slash64.schemas.registry.RegistryLimits;

/**
 * Where Kafka and the schema registry are, and how clients of the program talk to them.
 *
 * @param bootstrapServers as Kafka clients take it
 * @param registryUrl base URL of the Confluent-compatible API
 * @param kafka further settings of all Kafka clients, such as security.protocol
 * @param registryClient further settings of the registry's client, such as basic.auth.user.info
 */
public record Endpoints(
        String bootstrapServers, String registryUrl, Map<String, String> kafka, Map<String, String> registryClient) {

    public Endpoints {
        kafka = Map.copyOf(kafka);
        registryClient = Map.copyOf(registryClient);
    }

    /** Clients that need no further settings. */
    public Endpoints(String bootstrapServers, String registryUrl) {
        this(bootstrapServers, registryUrl, Map.of(), Map.of());
    }

    /** The same services elsewhere. */
    public Endpoints at(String otherServers, String otherUrl) {
        return new Endpoints(otherServers, otherUrl, kafka, registryClient);
    }

    /** Configuration of an admin client. */
    public Map<String, Object> admin() {
        Map<String, Object> config = new HashMap<>(kafka);
        config.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        return config;
    }

    /** Names the servers but not the settings, which may hold passwords. */
    @Override
    public String toString() {
        return bootstrapServers + " and " + registryUrl;
    }

    /** Configuration of a consumer without a group that sees committed records only, from the start. */
    public Map<String, Object> reader() {
        Map<String, Object> config = admin();
        config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        return config;
    }

    /** Configuration of a transactional producer. */
    public Map<String, Object> writer(String transactionalId) {
        Map<String, Object> config = sender();
        config.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, transactionalId);
        return config;
    }

    /** Configuration of a producer without transactions. */
    public Map<String, Object> sender() {
        Map<String, Object> config = admin();
        config.put(ProducerConfig.LINGER_MS_CONFIG, 5);
        config.put(ProducerConfig.BATCH_SIZE_CONFIG, 256 * 1024);
        config.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "gzip"); // every make of client has it built in
        return config;
    }

    /** A client of the registry. */
    public RegistryClient registry() {
        return new RegistryClient(registryUrl, registryClient, RegistryLimits.DEFAULT);
    }
}
