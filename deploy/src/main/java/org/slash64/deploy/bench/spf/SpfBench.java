package org.slash64.deploy.bench.spf;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.slash64.deploy.bench.Bench;
import org.slash64.deploy.bench.JmhSide;
import org.slash64.deploy.bench.RoundTimes;
import org.slash64.deploy.bench.Workload;

/** SPF checks whose answers are at hand and whose results are not kept. */
final class SpfBench implements Bench {

    private static final double TARGET = 20;

    private final RoundTimes times;

    SpfBench(RoundTimes times) {
        this.times = times;
    }

    @Override
    public String name() {
        return "spf";
    }

    @Override
    public String unit() {
        return "checks/s";
    }

    @Override
    public OptionalDouble target() {
        return OptionalDouble.of(TARGET);
    }

    @Override
    public Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("domains", SpfSample.DOMAINS + ", four networks in each record, answers in memory");
        settings.put(
                "clients",
                SpfSample.CASES + " in turn, half IPv6, half of them pass and half softfail, seed " + SpfSample.SEED);
        JmhSide.describe(times, settings);
        return settings;
    }

    @Override
    public List<Workload> workloads() {
        return Stream.of(SpfSample.ONE_RECORD, SpfSample.THREE_INCLUDES)
                .map(this::workload)
                .toList();
    }

    private Workload workload(String records) {
        return new Workload(
                records,
                true,
                new JmhSide("slash64", "SpfBenchmarks.slash64", records, times),
                new JmhSide(Jspf.LABEL, "SpfBenchmarks.jspf", records, times));
    }

    @Override
    public void verify() throws IOException {
        for (Workload workload : workloads()) {
            SpfSample sample = SpfSample.of(workload.name());
            Slash64Spf ours = new Slash64Spf(sample.records());
            Jspf theirs = new Jspf(sample.records());
            for (SpfCase each : sample.cases()) {
                String result = ours.check(each).status().text();
                String other = theirs.check(each);
                if (!result.equals(other)) {
                    throw new IOException(each + ": slash64 says " + result + ", jSPF " + other);
                }
            }
        }
    }
}
