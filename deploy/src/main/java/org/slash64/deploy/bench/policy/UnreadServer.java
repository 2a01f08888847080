package org.slash64.deploy.bench.policy;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.slash64.connectors.policy.PolicyLimits;
import org.slash64.connectors.socket.Conversation;
import org.slash64.connectors.socket.ListenAddress;
import org.slash64.connectors.socket.Peer;
import org.slash64.connectors.socket.ServerLimits;
import org.slash64.connectors.socket.SocketServer;

/** Says DUNNO to requests that it does not read: how late answers are on this machine when nothing is to be done for them. */
final class UnreadServer implements AutoCloseable {

    private static final byte[] DUNNO = "action=DUNNO\n\n".getBytes(StandardCharsets.US_ASCII);

    private final SocketServer server;

    private UnreadServer(SocketServer server) {
        this.server = server;
    }

    static UnreadServer start(ListenAddress listen, PolicyLimits limits) throws IOException {
        return new UnreadServer(SocketServer.start(
                "unread",
                listen,
                limits.threads(),
                new ServerLimits(limits.maxConnections(), limits.idle()),
                Answering::new));
    }

    SocketAddress address() throws IOException {
        return server.address();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }

    /** A request comes in one piece here; it ends with an empty line. */
    private record Answering(Peer peer) implements Conversation {

        @Override
        public void received(ByteBuffer bytes) {
            boolean whole = bytes.get(bytes.limit() - 1) == '\n' && bytes.get(bytes.limit() - 2) == '\n';
            bytes.position(bytes.limit());
            if (whole) {
                peer.send(ByteBuffer.wrap(DUNNO));
            }
        }

        @Override
        public void ended() {}
    }
}
