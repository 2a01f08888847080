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
import org.slash64.deploy.pipeline.Endpoints;
import org.slash64.deploy.pipeline.PipelineConfig;
import org.slash64.topology.TopologySettings;
import org.slash64.topology.correlate.CorrelatorSettings;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
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
            names = "--log",
            paramLabel = "FILE",
            arity = "1..*",
            description = "Log files to read, in this order. How far they were read is kept.")
    private List<Path> logs = List.of();

    @ArgGroup
    private Ending ending = new Ending();

    static final class Ending {
        @Option(names = "--follow", description = "Go on reading as the files grow, are rotated or truncated.")
        boolean follow;

        @Option(
                names = "--until-idle",
                description = "End when everything is read and done. Sessions still open wait for the next start.")
        boolean untilIdle;
    }

    @Option(names = "--data", paramLabel = "DIR", description = "Folder for everything that is kept. Default: data.")
    private Path data = Path.of("data");

    @Option(names = "--zones", paramLabel = "DIR", description = "Folder for zone files. Default: DATA/zones.")
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

    @Option(names = "--bootstrap-servers", paramLabel = "HOST:PORT[,...]", description = "Your own Kafka.")
    private String bootstrapServers;

    @Option(
            names = "--schema-registry",
            paramLabel = "URL",
            description = "Your own registry: base URL of its Confluent-compatible API.")
    private String schemaRegistry;

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
        PrintWriter out = command.commandLine().getOut();
        PipelineConfig config = config();
        try (PipelineRun run = PipelineRun.start(config, Clock.systemUTC())) {
            out.println("Kafka: " + run.pipeline().endpoints().bootstrapServers());
            out.println("Schema registry: " + run.pipeline().endpoints().registryUrl());
            out.println("Zone files: " + config.zones());
            out.flush();
            if (ending.untilIdle) {
                run.untilIdle();
            } else {
                run.untilStopped();
            }
            out.println(run.summary());
        }
        return 0;
    }

    private PipelineConfig config() {
        if ((bootstrapServers == null) != (schemaRegistry == null)) {
            throw bad("--bootstrap-servers and --schema-registry go together");
        }
        if (logs.isEmpty() && ending.follow) {
            throw bad("--follow needs --log");
        }
        Optional<Endpoints> endpoints =
                Optional.ofNullable(bootstrapServers).map(servers -> new Endpoints(servers, schemaRegistry));
        TopologySettings settings = TopologySettings.defaults();
        if (timeZone != null) {
            settings = settings.withZone(timeZone);
        }
        if (idsKept != null) {
            settings = settings.withCorrelation(idsKeptFor(settings.correlation()));
        }
        if (listDocumentation) {
            settings = settings.withListing(settings.listing().withDocumentation());
        }
        return new PipelineConfig(
                data,
                zones == null ? data.resolve("zones") : zones,
                endpoints,
                kafkaPort,
                registryPort,
                dns,
                logs,
                ending.follow,
                settings);
    }

    private CorrelatorSettings idsKeptFor(CorrelatorSettings correlation) {
        try {
            return correlation.withIds(idsKept, correlation.maxIds());
        } catch (IllegalArgumentException e) {
            throw bad("--ids-kept: " + e.getMessage());
        }
    }

    private ParameterException bad(String message) {
        return new ParameterException(command.commandLine(), message);
    }
}
