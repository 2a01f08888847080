package org.slash64.deploy.bench;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;

/** A subcommand of {@code slash64 bench} whose sides are JMH benchmarks. */
public abstract class JmhBenchCommand implements Callable<Integer> {

    @Mixin
    private BenchOptions options;

    @Mixin
    private RoundTimes times;

    /** What to measure, for so long a round. */
    protected abstract Bench bench(RoundTimes roundTimes);

    @Override
    public Integer call() throws IOException, InterruptedException {
        return options.run(bench(times));
    }
}
