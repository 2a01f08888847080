package org.slash64.deploy.bench.pipeline;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.slash64.deploy.bench.BenchOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code slash64 bench naive}. */
@Command(
        name = "naive",
        mixinStandardHelpOptions = true,
        description =
                "The whole pipeline against one as it would be written first: look-ups that are waited for, three windowed counts with three repartitions.")
public final class NaiveBenchCommand implements Callable<Integer> {

    @Mixin
    private BenchOptions options;

    @Mixin
    private LoadOptions load;

    @Override
    public Integer call() throws IOException, InterruptedException {
        try (StreamBench bench = StreamBench.naive(load)) {
            return options.run(bench);
        }
    }
}
