package org.slash64.deploy.bench.ingest;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.slash64.deploy.bench.BenchOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code slash64 bench ingest}. */
@Command(
        name = "ingest",
        mixinStandardHelpOptions = true,
        description =
                "parse against pflogsumm, both on the same made-up Postfix log, each on one core. Needs pflogsumm.")
public final class IngestBenchCommand implements Callable<Integer> {

    private static final int LEAST_MIB = 16;
    private static final int MOST_MIB = 16 * 1024;

    @Spec
    private CommandSpec command;

    @Mixin
    private BenchOptions options;

    @Option(
            names = "--size",
            paramLabel = "MIB",
            description = "Size of the log in MiB, " + LEAST_MIB + " to " + MOST_MIB
                    + "; of a small one much of the time is the start of the JVM. Default: ${DEFAULT-VALUE}.")
    private int size = 1024;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (size < LEAST_MIB || size > MOST_MIB) {
            throw new ParameterException(command.commandLine(), "--size: " + LEAST_MIB + " to " + MOST_MIB);
        }
        String path = System.getenv().getOrDefault("PATH", "");
        try (IngestBench bench = IngestBench.prepare(path, size)) {
            return options.run(bench);
        }
    }
}
