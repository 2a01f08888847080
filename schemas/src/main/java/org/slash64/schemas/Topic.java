package org.slash64.schemas;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;

/**
 * One topic: what its records are, and how it is kept.
 *
 * @param name the topic's name
 * @param key what the key says, in words; keys are UTF-8 text
 * @param byNetwork true where keys start with a prefix, and a record's partition is that of the prefix's /48 or /24
 * @param value the Avro class of the values; empty where values are plain bytes
 * @param partitions how many partitions it is created with, unless the operator says otherwise
 * @param retention how long records are kept
 * @param <T> the type of the values
 */
public record Topic<T>(
        String name, String key, boolean byNetwork, Optional<Class<T>> value, int partitions, Retention retention) {

    /** The Avro schema of the values; empty where values are plain bytes. */
    public Optional<Schema> schema() {
        return value.map(SpecificData.get()::getSchema);
    }

    /** The registry's subject for the values: {@code <topic>-value}. */
    public String subject() {
        return name + "-value";
    }

    /** Topic settings, by the names of Kafka's topic configuration. Compression is the producer's choice. */
    public Map<String, String> config() {
        Map<String, String> config = new TreeMap<>(retention.config());
        // Retention then goes by arrival, so an old log is not deleted while it is being read in.
        config.put("message.timestamp.type", "LogAppendTime");
        return config;
    }
}
