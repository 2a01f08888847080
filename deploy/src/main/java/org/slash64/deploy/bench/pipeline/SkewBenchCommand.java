package org.slash64.deploy.bench.pipeline;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.slash64.deploy.bench.BenchOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code slash64 bench skew}. */
@Command(
        name = "skew",
        mixinStandardHelpOptions = true,
        description = "The whole pipeline with half of its events from one /48, against the load as it is.")
public final class SkewBenchCommand implements Callable<Integer> {

    @Mixin
    private BenchOptions options;

    @Mixin
    private LoadOptions load;

    @Override
    public Integer call() throws IOException, InterruptedException {
        try (StreamBench bench = StreamBench.skew(load)) {
            return options.run(bench);
        }
    }
}
