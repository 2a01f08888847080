package org.slash64.connectors.rbldnsd;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slash64.schemas.Address;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.Type;

/** The real rbldnsd as a child of the test, on a free port of 127.0.0.1. */
public final class Rbldnsd implements AutoCloseable {
    private static final Duration WAIT = Duration.ofSeconds(10);
    private static final Duration ANSWER = Duration.ofSeconds(5);
    private static final List<Path> PROGRAMS =
            List.of(Path.of("/usr/sbin/rbldnsd"), Path.of("/usr/local/sbin/rbldnsd"));

    /** Has no rights at all, and exists on every system. */
    private static final String UNPRIVILEGED = "nobody";

    private static final int IPV6_BYTES = 16;

    private final Process process;
    private final Path output;
    private final SimpleResolver resolver;

    private Rbldnsd(Process process, Path output, SimpleResolver resolver) {
        this.process = process;
        this.output = output;
        this.resolver = resolver;
    }

    /**
     * What it answers about a client.
     *
     * @param rcode as in {@link Rcode}
     * @param records addresses and texts, as text
     */
    public record Answer(int rcode, List<String> records) {}

    /** Where it is installed. */
    public static Optional<Path> program() {
        return PROGRAMS.stream().filter(Files::isExecutable).findFirst();
    }

    /**
     * Starts it and waits until it answers.
     *
     * @param folder where its output goes
     * @param zones as on its command line: {@code zone:type:file}
     */
    public static Rbldnsd start(Path folder, List<String> zones) throws Exception {
        int port = freePort();
        List<String> command = new ArrayList<>(List.of(program().orElseThrow().toString(), "-n", "-f"));
        command.addAll(List.of("-t", "60", "-c", "1h", "-b", "127.0.0.1/" + port));
        if (System.getProperty("user.name").equals("root")) {
            command.addAll(List.of("-u", UNPRIVILEGED)); // it refuses to run as root
        }
        command.addAll(zones);
        Path output = folder.resolve("rbldnsd.log");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        SimpleResolver resolver = new SimpleResolver(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        resolver.setTimeout(ANSWER);
        Rbldnsd server = new Rbldnsd(process, output, resolver);
        server.awaitAnswer(zones.get(0).substring(0, zones.get(0).indexOf(':')));
        return server;
    }

    private static int freePort() throws IOException {
        try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private void awaitAnswer(String zone) throws Exception {
        Instant deadline = Instant.now().plus(WAIT);
        while (!answers(zone)) {
            assertThat(process.isAlive()).as(output()).isTrue();
            assertThat(Instant.now()).as(output()).isBefore(deadline);
        }
    }

    private boolean answers(String zone) throws IOException {
        try {
            return ask(Name.fromString(zone + "."), Type.SOA).getRcode() >= 0;
        } catch (IOException e) { // the port is not bound yet
            return false;
        }
    }

    private Message ask(Name name, int type) throws IOException {
        return resolver.send(Message.newQuery(Record.newRecord(name, type, DClass.IN)));
    }

    /** Asks about a client as a mail server does (RFC 5782 sections 2.1 and 2.4). */
    public Answer ask(Address client, String zone, int type) throws IOException {
        return ask(client.bytes(), zone, type);
    }

    /** The same by the 4 or 16 bytes of an address. */
    Answer ask(byte[] client, String zone, int type) throws IOException {
        return answer(reversed(client) + zone + ".", type);
    }

    /** Asks about a name. */
    public Answer ask(String name, String zone, int type) throws IOException {
        return answer(name + "." + zone + ".", type);
    }

    private Answer answer(String question, int type) throws IOException {
        Message message = ask(Name.fromString(question), type);
        List<String> records = message.getSection(Section.ANSWER).stream()
                .map(record -> record instanceof TXTRecord txt ? text(txt) : record.rdataToString())
                .toList();
        return new Answer(message.getRcode(), records);
    }

    /** As it came: dnsjava's own text has escapes in it. */
    private static String text(TXTRecord record) {
        return record.getStringsAsByteArrays().stream()
                .map(bytes -> new String(bytes, StandardCharsets.ISO_8859_1))
                .collect(joining());
    }

    private static String reversed(byte[] bytes) {
        StringBuilder name = new StringBuilder();
        for (int i = bytes.length - 1; i >= 0; i--) {
            if (bytes.length == IPV6_BYTES) {
                name.append(Integer.toHexString(bytes[i] & 0xf)).append('.');
                name.append(Integer.toHexString(bytes[i] >> 4 & 0xf)).append('.');
            } else {
                name.append(bytes[i] & 0xff).append('.');
            }
        }
        return name.toString();
    }

    /** Ends it, and returns all that it wrote. */
    public String stop() throws IOException {
        close();
        return output();
    }

    private String output() throws IOException {
        return Files.readString(output);
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
