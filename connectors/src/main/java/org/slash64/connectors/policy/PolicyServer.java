package org.slash64.connectors.policy;

import java.io.IOException;
import java.net.SocketAddress;
import org.slash64.connectors.answer.Answers;
import org.slash64.connectors.answer.Mode;
import org.slash64.connectors.socket.ListenAddress;
import org.slash64.connectors.socket.ServerLimits;
import org.slash64.connectors.socket.ServerStatistics;
import org.slash64.connectors.socket.SocketServer;

/**
 * Answers Postfix's smtpd by the policy delegation protocol. In doubt it says DUNNO; who sends what is no request is cut off
 * without a reply.
 */
public final class PolicyServer implements AutoCloseable {

    private final SocketServer server;
    private final PolicyStatistics statistics;

    private PolicyServer(SocketServer server, PolicyStatistics statistics) {
        this.server = server;
        this.statistics = statistics;
    }

    /**
     * Starts a server.
     *
     * @throws IOException when it cannot listen there
     */
    public static PolicyServer start(ListenAddress listen, Answers answers, Mode mode, PolicyLimits limits)
            throws IOException {
        PolicyStatistics statistics = new PolicyStatistics();
        Judge judge = new Judge(answers, mode, statistics);
        SocketServer server = SocketServer.start(
                "policy",
                listen,
                limits.threads(),
                new ServerLimits(limits.maxConnections(), limits.idle()),
                peer -> new PolicyConversation(peer, judge, limits, statistics));
        return new PolicyServer(server, statistics);
    }

    /** Where it listens in fact. */
    public SocketAddress address() throws IOException {
        return server.address();
    }

    /** What it has answered. */
    public PolicyStatistics statistics() {
        return statistics;
    }

    /** What became of connections. */
    public ServerStatistics connections() {
        return server.statistics();
    }

    /** Stops listening and hangs up. */
    @Override
    public void close() throws IOException {
        server.close();
    }
}
