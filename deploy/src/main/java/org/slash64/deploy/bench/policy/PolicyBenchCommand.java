package org.slash64.deploy.bench.policy;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.slash64.deploy.bench.BenchOptions;
import org.slash64.deploy.bench.RoundTimes;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code slash64 bench policy}. */
@Command(
        name = "policy",
        mixinStandardHelpOptions = true,
        description = "Answers of the policy server over loopback, at a steady rate that does not wait for them.")
public final class PolicyBenchCommand implements Callable<Integer> {

    @Mixin
    private BenchOptions options;

    @Mixin
    private RoundTimes times;

    @Override
    public Integer call() throws IOException, InterruptedException {
        try (PolicyBench bench = PolicyBench.start(times)) {
            return options.run(bench);
        }
    }
}
