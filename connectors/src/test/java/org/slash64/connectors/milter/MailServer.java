package org.slash64.connectors.milter;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A mail server's side of a milter connection. */
final class MailServer implements AutoCloseable {

    /** Everything that Postfix offers. */
    static final int ACTIONS = 0x1ff;

    static final int STEPS = 0x1fffff;

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Socket socket = new Socket();
    private Frame agreed;

    /** Connects and says nothing. */
    static MailServer silent(SocketAddress milter) throws IOException {
        MailServer server = new MailServer();
        server.socket.setSoTimeout((int) PATIENCE.toMillis());
        server.socket.connect((InetSocketAddress) milter, (int) PATIENCE.toMillis());
        return server;
    }

    /** Connects and agrees with the milter on what it wants. */
    static MailServer connect(SocketAddress milter) throws IOException {
        MailServer server = silent(milter);
        server.send(Frame.negotiate(ACTIONS, STEPS));
        server.agreed = server.receive();
        return server;
    }

    /** What the milter asked for. */
    Frame agreed() {
        return agreed;
    }

    void send(Frame... frames) throws IOException {
        sendBytes(Frame.bytes(List.of(frames)));
    }

    void sendBytes(byte[] bytes) throws IOException {
        OutputStream out = socket.getOutputStream();
        out.write(bytes);
        out.flush();
    }

    Frame receive() throws IOException {
        Optional<Frame> frame = Frame.read(socket.getInputStream());
        assertThat(frame).as("an answer").isPresent();
        return frame.get();
    }

    /** Says something that is answered by going on. */
    void step(Frame frame) throws IOException {
        send(frame);
        assertThat(receive()).hasToString("c");
    }

    /** Tells of a client and of a message from it, up to the end of the body. */
    List<Frame> message(String address, String... headers) throws IOException {
        client(address);
        return nextMessage(headers);
    }

    void client(String address) throws IOException {
        send(
                Frame.macros('C', "j", "mx.example.net", "{daemon_name}", "smtpd", "{daemon_port}", "25"),
                Frame.connect("[" + address + "]", address.indexOf(':') >= 0 ? '6' : '4', 4711, address),
                Frame.macros('H', "{tls_version}", "TLSv1.3"),
                Frame.of('H', "mail.example.org"));
    }

    List<Frame> nextMessage(String... headers) throws IOException {
        send(
                Frame.macros('M', "{auth_type}", ""),
                Frame.of('M', "<news@example.org>", "SIZE=100"),
                Frame.macros('R', "i", "4XyZ"),
                Frame.of('R', "<user@example.net>"));
        for (String header : headers) {
            int colon = header.indexOf(':');
            send(Frame.of('L', header.substring(0, colon), header.substring(colon + 1)));
        }
        send(Frame.of('N'), Frame.body("Hello\r\n"), Frame.macros('E', "i", "4XyZ"), Frame.of('E'));
        return verdict();
    }

    /** All frames up to the one that decides. */
    List<Frame> verdict() throws IOException {
        List<Frame> frames = new ArrayList<>();
        do {
            frames.add(receive());
        } while ("cyart".indexOf(frames.get(frames.size() - 1).command()) < 0);
        return frames;
    }

    /** Nothing but the end comes. */
    void assertEnded() throws IOException {
        assertThat(socket.getInputStream().readAllBytes()).isEmpty();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
