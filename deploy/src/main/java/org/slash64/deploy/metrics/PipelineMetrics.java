package org.slash64.deploy.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Clock;
import java.util.function.ToLongFunction;
import org.apache.kafka.streams.KafkaStreams;
import org.slash64.connectors.answer.Knowledge;
import org.slash64.connectors.file.FileFeed;
import org.slash64.connectors.milter.Milter;
import org.slash64.connectors.policy.PolicyServer;
import org.slash64.connectors.publish.BlocklistPublisher;
import org.slash64.enrichers.dns.DnsClient;
import org.slash64.enrichers.dns.DnsObserver;
import org.slash64.topology.PipelineStatistics;

/** All figures of a pipeline; whoever starts a part of it has it watched. Labels are enums, so the number of series is bounded. */
public final class PipelineMetrics implements AutoCloseable {

    /** Of what {@link #scrape()} gives. */
    public static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private final Clock clock;
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics collections = new JvmGcMetrics();
    private final DnsMetrics dns;

    /** @param clock for ages */
    public PipelineMetrics(Clock clock) {
        this.clock = clock;
        registry.config().meterFilter(KafkaNames.filter());
        dns = new DnsMetrics(registry);
        bind(collections);
        bind(new JvmMemoryMetrics());
        bind(new JvmThreadMetrics());
        bind(new ProcessorMetrics());
        bind(new FileDescriptorMetrics());
        bind(new UptimeMetrics());
    }

    private void bind(MeterBinder binder) {
        binder.bindTo(registry);
    }

    /** All figures in Prometheus's text format. */
    public String scrape() {
        return registry.scrape();
    }

    /** For a DNS client that is watched: how long its answers take. */
    public DnsObserver dnsObserver() {
        return dns;
    }

    /** Watches the steps. */
    public void watch(PipelineStatistics statistics) {
        bind(new LineMetrics(statistics.lines()));
        bind(new VerdictMetrics(statistics));
        bind(new DecisionMetrics(statistics.decisions()));
        bind(new DeadLetterMetrics(statistics.deadLetters()));
    }

    /** Watches the client that {@link #dnsObserver()} was given to. */
    public void watch(DnsClient client) {
        bind(DnsMetrics.of(client));
    }

    /** Watches the publisher. */
    public void watch(BlocklistPublisher publisher) {
        bind(new PublisherMetrics(publisher, clock));
    }

    /** Watches what answers rest on. */
    public void watch(Knowledge known) {
        bind(new KnowledgeMetrics(known, clock));
    }

    /** Watches the policy server. */
    public void watch(PolicyServer server) {
        bind(new PolicyMetrics(server.statistics()));
        bind(new ServerMetrics<>("policy", server, PolicyServer::connections));
    }

    /** Watches the milter. */
    public void watch(Milter milter) {
        bind(new MilterMetrics(milter));
        bind(new ServerMetrics<>("milter", milter, from -> from.statistics().connections()));
    }

    /** Watches the reader of log files. */
    public void watch(FileFeed feed) {
        bind(new FileMetrics(feed));
    }

    /**
     * Watches a stream until the result is closed.
     *
     * @param lag of the stream, in records
     */
    public AutoCloseable watch(KafkaStreams streams, ToLongFunction<KafkaStreams> lag) {
        bind(new StreamMetrics(streams, lag));
        KafkaStreamsMetrics kafka = new KafkaStreamsMetrics(streams);
        bind(kafka);
        return kafka;
    }

    MeterRegistry registry() {
        return registry;
    }

    @Override
    public void close() {
        collections.close();
        registry.close();
    }
}
