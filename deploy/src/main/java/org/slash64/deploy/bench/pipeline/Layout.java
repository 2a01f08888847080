package org.slash64.deploy.bench.pipeline;

import java.util.Properties;
import org.apache.kafka.streams.StreamsConfig;

/**
 * What runs a stream, all in this process.
 *
 * @param instances of Kafka Streams
 * @param threads of each
 */
record Layout(int instances, int threads) {

    /** As the pipeline has it. */
    static final Layout USUAL = new Layout(1, 2);

    Properties over(Properties settings) {
        settings.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, threads);
        return settings;
    }
}
