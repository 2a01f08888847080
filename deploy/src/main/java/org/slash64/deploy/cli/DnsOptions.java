package org.slash64.deploy.cli;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import org.slash64.enrichers.dns.DnsClient;
import org.slash64.enrichers.dns.DnsServers;
import org.slash64.testkit.dns.ZoneData;
import org.slash64.testkit.dns.ZoneServer;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** {@code --dns} or {@code --zone}: whom a command asks; without either the resolvers of this system. A mixin. */
public final class DnsOptions {

    /** One or the other. */
    static final class Source {
        @Option(
                names = "--dns",
                paramLabel = "ADDRESS:PORT",
                split = ",",
                converter = DnsServerConverter.class,
                description = "DNS servers to ask, as 192.0.2.1:53 or [2001:db8::1]:53; repeated or with commas."
                        + " Default: this system's.")
        private List<InetSocketAddress> servers = List.of();

        @Option(
                names = "--zone",
                paramLabel = "FILE",
                description = "Ask nobody, but take the records of this zone file (RFC 1035 section 5).")
        private Path zone;
    }

    @ArgGroup
    private Source source = new Source();

    /**
     * A client that asks whom the options name.
     *
     * @throws IOException when the zone file cannot be read or served
     */
    public OpenDns open() throws IOException {
        return source.zone == null ? new OpenDns(new DnsClient(servers())) : ofZone(source.zone);
    }

    private List<InetSocketAddress> servers() {
        return source.servers.isEmpty() ? DnsServers.ofSystem() : source.servers;
    }

    private static OpenDns ofZone(Path file) throws IOException {
        ZoneServer server = ZoneServer.start(ZoneData.parse(file), 0);
        return new OpenDns(new DnsClient(List.of(server.address())), server);
    }
}
