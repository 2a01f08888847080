package org.slash64.deploy.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.slash64.connectors.allowlist.AllowlistException;
import org.slash64.deploy.config.Configuration;
import org.slash64.deploy.pipeline.Endpoints;
import org.slash64.deploy.pipeline.PipelineException;
import org.slash64.deploy.replay.RecordedTopics;
import org.slash64.deploy.replay.ReplayReport;
import org.slash64.testkit.EmbeddedCluster;
import org.slash64.testkit.registry.EmbeddedRegistry;
import org.slash64.topology.Rules;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code slash64 replay}: what other rules would have decided. */
@Command(
        name = "replay",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description =
                "Decides once more on recorded verdicts, by the rules of the stream and by other rules, and tells what"
                        + " differs: what would be listed, and which authenticated mail would be kept out. It only reads.")
public final class ReplayCommand implements Callable<Integer> {

    @Spec
    private CommandSpec command;

    @Option(
            names = "--from",
            paramLabel = "TIME",
            converter = InstantConverter.class,
            description =
                    "Start of the event time to look at, such as 2026-11-16 or 2026-11-16T08:00Z. What came before"
                            + " is decided by the rules of the stream alone. Default: the first verdict.")
    private Instant from = Instant.EPOCH;

    @Option(
            names = "--to",
            paramLabel = "TIME",
            converter = InstantConverter.class,
            description = "Its end, exclusive. Default: now.")
    private Instant to;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description =
                    "Configuration with the rules to try. Default: those of the stream, to see that they lead to the"
                            + " same.")
    private Path tried;

    @Option(
            names = "--live",
            paramLabel = "FILE",
            description = "Configuration that the stream runs with. Default: none, as for run.")
    private Path live;

    @Option(names = "--data", paramLabel = "DIR", description = "Folder of the run. Default: data.")
    private Path data;

    @Option(
            names = "--list-documentation",
            description = "Let documentation prefixes be listed, where the run was told so.")
    private boolean listDocumentation;

    @Mixin
    private KafkaOptions kafka = new KafkaOptions();

    @Option(names = "--json", description = "JSON Lines, one a difference.")
    private boolean json;

    @Override
    public Integer call() throws Exception {
        Instant end = to == null ? Clock.systemUTC().instant() : to;
        if (!from.isBefore(end)) {
            throw new ParameterException(command.commandLine(), "--from must be before --to");
        }
        Configuration stream = live == null ? Configuration.defaults() : Configuration.read(live);
        Configuration other = tried == null ? stream : Configuration.read(tried);
        replay(stream, rules(stream), rules(other), end);
        return CommandLine.ExitCode.OK;
    }

    private Rules rules(Configuration said) throws AllowlistException {
        Rules rules = ConfiguredRules.of(said);
        return listDocumentation ? rules.withDocumentation() : rules;
    }

    private void replay(Configuration stream, Rules rules, Rules triedRules, Instant end)
            throws IOException, InterruptedException, PipelineException {
        Optional<Endpoints> own = kafka.endpoints(stream);
        if (own.isPresent()) {
            replay(own.get(), stream, rules, triedRules, end);
            return;
        }
        Path folder = data == null ? stream.data() : data;
        if (!Files.isDirectory(folder)) {
            throw new PipelineException("there is no data folder " + folder + "; name the one of the run with --data");
        }
        try (EmbeddedCluster cluster =
                EmbeddedCluster.start(folder, stream.kafkaPort(), stream.registryPort(), EmbeddedRegistry.home())) {
            Endpoints embedded = new Endpoints(cluster.bootstrapServers(), cluster.registryUrl());
            replay(embedded, stream, rules, triedRules, end);
        }
    }

    private void replay(Endpoints endpoints, Configuration stream, Rules rules, Rules triedRules, Instant end)
            throws IOException {
        PrintWriter out = command.commandLine().getOut();
        try (RecordedTopics topics = new RecordedTopics(endpoints)) {
            ReplayReport report = new ReplayReport(
                    topics.replay(
                            rules,
                            triedRules,
                            from,
                            end,
                            stream.topology().correlation().lateness()),
                    topics.history());
            if (json) {
                report.printJson(out);
            } else {
                report.print(out);
            }
        }
        out.flush();
    }
}
