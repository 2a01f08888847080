package org.slash64.deploy.bench.spf;

import java.util.List;
import java.util.Map;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** What JMH runs; each call has another client than the last. */
public class SpfBenchmarks {

    /** The checks, in turn. */
    @State(Scope.Thread)
    public static class Cases {

        @Param({SpfSample.ONE_RECORD, SpfSample.THREE_INCLUDES})
        public String workload;

        private List<SpfCase> cases = List.of();
        private Slash64Spf slash64 = new Slash64Spf(Map.of());
        private Jspf jspf = new Jspf(Map.of());
        private int next;

        @Setup
        public void sample() {
            SpfSample sample = SpfSample.of(workload);
            cases = sample.cases();
            slash64 = new Slash64Spf(sample.records());
            jspf = new Jspf(sample.records());
        }

        private SpfCase next() {
            next = (next + 1) % cases.size();
            return cases.get(next);
        }
    }

    @Benchmark
    public Object slash64(Cases cases) {
        return cases.slash64.check(cases.next());
    }

    @Benchmark
    public Object jspf(Cases cases) {
        return cases.jspf.check(cases.next());
    }
}
