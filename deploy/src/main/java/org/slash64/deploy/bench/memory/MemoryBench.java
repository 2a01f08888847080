package org.slash64.deploy.bench.memory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.slash64.deploy.bench.BenchReport;
import org.slash64.deploy.bench.Comparison;
import org.slash64.deploy.bench.EventWriter;
import org.slash64.deploy.bench.FreshClients;
import org.slash64.deploy.bench.Known;
import org.slash64.deploy.bench.Machine;
import org.slash64.deploy.bench.Series;
import org.slash64.deploy.bench.Workload;
import org.slash64.deploy.bench.live.LoadStream;
import org.slash64.deploy.pipeline.Endpoints;
import org.slash64.deploy.pipeline.Folders;
import org.slash64.deploy.pipeline.StateMemory;
import org.slash64.schemas.SmtpEvent;
import org.slash64.schemas.registry.RegistryClient;
import org.slash64.testkit.EmbeddedCluster;
import org.slash64.testkit.dns.ZoneServer;
import org.slash64.testkit.load.LoadZone;
import org.slash64.testkit.load.Mix;
import org.slash64.testkit.registry.EmbeddedRegistry;

/**
 * What the pipeline takes when it has counted events of so many /64 within one minute, none of whose windows is over. Kafka,
 * the DNS server and the load are in this process, the pipeline and the registry in others.
 */
final class MemoryBench implements AutoCloseable {

    private static final double MIB = 1 << 20;
    private static final double MOST_HEAP_MIB = 512;
    private static final double MOST_RESIDENT_MIB = 1_536;

    private static final FreshClients CLIENTS = new FreshClients(4);
    private static final long LOOK = TimeUnit.MILLISECONDS.toNanos(500);

    /** What is summed up is handed on each second; so often in a row nothing may wait. */
    private static final int QUIET_LOOKS = 6;

    private static final Duration PATIENCE = Duration.ofHours(2);
    private static final int TOLD_EACH = 60;

    private final int networks;
    private final Mix mix = Mix.standard();
    private final LoadZone zone = new LoadZone(mix);
    private final Path folder;
    private EmbeddedCluster cluster;
    private ZoneServer dns;
    private MeasuredRun run;

    private MemoryBench(int networks, Path folder) {
        this.networks = networks;
        this.folder = folder;
    }

    /** Starts the pipeline with nothing to do yet. */
    static MemoryBench start(int networks) throws IOException, InterruptedException {
        MemoryBench bench = new MemoryBench(networks, Files.createTempDirectory("slash64-bench"));
        boolean started = false;
        try {
            bench.startParts();
            started = true;
            return bench;
        } finally {
            if (!started) {
                bench.close();
            }
        }
    }

    private void startParts() throws IOException, InterruptedException {
        cluster = EmbeddedCluster.start(folder.resolve("data"), 0, 0, EmbeddedRegistry.home());
        dns = ZoneServer.start(zone, 0);
        run = MeasuredRun.start(
                folder.resolve("errors"),
                List.of(
                        "--data",
                        folder.resolve("run").toString(),
                        "--bootstrap-servers",
                        cluster.bootstrapServers(),
                        "--schema-registry",
                        cluster.registryUrl(),
                        "--dns",
                        dns.address().getAddress().getHostAddress() + ":" + dns.port(),
                        "--http",
                        "127.0.0.1:0"));
    }

    /**
     * Measures.
     *
     * @param told is told how far it is
     */
    BenchReport measure(Consumer<String> told) throws IOException, InterruptedException {
        Machine machine = Machine.here();
        Memory idle = run.memory();
        told.accept("memory, with nothing done: " + text(idle));
        write();
        told.accept("memory: all events are written");
        await(told);
        Memory counted = run.memory();
        told.accept("memory, with all counted: " + text(counted));
        return report(networks, idle, counted, machine);
    }

    private void write() throws IOException {
        Instant minute = Clock.systemUTC().instant().truncatedTo(ChronoUnit.MINUTES);
        LoadStream events = new LoadStream(mix);
        Endpoints endpoints = new Endpoints(cluster.bootstrapServers(), cluster.registryUrl());
        try (RegistryClient registry = endpoints.registry();
                EventWriter writer = new EventWriter(endpoints.admin(), registry)) {
            for (int number = 0; number < networks; number++) {
                long millis = number * Duration.ofMinutes(1).toMillis() / networks;
                SmtpEvent event = events.next(minute.plusMillis(millis));
                event.setClient(CLIENTS.client(number).toString());
                event.setClientName(null);
                writer.write(event);
            }
            writer.flush();
        }
    }

    private void await(Consumer<String> told) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        int quiet = 0;
        for (int look = 1; quiet < QUIET_LOOKS; look++) {
            Progress progress = run.progress();
            quiet = progress.isDone(networks) ? quiet + 1 : 0;
            if (look % TOLD_EACH == 0) {
                told.accept(String.format(Locale.ROOT, "memory: %,d of %,d verdicts", progress.verdicts(), networks));
            }
            if (System.nanoTime() - deadline > 0) {
                throw new IOException("the pipeline has not counted all after " + PATIENCE);
            }
            if (Thread.interrupted()) {
                throw new InterruptedException("interrupted");
            }
            LockSupport.parkNanos(LOOK);
        }
    }

    private static String text(Memory memory) {
        return "heap " + Memory.mib(memory.heap()) + ", resident " + Memory.mib(memory.resident()) + ", at most "
                + Memory.mib(memory.mostResident());
    }

    /** Of figures. */
    static BenchReport report(int networks, Memory idle, Memory counted, Machine machine) {
        StateMemory usual = StateMemory.defaults();
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("work", "a rate is the number of /64s divided by the MiB that the pipeline takes");
        settings.put(
                "/64s",
                String.format(
                        Locale.ROOT,
                        "%,d within one minute, %d in each /48, an event of the standard mix for each, its client without"
                                + " names",
                        networks,
                        CLIENTS.perNetwork()));
        settings.put(
                "pipeline",
                "slash64 run in a process of its own with the JVM options of this one, " + usual.records()
                        + " records in the heap, " + usual.rocksDbMib() + " MiB for RocksDB");
        settings.put("elsewhere", "Kafka, the DNS server and the load in one process, the registry in another");
        settings.put("aimed at", "heap " + (int) MOST_HEAP_MIB + " MiB, resident " + (int) MOST_RESIDENT_MIB + " MiB");
        settings.put("with nothing done", text(idle));
        settings.put("with all counted", text(counted));
        return new BenchReport(
                "memory",
                "/64s in each MiB",
                OptionalDouble.of(1),
                settings,
                1,
                List.of(
                        comparison("heap in use after a full collection", networks, counted.heap(), MOST_HEAP_MIB),
                        comparison("resident, the most", networks, counted.mostResident(), MOST_RESIDENT_MIB)),
                machine);
    }

    private static Comparison comparison(String name, int networks, long bytes, double mostMiB) {
        Known ours = new Known("slash64", networks * MIB / bytes);
        Known wanted = Known.aim(networks / mostMiB);
        return new Comparison(
                new Workload(name, true, ours, wanted),
                new Series(List.of(ours.rate())),
                new Series(List.of(wanted.rate())));
    }

    @Override
    public void close() throws IOException {
        if (run != null) {
            run.close();
        }
        if (dns != null) {
            dns.close();
        }
        if (cluster != null) {
            cluster.close();
        }
        Folders.delete(folder);
    }
}
