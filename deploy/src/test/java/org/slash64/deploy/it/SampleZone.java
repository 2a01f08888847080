package org.slash64.deploy.it;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.slash64.deploy.cli.DemoCommand;
import org.slash64.testkit.dns.ZoneData;
import org.slash64.testkit.dns.ZoneServer;

/** The sample log's DNS, served on loopback. */
record SampleZone(ZoneServer server) implements AutoCloseable {

    static SampleZone serve() throws IOException {
        try (InputStream in = DemoCommand.class.getResourceAsStream("/demo/demo.zone")) {
            String zone = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return new SampleZone(ZoneServer.start(ZoneData.parse(zone), 0));
        }
    }

    /** Arguments of a run that asks this server, in a data folder, with more arguments. */
    List<String> run(Path data, String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "run",
                "--data",
                data.toString(),
                "--dns",
                "127.0.0.1:" + server.port(),
                "--http",
                "127.0.0.1:0",
                "--time-zone",
                "UTC",
                "--list-documentation"));
        arguments.addAll(List.of(more));
        return arguments;
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
