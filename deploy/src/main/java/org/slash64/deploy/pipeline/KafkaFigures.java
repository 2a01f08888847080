package org.slash64.deploy.pipeline;

import java.util.function.Predicate;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.streams.KafkaStreams;

/** Sums over what the clients of a stream count themselves. */
final class KafkaFigures {

    private KafkaFigures() {}

    /** Records that were written and not read yet, as far as the consumers know. */
    static long lag(KafkaStreams streams) {
        return (long) sum(streams, "records-lag", "consumer-fetch-manager-metrics", name -> true);
    }

    /** Records read so far, but for those of one topic. */
    static double consumedBut(KafkaStreams streams, String topic) {
        return sum(
                streams,
                "records-consumed-total",
                "consumer-fetch-manager-metrics",
                name -> name.tags().containsKey("topic")
                        && !topic.equals(name.tags().get("topic")));
    }

    private static double sum(KafkaStreams streams, String name, String group, Predicate<MetricName> which) {
        double sum = 0;
        for (Metric metric : streams.metrics().values()) {
            boolean wanted = metric.metricName().name().equals(name)
                    && metric.metricName().group().equals(group)
                    && which.test(metric.metricName());
            if (wanted && metric.metricValue() instanceof Double value && !value.isNaN()) {
                sum += value;
            }
        }
        return sum;
    }
}
