package org.slash64.deploy.bench.spf;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.slash64.deploy.bench.BenchOptions;
import org.slash64.deploy.bench.JmhTimes;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code slash64 bench spf}. */
@Command(name = "spf", mixinStandardHelpOptions = true, description = "SPF checks on answers in memory, against jSPF.")
public final class SpfBenchCommand implements Callable<Integer> {

    @Mixin
    private BenchOptions options;

    @Mixin
    private JmhTimes times;

    @Override
    public Integer call() throws IOException, InterruptedException {
        return options.run(new SpfBench(times));
    }
}
