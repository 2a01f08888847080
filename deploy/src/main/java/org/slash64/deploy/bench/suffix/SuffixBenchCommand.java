package org.slash64.deploy.bench.suffix;

import org.slash64.deploy.bench.Bench;
import org.slash64.deploy.bench.JmhBenchCommand;
import org.slash64.deploy.bench.RoundTimes;
import picocli.CommandLine.Command;

/** {@code slash64 bench suffix}. */
@Command(
        name = "suffix",
        mixinStandardHelpOptions = true,
        description = "Names to organisational domains, against Guava alone.")
public final class SuffixBenchCommand extends JmhBenchCommand {

    @Override
    protected Bench bench(RoundTimes times) {
        return new SuffixBench(times);
    }
}
