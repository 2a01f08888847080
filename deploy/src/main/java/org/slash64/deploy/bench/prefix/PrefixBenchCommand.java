package org.slash64.deploy.bench.prefix;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.slash64.deploy.bench.BenchOptions;
import org.slash64.deploy.bench.JmhTimes;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code slash64 bench prefix}. */
@Command(
        name = "prefix",
        mixinStandardHelpOptions = true,
        description = "Addresses to counted prefixes, text to text, against Guava and the JDK.")
public final class PrefixBenchCommand implements Callable<Integer> {

    @Mixin
    private BenchOptions options;

    @Mixin
    private JmhTimes times;

    @Override
    public Integer call() throws IOException, InterruptedException {
        return options.run(new PrefixBench(times));
    }
}
