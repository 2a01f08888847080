package org.slash64.deploy.bench.dns;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slash64.enrichers.dns.DnsClient;
import org.slash64.enrichers.dns.DnsOutcome;
import org.slash64.enrichers.dns.DnsServers;
import org.slash64.testkit.LoopbackPort;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

/** nsd as a child of this program, with one zone, on a port of 127.0.0.1; it ends, and its files go, with the program. */
final class NsdServer implements AutoCloseable {
    private static final Duration START_TIMEOUT = Duration.ofSeconds(60);
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(5);
    private static final Logger LOG = LoggerFactory.getLogger(NsdServer.class);

    private final Process process;
    private final Path directory;
    private final InetSocketAddress address;
    private final Thread atExit = new Thread(this::end, "nsd-at-exit");

    private NsdServer(Process process, Path directory, InetSocketAddress address) {
        this.process = process;
        this.directory = directory;
        this.address = address;
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    /**
     * Starts it, and waits until it answers.
     *
     * @param program the executable
     * @param directory for its files, deleted in the end; the zone is in {@code zone}
     * @throws IOException when it does not come up; the message has what it said
     */
    static NsdServer start(Path program, Path directory) throws IOException, InterruptedException {
        int port = LoopbackPort.free();
        Path settings = Files.writeString(directory.resolve("nsd.conf"), settings(directory, port));
        Path log = directory.resolve("nsd.log");
        Process process = new ProcessBuilder(program.toString(), "-d", "-c", settings.toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        NsdServer server = new NsdServer(process, directory, DnsServers.parse(LoopbackPort.ADDRESS + ":" + port));
        try {
            if (!server.answers()) {
                throw new IOException("nsd does not answer; it said: " + lastLine(log));
            }
            return server;
        } catch (IOException | InterruptedException e) {
            server.close();
            throw e;
        }
    }

    /** One server process, and no limit on answers per client, which is 200 a second by default. */
    private static String settings(Path directory, int port) {
        return """
                server:
                  ip-address: %s
                  port: %d
                  server-count: 1
                  username: ""
                  zonesdir: "%3$s"
                  database: ""
                  pidfile: "%3$s/nsd.pid"
                  xfrdfile: "%3$s/xfrd.state"
                  zonelistfile: "%3$s/zone.list"
                  rrl-ratelimit: 0
                remote-control:
                  control-enable: no
                zone:
                  name: %4$s
                  zonefile: zone
                """.formatted(LoopbackPort.ADDRESS, port, directory, BenchZone.APEX);
    }

    private static String lastLine(Path log) throws IOException {
        String said = Files.readString(log, StandardCharsets.ISO_8859_1).strip();
        return said.substring(said.lastIndexOf('\n') + 1);
    }

    InetSocketAddress address() {
        return address;
    }

    private boolean answers() throws IOException, InterruptedException {
        Name apex = Name.fromString(BenchZone.APEX);
        long deadline = System.nanoTime() + START_TIMEOUT.toNanos();
        while (process.isAlive() && System.nanoTime() - deadline < 0) {
            try (DnsClient client = new DnsClient(List.of(address))) {
                if (client.query(apex, Type.SOA).join().outcome() == DnsOutcome.ANSWER) {
                    return true;
                }
            }
            process.waitFor(100, TimeUnit.MILLISECONDS);
        }
        return false;
    }

    /** Ends it and deletes its files. */
    @Override
    public void close() {
        Runtime.getRuntime().removeShutdownHook(atExit);
        end();
    }

    private void end() {
        process.destroy();
        try {
            if (!process.waitFor(STOP_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        delete(directory);
    }

    /** Deletes a directory of files, as far as it can be. */
    static void delete(Path directory) {
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
            Files.delete(directory);
        } catch (IOException e) {
            LOG.warn("{} is left behind: {}", directory, e.getMessage());
        }
    }
}
