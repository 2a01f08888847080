package org.slash64.connectors.milter;

import java.io.IOException;
import java.net.SocketAddress;
import java.time.Clock;
import org.slash64.connectors.socket.SocketServer;

/**
 * Serves mail servers as a milter. Whatever goes wrong, mail is accepted: trouble inside is no opinion, and trouble with the
 * connection ends it, which mail servers take as their {@code milter_default_action} says.
 */
public final class Milter implements AutoCloseable {

    /** What all connections may hold together of headers and unfinished frames. */
    private static final long MAX_HELD_BYTES = 64L << 20;

    /** Hashing bodies is the work; the rest waits for mail servers. */
    private static final int THREADS = 2;

    private final SocketServer server;
    private final MilterConversation.Context context;

    private Milter(SocketServer server, MilterConversation.Context context) {
        this.server = server;
        this.context = context;
    }

    /**
     * Starts one.
     *
     * @param decision asked at the end of messages, unless only observing
     * @throws IOException if it cannot listen where it is told to
     */
    public static Milter start(MilterSettings settings, Decision decision, Observations observations, Clock clock)
            throws IOException {
        MilterConversation.Context context = new MilterConversation.Context(
                settings, decision, observations, new Tally(), new HeldBytes(MAX_HELD_BYTES), clock);
        SocketServer server = SocketServer.start(
                "milter", settings.listen(), THREADS, settings.limits(), peer -> new MilterConversation(context, peer));
        return new Milter(server, context);
    }

    /** Where it listens in fact. */
    public SocketAddress address() throws IOException {
        return server.address();
    }

    /** What it has done. */
    public MilterStatistics statistics() {
        return context.tally().statistics(server.statistics(), context.held());
    }

    /** Closes all connections; mail servers go on without it. */
    @Override
    public void close() throws IOException {
        server.close();
    }
}
