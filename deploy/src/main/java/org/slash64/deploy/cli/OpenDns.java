package org.slash64.deploy.cli;

import java.io.IOException;
import java.util.Optional;
import org.slash64.enrichers.dns.DnsClient;
import org.slash64.testkit.dns.ZoneServer;

/** A DNS client for the run of one command, and the server on loopback that serves it a zone file, if any. */
public final class OpenDns implements AutoCloseable {

    private final DnsClient client;
    private final Optional<ZoneServer> server;

    OpenDns(DnsClient client) {
        this.client = client;
        this.server = Optional.empty();
    }

    OpenDns(DnsClient client, ZoneServer server) {
        this.client = client;
        this.server = Optional.of(server);
    }

    /** Asks whom the options name. */
    public DnsClient client() {
        return client;
    }

    @Override
    public void close() throws IOException {
        client.close();
        if (server.isPresent()) {
            server.get().close();
        }
    }
}
