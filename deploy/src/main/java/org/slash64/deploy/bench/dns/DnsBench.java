package org.slash64.deploy.bench.dns;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.CompletableFuture;
import org.slash64.deploy.bench.Bench;
import org.slash64.deploy.bench.InstalledProgram;
import org.slash64.deploy.bench.RoundTimes;
import org.slash64.deploy.bench.Workload;
import org.slash64.enrichers.dns.DnsAnswer;
import org.slash64.enrichers.dns.DnsClient;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/** Answers a second over UDP from one server on the same machine. */
final class DnsBench implements Bench, AutoCloseable {
    /** dnsperf's own default. */
    static final int OUTSTANDING = 100;

    private static final double TARGET = 0.3;
    /** Questions asked at once while the answers are verified. */
    private static final int BATCH = 500;

    private final Path directory;
    private final NsdServer server;
    private final List<Name> names;
    private final Path dnsperf;
    private final RoundTimes times;

    private DnsBench(Path directory, NsdServer server, List<Name> names, Path dnsperf, RoundTimes times) {
        this.directory = directory;
        this.server = server;
        this.names = names;
        this.dnsperf = dnsperf;
        this.times = times;
    }

    /**
     * Starts the server.
     *
     * @param path where programs are looked for, as the environment's {@code PATH}
     * @throws IOException when one of the programs is not installed, or the server does not come up
     */
    static DnsBench start(String path, RoundTimes times) throws IOException, InterruptedException {
        Path nsd = InstalledProgram.find("nsd", path, "nsd");
        Path dnsperf = InstalledProgram.find("dnsperf", path, "dnsperf");
        BenchZone zone = BenchZone.generate();
        Path directory = zone(zone);
        return new DnsBench(directory, NsdServer.start(nsd, directory), zone.names(), dnsperf, times);
    }

    /** The files that both sides and the server need, in a directory of their own. */
    private static Path zone(BenchZone zone) throws IOException {
        Path directory = Files.createTempDirectory("slash64-bench-dns");
        try {
            zone.writeZone(directory.resolve("zone"));
            zone.writeQueries(directory.resolve(DnsperfSide.QUERIES));
            return directory;
        } catch (IOException e) {
            NsdServer.delete(directory);
            throw e;
        }
    }

    @Override
    public String name() {
        return "dns";
    }

    @Override
    public String unit() {
        return "answers/s";
    }

    @Override
    public OptionalDouble target() {
        return OptionalDouble.of(TARGET);
    }

    @Override
    public Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("work", "the A record of each name, over UDP with EDNS, nothing from a cache");
        settings.put("names", BenchZone.SIZE + " different ones, seed " + BenchZone.SEED);
        settings.put("server", "nsd, one process, on the loopback interface of the same machine");
        settings.put("outstanding", OUTSTANDING + " queries on each side");
        settings.put("warm-up", times.warmUp() + " a round of slash64");
        settings.put("time", times.time() + " a round");
        return settings;
    }

    @Override
    public List<Workload> workloads() {
        return List.of(new Workload(
                "A records",
                true,
                new ClientSide(names, server.address(), times.warmUp(), times.time()),
                new DnsperfSide(dnsperf, directory, server.address(), times.time())));
    }

    /** Looks at every address, and warms up with it; that dnsperf's answers are good, each of its rounds makes sure of. */
    @Override
    public void verify() throws IOException {
        try (DnsClient client = new DnsClient(List.of(server.address()))) {
            for (int from = 0; from < names.size(); from += BATCH) {
                verify(client, from, Math.min(from + BATCH, names.size()));
            }
        }
    }

    private void verify(DnsClient client, int from, int to) throws IOException {
        List<CompletableFuture<DnsAnswer>> answers = new ArrayList<>();
        for (Name name : names.subList(from, to)) {
            answers.add(client.query(name, Type.A));
        }
        for (int place = from; place < to; place++) {
            verify(place, answers.get(place - from).join());
        }
    }

    private void verify(int place, DnsAnswer answer) throws IOException {
        List<String> addresses =
                answer.records().stream().map(Record::rdataToString).toList();
        if (!addresses.equals(List.of(BenchZone.address(place)))) {
            throw new IOException(names.get(place) + ": " + answer.outcome() + " " + addresses + " instead of "
                    + BenchZone.address(place));
        }
    }

    /** Ends the server and deletes its files. */
    @Override
    public void close() {
        server.close();
    }
}
