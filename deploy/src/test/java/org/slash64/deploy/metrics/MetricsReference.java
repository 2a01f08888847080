package org.slash64.deploy.metrics;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.slash64.topology.PipelineStatistics;

/** The list of all metrics, in Markdown. */
final class MetricsReference {

    private static final String INTRODUCTION = """
            # Metrics

            Prometheus reads them at `/metrics`. Counters begin at 0 with each start of the process, and what is worked on again after a crash
            counts again: they tell how the program is, the topics tell what happened. Labels have the values listed here and no others, so the number
            of series does not depend on what comes in.

            [deploy/grafana/slash64.json](../deploy/grafana/slash64.json) is a dashboard for Grafana, and
            [deploy/prometheus/slash64.rules.yml](../deploy/prometheus/slash64.rules.yml) has alerts; what to do when one comes:
            [operations.md](operations.md).

            ## slash64

            | metric | type | labels | meaning |
            | --- | --- | --- | --- |
            """;

    private static final String KAFKA = """

            ## Kafka

            Of Kafka's own metrics these are let in; they are [described by Kafka](https://kafka.apache.org/documentation/#monitoring).

            | metric | meaning |
            | --- | --- |
            """;

    private static final String PROCESS = """

            ## Process

            `jvm_*`, `process_*` and `system_*` are those of Micrometer for memory, garbage collection, threads, processors, open files and uptime.
            """;

    private final PipelineMetrics metrics = new PipelineMetrics(Clock.systemUTC());

    /** Binds every source; what a source counts is not asked. */
    MetricsReference() {
        MeterRegistry registry = metrics.registry();
        metrics.watch(new PipelineStatistics());
        DnsMetrics.of(null).bindTo(registry);
        new PublisherMetrics(null, Clock.systemUTC()).bindTo(registry);
        new KnowledgeMetrics(null, Clock.systemUTC()).bindTo(registry);
        new PolicyMetrics(null).bindTo(registry);
        new MilterMetrics(null).bindTo(registry);
        new ServerMetrics<>("policy", null, null).bindTo(registry);
        new ServerMetrics<>("milter", null, null).bindTo(registry);
        new FileMetrics(null).bindTo(registry);
        new StreamMetrics(null, streams -> 0).bindTo(registry);
    }

    List<Meter> own() {
        return metrics.registry().getMeters().stream()
                .filter(meter -> meter.getId().getName().startsWith("slash64."))
                .toList();
    }

    /** All names that a query may use. */
    SortedSet<String> names() {
        SortedSet<String> names =
                metrics.registry().getMeters().stream().map(this::name).collect(Collectors.toCollection(TreeSet::new));
        KafkaNames.letIn().keySet().forEach(kafka -> names.add(underscored(kafka)));
        own().stream()
                .filter(meter -> meter.getId().getType() == Meter.Type.TIMER)
                .map(this::name)
                .forEach(name -> names.addAll(List.of(name + "_bucket", name + "_count", name + "_sum")));
        return names;
    }

    private String name(Meter meter) {
        return meter.getId().getConventionName(metrics.registry().config().namingConvention())
                + (meter.getId().getType() == Meter.Type.COUNTER ? "_total" : "");
    }

    private static String underscored(String name) {
        return name.replace('.', '_');
    }

    String markdown() {
        SortedMap<String, List<Meter>> byName =
                own().stream().collect(Collectors.groupingBy(this::name, TreeMap::new, Collectors.toList()));
        String own = byName.entrySet().stream()
                .map(entry -> row(entry.getKey(), entry.getValue()))
                .collect(Collectors.joining());
        String kafka = KafkaNames.letIn().entrySet().stream()
                .map(entry -> "| `" + underscored(entry.getKey()) + "` | " + entry.getValue() + " |\n")
                .collect(Collectors.joining());
        return INTRODUCTION + own + KAFKA + kafka + PROCESS;
    }

    private static String row(String name, List<Meter> meters) {
        Meter.Id id = meters.get(0).getId();
        String type = switch (id.getType()) {
            case COUNTER -> "counter";
            case GAUGE -> "gauge";
            case TIMER -> "histogram";
            case DISTRIBUTION_SUMMARY, LONG_TASK_TIMER, OTHER -> throw new IllegalStateException(name);
        };
        return "| `" + name + "` | " + type + " | " + labels(meters) + " | " + id.getDescription() + " |\n";
    }

    private static String labels(List<Meter> meters) {
        Map<String, SortedSet<String>> values = new TreeMap<>();
        for (Meter meter : meters) {
            for (Tag tag : meter.getId().getTags()) {
                values.computeIfAbsent(tag.getKey(), key -> new TreeSet<>()).add(tag.getValue());
            }
        }
        return values.entrySet().stream()
                .map(entry -> "`" + entry.getKey() + "`: " + String.join(", ", entry.getValue()))
                .collect(Collectors.joining("; "));
    }
}
