package org.slash64.deploy.pipeline;

import org.apache.kafka.common.Metric;
import org.apache.kafka.streams.KafkaStreams;

/** Sums over what the clients of a stream count themselves. */
final class KafkaFigures {

    private KafkaFigures() {}

    /** Records that were written and not read yet, as far as the consumers know. */
    static long lag(KafkaStreams streams) {
        return (long) sum(streams, "records-lag", "consumer-fetch-manager-metrics");
    }

    static double sum(KafkaStreams streams, String name, String group) {
        double sum = 0;
        for (Metric metric : streams.metrics().values()) {
            boolean wanted = metric.metricName().name().equals(name)
                    && metric.metricName().group().equals(group);
            if (wanted && metric.metricValue() instanceof Double value && !value.isNaN()) {
                sum += value;
            }
        }
        return sum;
    }
}
