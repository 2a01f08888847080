package org.slash64.deploy.pipeline;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsConfig;

/** How Kafka Streams is run, whatever the instance: guarantee, threads, commits, memory. */
public final class StreamSettings {

    /**
     * Who does not commit for so long is thrown out by the broker; no step may come near it. Where an instance is lost, the
     * others cannot go on before its last transaction is over in this way, which a broker looks for every ten seconds.
     */
    public static final Duration TRANSACTION_TIMEOUT = Duration.ofSeconds(12);

    private static final int THREADS = 2;

    /** For threads without tasks that ask for more, see {@link org.slash64.topology.state.Commits}. */
    private static final Duration COMMIT_INTERVAL = Duration.ofSeconds(1);

    private StreamSettings() {}

    /**
     * Settings by the names of {@link StreamsConfig}.
     *
     * @param clients settings of all Kafka clients
     * @param application the application id
     * @param state folder of the state stores
     * @param rocksDb what all stores share
     */
    public static Properties of(Map<String, Object> clients, String application, Path state, SharedRocksDb rocksDb) {
        Properties properties = new Properties();
        properties.putAll(clients);
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, application);
        properties.put(StreamsConfig.STATE_DIR_CONFIG, state.toString());
        properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        properties.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, THREADS);
        properties.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, 0L);
        properties.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, SharedRocksDb.Setter.class);
        properties.put(SharedRocksDb.PROPERTY, rocksDb);
        // no step depends on the order of records from different topics
        properties.put(StreamsConfig.MAX_TASK_IDLE_MS_CONFIG, StreamsConfig.MAX_TASK_IDLE_MS_DISABLED);
        properties.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, COMMIT_INTERVAL.toMillis());
        properties.put(StreamsConfig.producerPrefix(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG), (int)
                TRANSACTION_TIMEOUT.toMillis());
        properties.put(StreamsConfig.producerPrefix(ProducerConfig.COMPRESSION_TYPE_CONFIG), "lz4");
        properties.put(StreamsConfig.consumerPrefix(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG), "earliest");
        return properties;
    }
}
