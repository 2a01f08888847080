package org.slash64.deploy.bench.suffix;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.slash64.deploy.bench.Bench;
import org.slash64.deploy.bench.JmhSide;
import org.slash64.deploy.bench.RoundTimes;
import org.slash64.deploy.bench.Workload;

/** Look-ups in the Public Suffix List. */
final class SuffixBench implements Bench {

    static final String NAMES = "names of hosts";

    private final RoundTimes times;

    SuffixBench(RoundTimes times) {
        this.times = times;
    }

    @Override
    public String name() {
        return "suffix";
    }

    @Override
    public String unit() {
        return "names/s";
    }

    @Override
    public OptionalDouble target() {
        return OptionalDouble.empty();
    }

    @Override
    public Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("work", "a name to its organisational domain; slash64: with the section of the list");
        settings.put("names", NameSample.SIZE + ", seed " + NameSample.SEED);
        JmhSide.describe(times, settings);
        return settings;
    }

    @Override
    public List<Workload> workloads() {
        return List.of(new Workload(
                NAMES,
                true,
                new JmhSide("slash64", "SuffixBenchmarks.slash64", NAMES, times),
                new JmhSide("Guava", "SuffixBenchmarks.guava", NAMES, times)));
    }

    @Override
    public void verify() throws IOException {
        for (String name : NameSample.names()) {
            String ours = OrganisationalDomains.slash64(name);
            String theirs = OrganisationalDomains.guava(name);
            if (!ours.equals(theirs)) {
                throw new IOException(name + ": slash64 says " + ours + ", Guava " + theirs);
            }
        }
    }
}
