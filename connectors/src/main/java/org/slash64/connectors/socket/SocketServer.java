package org.slash64.connectors.socket;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Listens, and serves connections with a few threads. */
public final class SocketServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SocketServer.class);
    private static final int BACKLOG = 1_024;

    /** Until it is tried again to accept, where the system has no more file descriptors. */
    private static final Duration PAUSE = Duration.ofMillis(200);

    private final String name;
    private final ListenAddress address;
    private final ServerSocketChannel listener;
    private final ServerLimits limits;
    private final Conversation.Opening opening;
    private final Counters counters = new Counters();
    private final List<Loop> loops = new ArrayList<>();
    private final Thread acceptor;
    private int next;

    private SocketServer(
            String name, ListenAddress address, int threads, ServerLimits limits, Conversation.Opening opening)
            throws IOException {
        this.name = name;
        this.address = address;
        this.limits = limits;
        this.opening = opening;
        this.listener = address.open(BACKLOG);
        for (int i = 0; i < threads; i++) {
            loops.add(new Loop("slash64-" + name + "-" + i, limits, counters, this::refuse));
        }
        this.acceptor = new Thread(this::accept, "slash64-" + name + "-accept");
        acceptor.setDaemon(true);
    }

    /**
     * Starts one.
     *
     * @param name of the service, for threads and the log
     * @param threads that serve connections; one more takes them in
     * @param opening begins the server's side of each connection
     * @throws IOException if it cannot listen there
     */
    public static SocketServer start(
            String name, ListenAddress address, int threads, ServerLimits limits, Conversation.Opening opening)
            throws IOException {
        SocketServer server = new SocketServer(name, address, threads, limits, opening);
        server.loops.forEach(Loop::start);
        server.acceptor.start();
        return server;
    }

    private void accept() {
        while (listener.isOpen()) {
            try {
                take(listener.accept());
            } catch (ClosedChannelException e) {
                LOG.debug("{} no longer listens", name);
            } catch (IOException e) {
                LOG.warn("{}: cannot take a connection: {}", name, e.getMessage());
                pause();
            }
        }
    }

    /** Who is not served is to know it at once, and not to wait. */
    private void refuse() {
        LOG.error("{} serves nobody any more, since one of its threads ended", name);
        try {
            listener.close();
        } catch (IOException e) {
            LOG.warn("{}: {}", name, e.getMessage());
        }
    }

    private static void pause() {
        try {
            TimeUnit.NANOSECONDS.sleep(PAUSE.toNanos());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void take(SocketChannel channel) throws IOException {
        if (!counters.enter(limits.connections())) {
            channel.close();
            return;
        }
        loops.get(next).adopt(channel, opening);
        next = (next + 1) % loops.size();
    }

    /** Where it listens in fact: with the port that was free. */
    public SocketAddress address() throws IOException {
        return listener.getLocalAddress();
    }

    /** What it has seen. */
    public ServerStatistics statistics() {
        return counters.statistics();
    }

    /** Closes all connections, before it returns. */
    @Override
    public void close() throws IOException {
        listener.close();
        address.remove();
        awaitAcceptor(); // what it has taken is closed with the loops
        loops.forEach(Loop::close);
    }

    private void awaitAcceptor() {
        try {
            acceptor.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
