package org.slash64.deploy.bench.prefix;

import org.slash64.deploy.bench.Bench;
import org.slash64.deploy.bench.JmhBenchCommand;
import org.slash64.deploy.bench.RoundTimes;
import picocli.CommandLine.Command;

/** {@code slash64 bench prefix}. */
@Command(
        name = "prefix",
        mixinStandardHelpOptions = true,
        description = "Addresses to counted prefixes, text to text, against Guava and the JDK.")
public final class PrefixBenchCommand extends JmhBenchCommand {

    @Override
    protected Bench bench(RoundTimes times) {
        return new PrefixBench(times);
    }
}
