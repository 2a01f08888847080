package org.slash64.deploy.bench.suffix;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.slash64.deploy.bench.BenchOptions;
import org.slash64.deploy.bench.JmhTimes;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code slash64 bench suffix}. */
@Command(
        name = "suffix",
        mixinStandardHelpOptions = true,
        description = "Names to organisational domains, against Guava alone.")
public final class SuffixBenchCommand implements Callable<Integer> {

    @Mixin
    private BenchOptions options;

    @Mixin
    private JmhTimes times;

    @Override
    public Integer call() throws IOException, InterruptedException {
        return options.run(new SuffixBench(times));
    }
}
