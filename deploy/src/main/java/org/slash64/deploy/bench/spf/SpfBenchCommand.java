package org.slash64.deploy.bench.spf;

import org.slash64.deploy.bench.Bench;
import org.slash64.deploy.bench.JmhBenchCommand;
import org.slash64.deploy.bench.RoundTimes;
import picocli.CommandLine.Command;

/** {@code slash64 bench spf}. */
@Command(name = "spf", mixinStandardHelpOptions = true, description = "SPF checks on answers in memory, against jSPF.")
public final class SpfBenchCommand extends JmhBenchCommand {

    @Override
    protected Bench bench(RoundTimes times) {
        return new SpfBench(times);
    }
}
