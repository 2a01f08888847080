package org.slash64.enrichers.dns;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xbill.DNS.Message;
import org.xbill.DNS.io.TcpIoClient;

/**
 * Queries over TCP, a connection for each: one that stalls, or a server that closes after an answer, costs no other
 * query anything. Few answers come this way.
 */
final class TcpTransport implements TcpIoClient {
    /** Connections at one time; other queries wait. RFC 7766 section 6.2.2 asks clients to be modest. */
    private static final int MAX_CONNECTIONS = 64;

    private static final Logger LOG = LoggerFactory.getLogger(TcpTransport.class);

    /** A query that waits for a connection or on one. */
    private static final class Errand {
        final InetSocketAddress server;
        final byte[] query;
        final CompletableFuture<byte[]> answer = new CompletableFuture<>();
        Optional<EventLoop.Timer> timeout = Optional.empty();

        Errand(InetSocketAddress server, byte[] query) {
            this.server = server;
            this.query = query;
        }
    }

    private final EventLoop loop;
    private final int maxInFlight;
    private final LongAdder sent;

    // of the loop's thread
    private final Set<Errand> waiting = new LinkedHashSet<>();
    private final Map<Errand, TcpConnection> connected = new HashMap<>();

    /**
     * Opens nothing yet; all is closed when the loop ends, and queries in flight fail.
     *
     * @param maxInFlight queries taken at one time, waiting ones included; what comes on top fails
     * @param sent counts the queries that got a connection
     */
    TcpTransport(EventLoop loop, int maxInFlight, LongAdder sent) {
        this.loop = loop;
        this.maxInFlight = maxInFlight;
        this.sent = sent;
        loop.atEnd(this::end);
    }

    /**
     * Sends a query; never blocks.
     *
     * @param local none: source addresses are the system's choice
     * @param query not looked at
     * @return whatever comes back, to be compared with the query; or an {@link IOException}, of {@link
     *     SocketTimeoutException} when nothing came in time; completed on the loop's thread
     */
    @Override
    public CompletableFuture<byte[]> sendAndReceiveTcp(
            InetSocketAddress local, InetSocketAddress remote, Message query, byte[] data, Duration timeout) {
        if (local != null) {
            return CompletableFuture.failedFuture(new IOException("no connection from this address"));
        }
        Errand errand = new Errand(remote, data);
        long deadline = System.nanoTime() + timeout.toNanos();
        try {
            loop.execute(() -> admit(errand, deadline));
        } catch (RejectedExecutionException e) {
            errand.answer.completeExceptionally(closed());
        }
        return errand.answer;
    }

    private static IOException closed() {
        return new EOFException("closed");
    }

    // From here on all runs on the loop's thread.

    private void admit(Errand errand, long deadline) {
        if (loop.isClosed()) {
            errand.answer.completeExceptionally(closed());
        } else if (waiting.size() + connected.size() >= maxInFlight) {
            errand.answer.completeExceptionally(new IOException("too many queries in flight"));
        } else {
            errand.timeout =
                    Optional.of(loop.at(deadline, () -> fail(errand, new SocketTimeoutException("no answer in time"))));
            waiting.add(errand);
            connectWaiting();
        }
    }

    private void connectWaiting() {
        while (connected.size() < MAX_CONNECTIONS && !waiting.isEmpty()) {
            Errand longest = waiting.iterator().next();
            waiting.remove(longest);
            connect(longest);
        }
    }

    private void connect(Errand errand) {
        sent.increment();
        try {
            TcpConnection connection = TcpConnection.open(errand.server, errand.query);
            connected.put(errand, connection);
            connection.listen(loop, () -> proceed(errand, connection));
        } catch (IOException e) {
            leave(errand);
            errand.answer.completeExceptionally(e);
        }
    }

    private void proceed(Errand errand, TcpConnection connection) {
        try {
            Optional<byte[]> answer = connection.proceed();
            if (answer.isPresent()) {
                leave(errand);
                connectWaiting();
                errand.answer.complete(answer.get());
            }
        } catch (IOException e) {
            fail(errand, e);
        }
    }

    private void fail(Errand errand, IOException cause) {
        leave(errand);
        connectWaiting();
        errand.answer.completeExceptionally(cause);
    }

    private void leave(Errand errand) {
        errand.timeout.ifPresent(loop::cancel);
        waiting.remove(errand);
        TcpConnection connection = connected.remove(errand);
        if (connection != null) {
            close(connection);
        }
    }

    private static void close(TcpConnection connection) {
        try {
            connection.close();
        } catch (IOException e) {
            LOG.debug("a TCP connection did not close cleanly", e);
        }
    }

    private void end() {
        Set<Errand> all = new LinkedHashSet<>(waiting);
        all.addAll(connected.keySet());
        for (Errand errand : all) {
            leave(errand);
            errand.answer.completeExceptionally(closed());
        }
    }
}
