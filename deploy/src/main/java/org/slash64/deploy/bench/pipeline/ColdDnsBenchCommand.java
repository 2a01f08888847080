package org.slash64.deploy.bench.pipeline;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.slash64.deploy.bench.BenchOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code slash64 bench cold-dns}. */
@Command(
        name = "cold-dns",
        mixinStandardHelpOptions = true,
        description =
                "The whole pipeline with nothing cached and every DNS answer 50 ms late, by the answers that it gets"
                        + " in a second, against the DNS client alone with the same questions.")
public final class ColdDnsBenchCommand implements Callable<Integer> {

    @Mixin
    private BenchOptions options;

    @Mixin
    private LoadOptions load;

    @Override
    public Integer call() throws IOException, InterruptedException {
        try (ColdDnsBench bench = ColdDnsBench.start(load)) {
            return options.run(bench);
        }
    }
}
