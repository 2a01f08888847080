package org.slash64.connectors.rpz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slash64.connectors.publish.Program;
import org.slash64.schemas.Address;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.Type;

/** The real unbound with a response policy zone, and a root zone of its own that has all names. */
public final class Unbound implements AutoCloseable {
    private static final Duration WAIT = Duration.ofSeconds(20);
    private static final String ELSEWHERE = "192.0.2.1";

    private final Process process;
    private final Path output;
    private final SimpleResolver resolver;

    private Unbound(Process process, Path output, SimpleResolver resolver) {
        this.process = process;
        this.output = output;
        this.resolver = resolver;
    }

    /** Where it is installed. */
    public static Optional<Path> program() {
        return Program.find("unbound");
    }

    /** Starts it; the address of number i is that of {@code ai.clients.slash64}. */
    public static Unbound start(Path dir, Path rpz, List<Address> addresses) throws Exception {
        StringBuilder root = new StringBuilder(". 60 SOA localhost. postmaster.localhost. 1 600 300 86400 60\n"
                + ". 60 NS localhost.\nlocalhost. 60 A 127.0.0.1\n*. 60 A " + ELSEWHERE + "\n");
        for (int i = 0; i < addresses.size(); i++) {
            Address address = addresses.get(i);
            root.append("a" + i + ".clients.slash64. 60 " + (address.v6() ? "AAAA " : "A ") + address + "\n");
        }
        Files.writeString(dir.resolve("root.zone"), root);
        int port = freePort();
        Path configuration = Files.writeString(dir.resolve("unbound.conf"), """
                server:
                  interface: 127.0.0.1
                  port: %1$d
                  chroot: ""
                  username: ""
                  directory: "%2$s"
                  pidfile: "%2$s/unbound.pid"
                  use-syslog: no
                  logfile: ""
                  module-config: "respip iterator"
                  do-daemonize: no
                  num-threads: 1
                remote-control:
                  control-enable: no
                auth-zone:
                  name: "."
                  zonefile: "%2$s/root.zone"
                  for-downstream: no
                  for-upstream: yes
                  fallback-enabled: no
                rpz:
                  name: "rpz.test"
                  zonefile: "%3$s"
                """.formatted(port, dir, rpz));
        Path output = dir.resolve("unbound.log");
        Process process = new ProcessBuilder(program().orElseThrow().toString(), "-d", "-c", configuration.toString())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        SimpleResolver resolver = new SimpleResolver(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        resolver.setTimeout(Duration.ofSeconds(5));
        Unbound server = new Unbound(process, output, resolver);
        server.awaitAnswer();
        return server;
    }

    private static int freePort() throws IOException {
        try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private void awaitAnswer() throws IOException {
        Instant deadline = Instant.now().plus(WAIT);
        while (!answers()) {
            assertThat(process.isAlive()).as(Files.readString(output)).isTrue();
            assertThat(Instant.now()).as(Files.readString(output)).isBefore(deadline);
        }
    }

    private boolean answers() {
        try {
            return ask("localhost", Type.A) >= 0;
        } catch (IOException e) { // the port is not bound yet
            return false;
        }
    }

    /** The response code. */
    public int ask(String name, int type) throws IOException {
        Record question = Record.newRecord(Name.fromString(name + "."), type, DClass.IN);
        return resolver.send(Message.newQuery(question)).getRcode();
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit()
                .completeOnTimeout(process, WAIT.toMillis(), TimeUnit.MILLISECONDS)
                .join();
        process.destroyForcibly();
    }
}
