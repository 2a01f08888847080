package org.slash64.deploy.bench.dns;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.slash64.deploy.bench.BenchOptions;
import org.slash64.deploy.bench.RoundTimes;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code slash64 bench dns}. */
@Command(
        name = "dns",
        mixinStandardHelpOptions = true,
        description =
                "The DNS client against dnsperf, both asking an nsd that this command starts. Needs both installed.")
public final class DnsBenchCommand implements Callable<Integer> {

    @Mixin
    private BenchOptions options;

    @Mixin
    private RoundTimes times;

    @Override
    public Integer call() throws IOException, InterruptedException {
        String path = System.getenv().getOrDefault("PATH", "");
        try (DnsBench bench = DnsBench.start(path, times)) {
            return options.run(bench);
        }
    }
}
