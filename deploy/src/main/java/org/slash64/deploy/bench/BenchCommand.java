package org.slash64.deploy.bench;

import org.slash64.deploy.bench.api.ApiBenchCommand;
import org.slash64.deploy.bench.dkim.DkimBenchCommand;
import org.slash64.deploy.bench.dns.DnsBenchCommand;
import org.slash64.deploy.bench.ingest.IngestBenchCommand;
import org.slash64.deploy.bench.latency.LatencyBenchCommand;
import org.slash64.deploy.bench.memory.MemoryBenchCommand;
import org.slash64.deploy.bench.pipeline.ColdDnsBenchCommand;
import org.slash64.deploy.bench.pipeline.NaiveBenchCommand;
import org.slash64.deploy.bench.pipeline.PipelineBenchCommand;
import org.slash64.deploy.bench.pipeline.ScaleBenchCommand;
import org.slash64.deploy.bench.pipeline.SkewBenchCommand;
import org.slash64.deploy.bench.policy.PolicyBenchCommand;
import org.slash64.deploy.bench.prefix.PrefixBenchCommand;
import org.slash64.deploy.bench.soak.SoakBenchCommand;
import org.slash64.deploy.bench.spf.SpfBenchCommand;
import org.slash64.deploy.bench.suffix.SuffixBenchCommand;
import picocli.CommandLine.Command;

/** {@code slash64 bench}: one subcommand for each {@link Bench}, and the soak. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        description =
                "Measures slash64 against something else, both in one run, in turn, and shows the ratio. soak is no ratio but"
                        + " a check.",
        subcommands = {
            SpfBenchCommand.class,
            DkimBenchCommand.class,
            DnsBenchCommand.class,
            IngestBenchCommand.class,
            SuffixBenchCommand.class,
            PrefixBenchCommand.class,
            PolicyBenchCommand.class,
            PipelineBenchCommand.class,
            NaiveBenchCommand.class,
            SkewBenchCommand.class,
            ApiBenchCommand.class,
            LatencyBenchCommand.class,
            ColdDnsBenchCommand.class,
            MemoryBenchCommand.class,
            ScaleBenchCommand.class,
            SoakBenchCommand.class
        },
        synopsisSubcommandLabel = "NAME")
public final class BenchCommand {}
