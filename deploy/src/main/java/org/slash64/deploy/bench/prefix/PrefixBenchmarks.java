package org.slash64.deploy.bench.prefix;

import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** What JMH runs; each call takes the next address. */
@State(Scope.Thread)
public class PrefixBenchmarks {

    @Param({AddressSample.IPV6, AddressSample.IPV4})
    public String workload;

    private String[] addresses = {};
    private int next;

    @Setup
    public void sample() {
        addresses = AddressSample.of(workload);
    }

    private String next() {
        next = (next + 1) % addresses.length;
        return addresses[next];
    }

    @Benchmark
    public List<String> slash64() {
        return PrefixTexts.slash64(next());
    }

    @Benchmark
    public List<String> guava() {
        return PrefixTexts.guava(next());
    }
}
