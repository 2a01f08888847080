package org.slash64.deploy.bench.pipeline;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.slash64.enrichers.dns.DnsServers;
import org.slash64.testkit.LoopbackPort;
import org.slash64.testkit.dns.Fault;
import org.slash64.testkit.dns.ZoneServer;
import org.slash64.testkit.load.LoadZone;
import org.slash64.testkit.load.Mix;

/** A DNS server for a load, in a process of its own that ends with this one, and all its answers late. */
public final class LateDns implements AutoCloseable {

    private final Process process;
    private final InetSocketAddress address;

    private LateDns(Process process, InetSocketAddress address) {
        this.process = process;
        this.address = address;
    }

    static LateDns start(Mix mix, Duration late) throws IOException {
        Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        LateDns.class.getName(),
                        String.valueOf(mix.seed()),
                        String.valueOf(mix.domains()),
                        late.toString()))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        BufferedReader said = process.inputReader(StandardCharsets.US_ASCII);
        String port = said.readLine();
        if (port == null) {
            process.destroyForcibly();
            throw new IOException("the DNS server does not start");
        }
        return new LateDns(process, DnsServers.parse(LoopbackPort.ADDRESS + ":" + port));
    }

    InetSocketAddress address() {
        return address;
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    /**
     * The process: serves until its input ends.
     *
     * @param arguments seed and number of domains of the load, and how late answers are
     */
    public static void main(String[] arguments) throws IOException {
        Mix mix = mix(Long.parseLong(arguments[0]), Integer.parseInt(arguments[1]));
        try (ZoneServer server = ZoneServer.start(new LoadZone(mix), 0)) {
            server.injectAll(new Fault.Delay(Duration.parse(arguments[2])));
            System.out.println(server.port());
            int said;
            do {
                said = System.in.read(); // nothing but its end
            } while (said >= 0);
        }
    }

    /** Records depend on nothing else of a mix. */
    private static Mix mix(long seed, int domains) {
        Mix usual = Mix.standard();
        return new Mix(
                seed,
                usual.messages(),
                usual.signed(),
                usual.ipv6(),
                usual.networks(),
                domains,
                0,
                usual.perSecond(),
                usual.start());
    }
}
