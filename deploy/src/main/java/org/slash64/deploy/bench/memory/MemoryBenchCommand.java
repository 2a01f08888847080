package org.slash64.deploy.bench.memory;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.slash64.deploy.bench.BenchReport;
import org.slash64.deploy.bench.ReportOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code slash64 bench memory}. */
@Command(
        name = "memory",
        mixinStandardHelpOptions = true,
        description =
                "Heap in use and resident memory of slash64 run, with its defaults, when it has counted in very many"
                        + " /64 within one window. Kafka is in another process. Needs Linux.")
public final class MemoryBenchCommand implements Callable<Integer> {

    private static final int LEAST = 1_000;
    private static final int MOST = 10_000_000;

    @Spec
    private CommandSpec command;

    @Mixin
    private ReportOptions options;

    @Option(names = "--networks", paramLabel = "N", description = "/64s, an event each. Default: ${DEFAULT-VALUE}.")
    private int networks = 1_000_000;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (networks < LEAST || networks > MOST) {
            throw new ParameterException(command.commandLine(), "--networks: from " + LEAST + " to " + MOST);
        }
        PrintWriter err = command.commandLine().getErr();
        try (MemoryBench bench = MemoryBench.start(networks)) {
            BenchReport report = bench.measure(text -> {
                err.println(text);
                err.flush();
            });
            options.show(command.commandLine().getOut(), report.toJson(), report::print);
        }
        return 0;
    }
}
