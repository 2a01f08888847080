package org.slash64.deploy.bench.pipeline;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.slash64.deploy.bench.Bench;
import org.slash64.deploy.bench.Workload;

/** Events through whole streams, exactly once, broker included. */
final class StreamBench implements Bench, AutoCloseable {

    private final String name;
    private final double target;
    private final Load load;
    private final List<Workload> workloads;
    private final List<LoadedKafka> brokers;

    private StreamBench(String name, double target, Load load, List<Workload> workloads, List<LoadedKafka> brokers) {
        this.name = name;
        this.target = target;
        this.load = load;
        this.workloads = workloads;
        this.brokers = brokers;
    }

    /** The pipeline against a relay of the same bytes; for the record against one bare copy too. */
    static StreamBench pipeline(LoadOptions options) throws IOException, InterruptedException {
        Load load = options.load(0);
        LoadedKafka kafka = LoadedKafka.start(load);
        PipelineSide ours = new PipelineSide("slash64", load, kafka);
        return new StreamBench(
                "pipeline",
                0.5,
                load,
                List.of(
                        new Workload("relay of the same bytes", true, ours, new RelaySide(load, kafka)),
                        new Workload("for the record", false, ours, new CopySide(load, kafka))),
                List.of(kafka));
    }

    /** The pipeline against what one would write first. */
    static StreamBench naive(LoadOptions options) throws IOException, InterruptedException {
        Load load = options.load(0);
        LoadedKafka kafka = LoadedKafka.start(load);
        PipelineSide ours = new PipelineSide("slash64", load, kafka);
        return new StreamBench(
                "naive",
                3,
                load,
                List.of(new Workload("the same verdicts", true, ours, new NaiveSide(load, kafka))),
                List.of(kafka));
    }

    /** Half of the events from one /48, against the load as it is. */
    static StreamBench skew(LoadOptions options) throws IOException, InterruptedException {
        Load even = options.load(0);
        Load skewed = options.load(0.5);
        LoadedKafka ofEven = LoadedKafka.start(even);
        LoadedKafka ofSkewed = LoadedKafka.start(skewed);
        return new StreamBench(
                "skew",
                0.8,
                even,
                List.of(new Workload(
                        "half from one /48",
                        true,
                        new PipelineSide("slash64, half from one /48", skewed, ofSkewed),
                        new PipelineSide("slash64", even, ofEven))),
                List.of(ofEven, ofSkewed));
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String unit() {
        return "events/s";
    }

    @Override
    public OptionalDouble target() {
        return OptionalDouble.of(target);
    }

    @Override
    public Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>(load.settings());
        settings.put("streams", "exactly once, 2 threads, 4 partitions, broker in the same process");
        return settings;
    }

    @Override
    public List<Workload> workloads() {
        return workloads;
    }

    @Override
    public void verify() throws IOException {
        // each round of the pipeline counts its verdicts
    }

    @Override
    public void close() throws IOException {
        for (LoadedKafka broker : brokers) {
            broker.close();
        }
    }
}
