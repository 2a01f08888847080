package org.slash64.connectors.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 30, unit = TimeUnit.SECONDS)
class SocketServerTest {

    private static final ServerLimits LIMITS = new ServerLimits(8, Duration.ofMinutes(1));
    private static final int LONG = 5_000_000;

    /** Says what it hears; fails, or breaks down, where it is told to. */
    private record Echo(Peer peer) implements Conversation {

        @Override
        public void received(ByteBuffer bytes) {
            byte[] heard = new byte[bytes.remaining()];
            bytes.get(heard);
            String text = new String(heard, StandardCharsets.US_ASCII);
            if (text.startsWith("fail")) {
                throw new IllegalStateException("told to fail");
            }
            if (text.startsWith("break")) {
                throw new StackOverflowError("told to break down");
            }
            peer.send(ByteBuffer.wrap(text.startsWith("much") ? new byte[LONG] : heard));
            if (text.startsWith("bye")) {
                peer.hangUp();
            }
        }

        @Override
        public void ended() {
            // nothing is kept
        }
    }

    private static SocketServer server() throws IOException {
        return SocketServer.start("test", ListenAddress.parse("127.0.0.1:0").orElseThrow(), 2, LIMITS, Echo::new);
    }

    private static Socket say(SocketAddress address, String text) throws IOException {
        Socket socket = new Socket();
        socket.connect((InetSocketAddress) address);
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    @Test
    void lastWords_areSentBeforeTheEnd() throws Exception {
        try (SocketServer server = server();
                Socket socket = say(server.address(), "bye")) {
            assertThat(socket.getInputStream().readAllBytes()).asString().isEqualTo("bye");
        }
    }

    @Test
    void moreThanASocketTakes_isSentInTheEnd() throws Exception {
        try (SocketServer server = server();
                Socket socket = say(server.address(), "much")) {
            assertThat(socket.getInputStream().readNBytes(LONG)).hasSize(LONG);
            socket.getOutputStream().write("bye".getBytes(StandardCharsets.US_ASCII));
            assertThat(socket.getInputStream().readAllBytes()).asString().isEqualTo("bye");
        }
    }

    @Test
    void failure_endsItsOwnConnectionAlone() throws Exception {
        try (SocketServer server = server();
                Socket failing = say(server.address(), "fail")) {
            assertThat(failing.getInputStream().readAllBytes()).isEmpty();
            try (Socket other = say(server.address(), "bye")) {
                assertThat(other.getInputStream().readAllBytes()).asString().isEqualTo("bye");
            }
            assertThat(server.statistics().failed()).isEqualTo(1);
            assertThat(server.statistics().open()).isZero();
        }
    }

    @Test
    void breakdown_leavesNobodyWaiting() throws Exception {
        try (SocketServer server = server();
                Socket breaking = say(server.address(), "break")) {
            SocketAddress address = breaking.getRemoteSocketAddress();
            assertThat(breaking.getInputStream().readAllBytes()).isEmpty();
            assertThatThrownBy(() -> {
                        while (true) {
                            say(address, "hello").close(); // until the listener is closed too
                        }
                    })
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void close_endsAllConnections() throws Exception {
        SocketServer server = server();
        try (Socket socket = say(server.address(), "x")) {
            assertThat(socket.getInputStream().read()).isEqualTo('x');
            server.close();
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
            assertThat(server.statistics().open()).isZero();
        }
    }
}
