package org.slash64.deploy.cli;

import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.slash64.connectors.allowlist.AllowlistException;
import org.slash64.connectors.answer.Policy;
import org.slash64.deploy.config.Configuration;
import org.slash64.deploy.config.yaml.YamlException;
import org.slash64.deploy.pipeline.Endpoints;
import org.slash64.deploy.pipeline.PipelineConfig;
import org.slash64.deploy.report.ServiceReport;
import org.slash64.topology.TopologySettings;
import org.slash64.topology.correlate.CorrelatorSettings;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code slash64 run}: the pipeline. */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Runs the pipeline on log files and on whatever others send to the topic smtp.log. Without"
                + " --bootstrap-servers it starts its own Kafka broker and schema registry on loopback.")
public final class RunCommand implements Callable<Integer> {

    @Spec
    private CommandSpec command;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "Configuration in YAML (docs/configuration.md). The other options win over it.")
    private Path file;

    @Option(names = "--check", description = "Only check the configuration and its allowlist, and end.")
    private boolean check;

    @Option(
            names = "--log",
            paramLabel = "FILE",
            arity = "1..*",
            description = LogOptions.FILES + " How far files were read is kept.")
    private List<Path> logs = List.of();

    @Option(names = "--log-host", paramLabel = "NAME", description = LogOptions.HOST)
    private String logHost;

    @ArgGroup
    private Ending ending = new Ending();

    static final class Ending {
        @Option(
                names = "--follow",
                description =
                        "Go on reading as the files grow, are rotated or truncated, and when new files match a pattern.")
        boolean follow;

        @Option(
                names = "--until-idle",
                description = "End when everything is read and done. Sessions still open wait for the next start.")
        boolean untilIdle;
    }

    @Option(names = "--data", paramLabel = "DIR", description = "Folder for everything that is kept. Default: data.")
    private Path data;

    @Option(names = "--zones", paramLabel = "DIR", description = "Folder for the published files. Default: DATA/zones.")
    private Path zones;

    @Option(
            names = "--dns",
            paramLabel = "ADDRESS:PORT",
            converter = DnsServerConverter.class,
            description = "DNS server to ask, an address with a port; may be repeated. Default: the system's.")
    private List<InetSocketAddress> dns = List.of();

    @Option(
            names = "--time-zone",
            paramLabel = "ZONE",
            description = "Zone of log stamps that name none, such as Europe/Berlin. Default: this system's.")
    private ZoneId timeZone;

    @Option(
            names = "--ids-kept",
            paramLabel = "DURATION",
            description = "How long the ids of events are remembered, by the log's clock, so that lines sent again add"
                    + " nothing; ISO 8601 such as P7D. Default: P7D.")
    private Duration idsKept;

    @Option(
            names = "--list-documentation",
            description = "Let documentation prefixes (2001:db8::/32, 192.0.2.0/24 ...) be listed, for trials.")
    private boolean listDocumentation;

    @Mixin
    private KafkaOptions kafka = new KafkaOptions();

    @Mixin
    private HttpOption http = new HttpOption();

    @Option(
            names = "--kafka-port",
            paramLabel = "PORT",
            description = "Port of the embedded broker. Default: the one used last, or a free one.")
    private int kafkaPort;

    @Option(
            names = "--registry-port",
            paramLabel = "PORT",
            description = "Port of the embedded registry. Default: the one used last, or a free one.")
    private int registryPort;

    @Override
    public Integer call() throws Exception {
        PipelineConfig config = config();
        if (check) {
            command.commandLine().getOut().println("configuration ok");
        } else {
            run(config, command.commandLine().getOut());
        }
        return CommandLine.ExitCode.OK;
    }

    private void run(PipelineConfig config, PrintWriter out) throws Exception {
        try (PipelineRun run = PipelineRun.start(config, Clock.systemUTC())) {
            out.println("Kafka: " + run.pipeline().endpoints().bootstrapServers());
            out.println("Schema registry: " + run.pipeline().endpoints().registryUrl());
            out.println("Published files: " + config.zones());
            run.pipeline().dashboard().ifPresent(url -> out.println("Dashboard: " + url));
            config.policy().ifPresent(policy -> out.println("Policy server: " + policy.listen()));
            config.milter().ifPresent(milter -> out.println("Milter: " + milter.listen()));
            out.flush();
            if (ending.untilIdle) {
                run.untilIdle();
            } else {
                run.untilStopped();
            }
            out.println(run.summary());
            run.pipeline().policyServer().ifPresent(server -> out.println(ServiceReport.of(server)));
            run.pipeline().fallback().ifPresent(fallback -> out.println(ServiceReport.of(fallback.statistics())));
            run.pipeline().milter().ifPresent(milter -> out.println(ServiceReport.of(milter.statistics())));
        }
    }

    /**
     * What the file says, and over it what the options say.
     *
     * @throws YamlException with all mistakes of the file
     * @throws AllowlistException with all mistakes of the allowlist that it names
     */
    public PipelineConfig config() throws YamlException, AllowlistException {
        Configuration said = file == null ? Configuration.defaults() : Configuration.read(file);
        Path folder = data == null ? said.data() : data;
        Optional<Path> published = zones == null ? said.zones() : Optional.of(zones);
        List<Path> read = logs.isEmpty() ? said.logs() : logs;
        boolean follow = ending.follow || (said.follow() && !ending.untilIdle);
        if (read.isEmpty() && follow) {
            throw bad("--follow needs --log");
        }
        Optional<Endpoints> own = kafka.endpoints(said);
        return new PipelineConfig(
                folder,
                published.orElse(folder.resolve("zones")),
                own,
                kafkaPort == 0 ? said.kafkaPort() : kafkaPort,
                registryPort == 0 ? said.registryPort() : registryPort,
                said.standbyReplicas().orElse(own.isPresent() ? 1 : 0),
                dns.isEmpty() ? said.dns() : dns,
                said.blocklists(),
                read,
                follow,
                LogOptions.host(Optional.ofNullable(logHost).or(said::logHost)),
                said.memory(),
                said.link(),
                said.publish(),
                answers(said),
                said.fallback(),
                said.policy(),
                said.milter(),
                http.over(said.http()),
                topology(said));
    }

    private static Policy answers(Configuration said) {
        Policy policy =
                said.answers().withExemptions(said.topology().enrichment().exemptions());
        return said.link().map(policy::withLink).orElse(policy);
    }

    private TopologySettings topology(Configuration said) throws AllowlistException {
        TopologySettings settings = said.topology().withRules(ConfiguredRules.of(said));
        if (timeZone != null) {
            settings = settings.withZone(timeZone);
        }
        if (idsKept != null) {
            settings = settings.withCorrelation(idsKeptFor(settings.correlation()));
        }
        if (listDocumentation) {
            settings = settings.withRules(settings.rules().withDocumentation());
        }
        return settings;
    }

    private CorrelatorSettings idsKeptFor(CorrelatorSettings correlation) {
        try {
            return correlation.withIdsKept(idsKept);
        } catch (IllegalArgumentException e) {
            throw bad("--ids-kept: " + e.getMessage());
        }
    }

    private ParameterException bad(String message) {
        return new ParameterException(command.commandLine(), message);
    }
}
