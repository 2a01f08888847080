package org.slash64.deploy.pipeline;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.common.Metric;
import org.apache.kafka.streams.KafkaStreams;
import org.slash64.connectors.publish.PublishedVersion;
import org.slash64.deploy.Slash64;
import org.slash64.deploy.http.Running;
import org.slash64.deploy.view.TopicView;
import org.slash64.schemas.Topic;
import org.slash64.schemas.Topics;

/** How the pipeline goes, as far as this instance can tell. */
final class PipelineStatus implements Running {

    /** Kafka tells each topic's metrics once more under its old name, without dots (KIP-1109). */
    private static final Set<String> RENAMED = Topics.all().stream()
            .map(Topic::name)
            .filter(name -> name.indexOf('.') >= 0)
            .map(name -> name.replace('.', '_'))
            .collect(Collectors.toSet());

    private final Console.Sources sources;
    private final TopicView view;
    private final String instance;
    private final boolean writing;
    private final Instant started;

    PipelineStatus(Console.Sources sources, TopicView view, String instance, boolean writing, Clock clock) {
        this.sources = sources;
        this.view = view;
        this.instance = instance;
        this.writing = writing;
        this.started = clock.instant();
    }

    @Override
    public Status status() {
        Optional<KafkaStreams> streams = sources.streams().get();
        String state = streams.map(running -> running.state().name()).orElse("CREATED");
        return new Status(
                Slash64.VERSION,
                instance,
                streams.map(PipelineStatus::instances).orElse(List.of()),
                state,
                notReady(state),
                sources.failure().get(),
                started,
                view.eventTime(),
                sources.statistics().lines().lines(),
                sources.statistics().lines().events().values().stream()
                        .mapToLong(Long::longValue)
                        .sum(),
                sources.statistics().verdicts().all(),
                sources.statistics().waiting(),
                streams.map(PipelineStatus::lag).orElse(Map.of()),
                sources.published().prefixes().size(),
                sources.published().domains().size(),
                sources.publisher().statistics().last().map(PublishedVersion::version),
                sources.publisher().statistics().objection(),
                writing);
    }

    /** While its state is restored, or is on its way from another instance, an instance is REBALANCING. */
    private List<String> notReady(String state) {
        List<String> reasons = new ArrayList<>();
        sources.failure().get().ifPresent(reasons::add);
        if (!state.equals("RUNNING")) {
            reasons.add("the stream is not running but " + state + ": its state may still be restored");
        }
        if (!sources.publisher().statistics().caughtUp()) {
            reasons.add("the blocklist is not read to its end yet");
        }
        if (view.asOf().isEmpty()) {
            reasons.add("counts and history are not read to their end yet");
        }
        return reasons;
    }

    private static List<String> instances(KafkaStreams streams) {
        try {
            return streams.metadataForAllStreamsClients().stream()
                    .map(client ->
                            client.hostInfo().host() + ":" + client.hostInfo().port())
                    .sorted()
                    .toList();
        } catch (IllegalStateException e) { // not running
            return List.of();
        }
    }

    /** By topic, without what Kafka Streams puts round the names of those between the steps. */
    private static Map<String, Long> lag(KafkaStreams streams) {
        Map<String, Long> lag = new TreeMap<>();
        for (Metric metric : streams.metrics().values()) {
            String topic = metric.metricName().tags().get("topic");
            boolean wanted =
                    metric.metricName().name().equals("records-lag") && topic != null && !RENAMED.contains(topic);
            if (wanted && metric.metricValue() instanceof Double value) {
                String name = topic.replaceAll("^" + Pipeline.APPLICATION + "-(.*)-repartition$", "$1");
                lag.merge(name, value.isNaN() ? 0L : value.longValue(), Long::sum);
            }
        }
        return lag;
    }
}
