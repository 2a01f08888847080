package org.slash64.deploy.bench.dkim;

import org.slash64.deploy.bench.Bench;
import org.slash64.deploy.bench.JmhBenchCommand;
import org.slash64.deploy.bench.RoundTimes;
import picocli.CommandLine.Command;

/** {@code slash64 bench dkim}. */
@Command(
        name = "dkim",
        mixinStandardHelpOptions = true,
        description = "DKIM signatures verified from the material of events, against Signature of the JDK.")
public final class DkimBenchCommand extends JmhBenchCommand {

    @Override
    protected Bench bench(RoundTimes times) {
        return new DkimBench(times);
    }
}
