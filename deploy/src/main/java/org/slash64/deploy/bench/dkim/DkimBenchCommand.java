package org.slash64.deploy.bench.dkim;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.slash64.deploy.bench.BenchOptions;
import org.slash64.deploy.bench.JmhTimes;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code slash64 bench dkim}. */
@Command(
        name = "dkim",
        mixinStandardHelpOptions = true,
        description = "DKIM signatures verified from the material of events, against Signature of the JDK.")
public final class DkimBenchCommand implements Callable<Integer> {

    @Mixin
    private BenchOptions options;

    @Mixin
    private JmhTimes times;

    @Override
    public Integer call() throws IOException, InterruptedException {
        return options.run(new DkimBench(times));
    }
}
