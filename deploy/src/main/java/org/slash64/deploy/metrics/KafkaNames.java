package org.slash64.deploy.metrics;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.config.MeterFilterReply;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Those of Kafka's own metrics that tell how a stream is. Of the thousands that it has, one for each store, task and node, only
 * these are let in; each has at most one series for a store or source partition, or for a thread.
 */
final class KafkaNames {

    private static final SortedMap<String, String> LET_IN = new TreeMap<>();

    static {
        LET_IN.put("kafka.stream.alive.stream.threads", "Stream threads that run.");
        LET_IN.put("kafka.stream.thread.process.total", "Records processed.");
        LET_IN.put("kafka.stream.thread.commit.total", "Commits.");
        LET_IN.put("kafka.stream.thread.commit.latency.max", "The longest commit of the last minute, in milliseconds.");
        LET_IN.put("kafka.stream.thread.poll.latency.max", "The longest poll of the last minute, in milliseconds.");
        LET_IN.put("kafka.stream.state.estimate.num.keys", "Entries of a state store, as RocksDB estimates them.");
        LET_IN.put(
                "kafka.consumer.fetch.manager.records.lag", "Records that a partition has and that were not read yet.");
        LET_IN.put("kafka.consumer.fetch.manager.records.consumed.total", "Records read.");
        LET_IN.put("kafka.consumer.coordinator.rebalance.total", "Rebalances that the consumer took part in.");
        LET_IN.put("kafka.consumer.coordinator.failed.rebalance.total", "Rebalances that failed.");
        LET_IN.put("kafka.producer.record.send.total", "Records written.");
        LET_IN.put("kafka.producer.record.error.total", "Records that could not be written.");
        LET_IN.put("kafka.producer.record.retry.total", "Records written again.");
    }

    private KafkaNames() {}

    /** What is let in, and what it says. The names are Micrometer's. */
    static SortedMap<String, String> letIn() {
        return Collections.unmodifiableSortedMap(LET_IN);
    }

    /** Keeps the rest of Kafka's metrics out; to be set before any is bound. */
    static MeterFilter filter() {
        return new MeterFilter() {
            @Override
            public MeterFilterReply accept(Meter.Id id) {
                return id.getName().startsWith("kafka.") && !LET_IN.containsKey(id.getName())
                        ? MeterFilterReply.DENY
                        : MeterFilterReply.NEUTRAL;
            }
        };
    }
}
