package org.slash64.deploy.bench.suffix;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** What JMH runs; each call takes the next name. */
@State(Scope.Thread)
public class SuffixBenchmarks {

    @Param(SuffixBench.NAMES)
    public String workload;

    private final String[] names = NameSample.names();
    private int next;

    private String next() {
        next = (next + 1) % names.length;
        return names[next];
    }

    @Benchmark
    public String slash64() {
        return OrganisationalDomains.slash64(next());
    }

    @Benchmark
    public String guava() {
        return OrganisationalDomains.guava(next());
    }
}
