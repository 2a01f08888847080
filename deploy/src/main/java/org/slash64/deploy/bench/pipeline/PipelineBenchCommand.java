package org.slash64.deploy.bench.pipeline;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.slash64.deploy.bench.BenchOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code slash64 bench pipeline}. */
@Command(
        name = "pipeline",
        mixinStandardHelpOptions = true,
        description =
                "The whole pipeline from smtp.events, DNS cached, against a relay that moves the same bytes over the same topics.")
public final class PipelineBenchCommand implements Callable<Integer> {

    @Mixin
    private BenchOptions options;

    @Mixin
    private LoadOptions load;

    @Override
    public Integer call() throws IOException, InterruptedException {
        try (StreamBench bench = StreamBench.pipeline(load)) {
            return options.run(bench);
        }
    }
}
