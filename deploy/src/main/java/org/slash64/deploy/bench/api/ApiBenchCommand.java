package org.slash64.deploy.bench.api;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.slash64.deploy.bench.BenchOptions;
import org.slash64.deploy.bench.RoundTimes;
import org.slash64.deploy.bench.live.CapacityOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code slash64 bench api}. */
@Command(
        name = "api",
        mixinStandardHelpOptions = true,
        description = "Answers of the HTTP API for prefixes, at a steady rate that does not wait for them, while the"
                + " whole pipeline runs at half of its capacity.")
public final class ApiBenchCommand implements Callable<Integer> {

    @Mixin
    private BenchOptions options;

    @Mixin
    private RoundTimes times = new RoundTimes(Duration.ofSeconds(10), Duration.ofSeconds(30));

    @Mixin
    private ApiOptions asked;

    @Mixin
    private CapacityOptions load;

    @Override
    public Integer call() throws IOException, InterruptedException {
        asked.check();
        load.check();
        try (ApiBench bench = ApiBench.start(asked, load, times)) {
            return options.run(bench);
        }
    }
}
