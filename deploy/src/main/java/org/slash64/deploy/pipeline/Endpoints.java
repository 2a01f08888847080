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
 */
public record Endpoints(String bootstrapServers, String registryUrl) {

    /** Configuration of an admin client. */
    public Map<String, Object> admin() {
        return new HashMap<>(Map.of(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers));
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
        Map<String, Object> config = admin();
        config.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, transactionalId);
        config.put(ProducerConfig.LINGER_MS_CONFIG, 5);
        config.put(ProducerConfig.BATCH_SIZE_CONFIG, 256 * 1024);
        config.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "gzip"); // every make of client has it built in
        return config;
    }

    /** A client of the registry. */
    public RegistryClient registry() {
        return new RegistryClient(registryUrl, Map.of(), RegistryLimits.DEFAULT);
    }
}
