package org.slash64.deploy.bench.pipeline;

import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.slash64.deploy.bench.Bench;
import org.slash64.deploy.bench.LoadDns;
import org.slash64.deploy.bench.Workload;
import org.slash64.enrichers.dns.DnsLimits;

/** Answers a second that the pipeline gets from a late DNS server, against those that the DNS client gets by itself. */
final class ColdDnsBench implements Bench, AutoCloseable {

    private static final Duration LATE = Duration.ofMillis(50);
    private static final double TARGET = 0.5;

    private final Load load;
    private final List<LoadDns.Question> questions;
    private final LoadedKafka kafka;
    private final LateDns server;
    private final ClientAloneSide alone;
    private final Map<String, String> found = new LinkedHashMap<>();
    private int rounds;

    private ColdDnsBench(Load load, LoadedKafka kafka, LateDns server) {
        this.load = load;
        this.questions = load.questions();
        this.kafka = kafka;
        this.server = server;
        this.alone = new ClientAloneSide(questions, server.address());
    }

    static ColdDnsBench start(LoadOptions options) throws IOException, InterruptedException {
        Load load = options.load(0);
        LateDns server = LateDns.start(load.mix(), LATE);
        boolean started = false;
        try {
            ColdDnsBench bench = new ColdDnsBench(load, LoadedKafka.start(load), server);
            started = true;
            return bench;
        } finally {
            if (!started) {
                server.close();
            }
        }
    }

    @Override
    public String name() {
        return "cold-dns";
    }

    @Override
    public String unit() {
        return "DNS answers/s";
    }

    @Override
    public OptionalDouble target() {
        return OptionalDouble.of(TARGET);
    }

    @Override
    public Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>(load.settings());
        settings.put(
                "drawn from",
                load.mix().networks() + " networks and " + load.mix().domains() + " domains by Zipf's law");
        settings.put(
                "work",
                "the pipeline's rate is events/s times answers for each event, counted by its DNS client; answers from its"
                        + " cache and questions already in flight do not count");
        settings.put(
                "questions", questions.size() + " different ones, of the same events; the client alone asks each once");
        settings.put(
                "DNS client",
                "the pipeline's own on both sides, new in each round, " + DnsLimits.DEFAULTS.maxInFlight()
                        + " questions in flight at most");
        settings.put("DNS server", "in a process of its own, each answer " + LATE.toMillis() + " ms late");
        settings.put("streams", "exactly once, 2 threads, 4 partitions, broker in the same process");
        settings.putAll(found);
        return settings;
    }

    @Override
    public List<Workload> workloads() {
        ColdPipelineSide ours = new ColdPipelineSide(
                new PipelineSide("slash64", load, kafka), load.size(), server.address(), this::tell);
        return List.of(new Workload("every answer late, nothing cached", true, ours, alone));
    }

    private void tell(String text) {
        rounds++;
        System.err.println("cold-dns, round " + rounds + ": " + text);
        found.put("round " + rounds, text);
    }

    /** Makes sure that each question has its answer, and warms the client up. */
    @Override
    public void verify() throws IOException {
        try {
            alone.round();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    @Override
    public void close() throws IOException {
        try (kafka) {
            server.close();
        }
    }
}
