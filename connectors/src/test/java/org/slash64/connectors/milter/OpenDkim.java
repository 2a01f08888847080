package org.slash64.connectors.milter;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The real OpenDKIM, which signs as a milter; the test plays its mail server. */
final class OpenDkim implements AutoCloseable {

    private static final int KEY_BITS = 2_048;
    private static final Duration WAIT = Duration.ofSeconds(10);
    private static final Duration LOOK = Duration.ofMillis(50);

    private final Process process;
    private final Path output;
    private final InetSocketAddress address;
    private final KeyPair keys;

    private OpenDkim(Process process, Path output, InetSocketAddress address, KeyPair keys) {
        this.process = process;
        this.output = output;
        this.address = address;
        this.keys = keys;
    }

    /** Starts it with a new key for the selector s1 of a domain. */
    static OpenDkim start(Path dir, String domain) throws Exception {
        KeyPair keys = keys();
        Path key = dir.resolve("s1.private");
        String encoded = Base64.getMimeEncoder(64, new byte[] {'\n'})
                .encodeToString(keys.getPrivate().getEncoded());
        Files.writeString(key, "-----BEGIN PRIVATE KEY-----\n" + encoded + "\n-----END PRIVATE KEY-----\n");
        int port = freePort();
        Path config = Files.writeString(dir.resolve("opendkim.conf"), """
                Mode s
                Domain %s
                Selector s1
                KeyFile %s
                Canonicalization simple/simple
                RequireSafeKeys false
                Syslog false
                Socket inet:%d@127.0.0.1
                """.formatted(domain, key, port));
        Path output = dir.resolve("opendkim.log");
        Process process = new ProcessBuilder(
                        PostfixSite.find("opendkim").orElseThrow().toString(), "-f", "-x", config.toString())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        return new OpenDkim(process, output, new InetSocketAddress(InetAddress.getLoopbackAddress(), port), keys);
    }

    private static KeyPair keys() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(KEY_BITS);
        return generator.generateKeyPair();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** The data of its key record, in two strings of a TXT record. */
    String keyRecord() {
        String key = Base64.getEncoder().encodeToString(keys.getPublic().getEncoded());
        int half = key.length() / 2;
        return "\"v=DKIM1; k=rsa; p=" + key.substring(0, half) + "\" \"" + key.substring(half) + "\"";
    }

    /** The value of the DKIM-Signature field for a message, folded with LF. */
    String sign(List<String> headers, String body) throws Exception {
        try (MailServer server = connect()) {
            server.send(Frame.negotiate(MailServer.ACTIONS, 0));
            server.receive();
            server.step(Frame.connect("localhost", '4', 25, "127.0.0.1"));
            server.step(Frame.of('H', "localhost"));
            server.step(Frame.of('M', "<a@example.org>"));
            server.step(Frame.of('R', "<b@example.net>"));
            for (String header : headers) {
                int colon = header.indexOf(':');
                server.step(Frame.of('L', header.substring(0, colon), header.substring(colon + 2)));
            }
            server.step(Frame.of('N'));
            server.step(Frame.body(body));
            server.send(Frame.of('E'));
            Frame signature = server.verdict().stream()
                    .filter(frame -> frame.toString().contains("DKIM-Signature"))
                    .findFirst()
                    .orElseThrow();
            String[] texts = signature.toString().split("\\|", -1);
            return texts[texts.length - 2];
        }
    }

    private MailServer connect() throws Exception {
        Instant deadline = Instant.now().plus(WAIT);
        while (true) {
            try {
                return MailServer.silent(address);
            } catch (IOException e) { // it does not listen yet
                assertThat(Instant.now()).as(Files.readString(output)).isBefore(deadline);
                TimeUnit.NANOSECONDS.sleep(LOOK.toNanos());
            }
        }
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
