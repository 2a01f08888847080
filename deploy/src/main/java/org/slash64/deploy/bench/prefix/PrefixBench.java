package org.slash64.deploy.bench.prefix;

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

/** Text to prefixes to text. */
final class PrefixBench implements Bench {

    private final RoundTimes times;

    PrefixBench(RoundTimes times) {
        this.times = times;
    }

    @Override
    public String name() {
        return "prefix";
    }

    @Override
    public String unit() {
        return "addresses/s";
    }

    @Override
    public OptionalDouble target() {
        return OptionalDouble.empty();
    }

    @Override
    public Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("work", "an address read, cut to /64, /56 and /48 (IPv4: /32 and /24), each written");
        settings.put("addresses", AddressSample.SIZE + ", seed " + AddressSample.SEED);
        JmhSide.describe(times, settings);
        return settings;
    }

    @Override
    public List<Workload> workloads() {
        return Stream.of(AddressSample.IPV6, AddressSample.IPV4)
                .map(this::workload)
                .toList();
    }

    private Workload workload(String family) {
        return new Workload(
                family,
                true,
                new JmhSide("slash64", "PrefixBenchmarks.slash64", family, times),
                new JmhSide("Guava", "PrefixBenchmarks.guava", family, times));
    }

    @Override
    public void verify() throws IOException {
        for (Workload workload : workloads()) {
            for (String address : AddressSample.of(workload.name())) {
                List<String> ours = PrefixTexts.slash64(address);
                List<String> theirs = PrefixTexts.guava(address);
                if (!ours.equals(theirs)) {
                    throw new IOException(address + ": slash64 makes it " + ours + ", Guava " + theirs);
                }
            }
        }
    }
}
