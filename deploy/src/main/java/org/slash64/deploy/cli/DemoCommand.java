package org.slash64.deploy.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.slash64.connectors.answer.Policy;
import org.slash64.connectors.fallback.FallbackSettings;
import org.slash64.connectors.log.Arrival;
import org.slash64.deploy.http.HttpSettings;
import org.slash64.deploy.pipeline.Endpoints;
import org.slash64.deploy.pipeline.Folders;
import org.slash64.deploy.pipeline.PipelineConfig;
import org.slash64.deploy.pipeline.PublishSettings;
import org.slash64.deploy.pipeline.StateMemory;
import org.slash64.deploy.report.TopicReport;
import org.slash64.schemas.registry.RegistryClient;
import org.slash64.testkit.DataDirLock;
import org.slash64.testkit.dns.ZoneData;
import org.slash64.testkit.dns.ZoneServer;
import org.slash64.topology.TopologySettings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code slash64 demo}: the pipeline on a bundled log and a bundled DNS zone. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description = "Runs the whole pipeline on a bundled mail log and a bundled DNS zone: nothing to install, no"
                + " network. Then shows what the topics hold, and stays up for you to look round.")
public final class DemoCommand implements Callable<Integer> {

    /** Tells a folder that the demo made, and may clear, from any other. */
    private static final String MARK = "slash64-demo";

    @Spec
    private CommandSpec command;

    @Option(names = "--exit", description = "End after the tables.")
    private boolean exit;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Folder for the demo's data, which is cleared at each start. Default: data/demo.")
    private Path data = Path.of("data", "demo");

    @Mixin
    private HttpOption http = new HttpOption();

    @Override
    public Integer call() throws Exception {
        DataDirLock lock = DataDirLock.acquire(data);
        try {
            clear();
            demonstrate(command.commandLine().getOut());
        } finally {
            lock.close();
        }
        return 0;
    }

    private void demonstrate(PrintWriter out) throws Exception {
        Path log = copy("mail.log");
        Path zone = copy("demo.zone");
        out.println("Starting a Kafka broker, a schema registry and a DNS server on loopback ...");
        out.flush();
        try (ZoneServer dns = ZoneServer.start(ZoneData.parse(zone), 0);
                PipelineRun run = PipelineRun.start(config(log, dns), Clock.systemUTC())) {
            run.pipeline().dashboard().ifPresent(url -> out.println("Dashboard: " + url));
            out.println("Reading " + log + ", five days of a Postfix that good and bad senders talked to ...");
            out.flush();
            run.untilIdle();
            Endpoints endpoints = run.pipeline().endpoints();
            report(out, run, endpoints);
            out.flush();
            if (!exit) {
                invite(out, run, endpoints);
                run.untilStopped();
            }
        }
    }

    private PipelineConfig config(Path log, ZoneServer dns) {
        TopologySettings settings = TopologySettings.defaults();
        return new PipelineConfig(
                pipelineData(),
                data.resolve("zones"),
                Optional.empty(),
                0,
                0,
                0,
                List.of(dns.address()),
                List.of(),
                List.of(log),
                false,
                Arrival.UNNAMED_HOST,
                StateMemory.defaults(),
                Optional.empty(),
                PublishSettings.defaults(),
                Policy.defaults(),
                FallbackSettings.defaults(),
                Optional.empty(),
                Optional.empty(),
                exit ? Optional.empty() : http.over(Optional.of(HttpSettings.defaults())),
                settings.withRules(settings.rules().withDocumentation()));
    }

    private void report(PrintWriter out, PipelineRun run, Endpoints endpoints) throws IOException {
        out.println(run.summary());
        try (RegistryClient registry = endpoints.registry()) {
            new TopicReport(endpoints, registry, out).print();
        }
        out.println();
        out.println("Published for rbldnsd, Postfix, nftables and others: " + data.resolve("zones"));
    }

    private static void invite(PrintWriter out, PipelineRun run, Endpoints endpoints) {
        out.println();
        run.pipeline().dashboard().ifPresent(url -> out.println("The dashboard is at " + url));
        out.println("Kafka is at " + endpoints.bootstrapServers() + ", the schema registry at "
                + endpoints.registryUrl() + ". Look at the topics with any client:");
        out.println("  kcat -b " + endpoints.bootstrapServers() + " -L");
        out.println("  kcat -b " + endpoints.bootstrapServers() + " -C -t blocklist -e -f '%k\\n'");
        out.println("Ctrl-C ends the demo.");
        out.flush();
    }

    /** Clears what an earlier demo left; never a folder that holds something else. */
    private void clear() throws IOException {
        Path mark = data.resolve(MARK);
        boolean foreign;
        try (Stream<Path> entries = Files.list(data)) {
            foreign = !Files.exists(mark) && entries.anyMatch(entry -> !entry.endsWith(DataDirLock.FILE_NAME));
        }
        if (foreign) {
            throw new IOException(data + " holds something that is not a demo's; name another folder with --data");
        }
        Files.writeString(mark, "made by slash64 demo; the folder is cleared at its next start\n");
        Folders.delete(pipelineData());
        Files.createDirectories(pipelineData());
    }

    private Path pipelineData() {
        return data.resolve("pipeline");
    }

    private Path copy(String name) throws IOException {
        Path target = pipelineData().resolve(name);
        try (InputStream bundled = DemoCommand.class.getResourceAsStream("/demo/" + name)) {
            Files.copy(bundled, target);
        }
        return target;
    }
}
