package org.slash64.enrichers.dns;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.xbill.DNS.Header;
import org.xbill.DNS.Message;
import org.xbill.DNS.io.UdpIoClient;

/**
 * Queries over UDP to a few servers, many at one time, from one thread.
 *
 * <p>Who cannot see a query must guess the source port, the id and the case of the letters to forge its answer (RFC
 * 5452; draft-vixie-dnsext-dns0x20), and whatever fits no query is ignored and counted: the wait for the answer goes
 * on. An answer that fits but for the case of its letters is handed on as truncated, so that it is asked for again over
 * TCP. A port that is reported unreachable ends the queries on that socket at once.
 */
final class UdpTransport implements UdpIoClient {
    /** Datagrams read from one socket before the others get their turn. */
    private static final int BATCH = 64;

    private static final Duration SWEEP = Duration.ofSeconds(1);

    /** Where a query is, and what ends its wait. */
    private record Flight(UdpSocket socket, EventLoop.Timer timeout) {}

    private final EventLoop loop;
    private final int maxInFlight;
    private final UdpCounters counters;
    private final Map<InetSocketAddress, ServerSockets> servers;
    private final AtomicInteger taken = new AtomicInteger();

    // of the loop's thread
    private final RandomBits random = new RandomBits();
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(Message.MAXLENGTH);
    private final Map<UdpQuery, Flight> flights = new HashMap<>();
    private boolean sweeping;

    /**
     * Opens no socket yet; all are closed when the loop ends, and queries in flight fail.
     *
     * @param servers whom queries may go to
     * @param maxInFlight queries taken at one time; what comes on top fails at once
     */
    UdpTransport(
            EventLoop loop,
            List<InetSocketAddress> servers,
            int maxInFlight,
            SocketLimits limits,
            UdpCounters counters) {
        this.loop = loop;
        this.maxInFlight = maxInFlight;
        this.counters = counters;
        this.servers = servers.stream()
                .distinct()
                .collect(Collectors.toUnmodifiableMap(
                        Function.identity(), server -> new ServerSockets(server, limits, this::open)));
        loop.atEnd(this::end);
    }

    /**
     * Sends a query; never blocks.
     *
     * @param local none: source addresses are the system's choice and ports are random
     * @return the answer, of the query's id and question; or an {@link IOException}, of {@link SocketTimeoutException}
     *     when none came in time; completed on the loop's thread
     */
    @Override
    public CompletableFuture<byte[]> sendAndReceiveUdp(
            InetSocketAddress local, InetSocketAddress remote, Message query, byte[] data, int max, Duration timeout) {
        if (local != null || !servers.containsKey(remote)) {
            return CompletableFuture.failedFuture(new IOException("no socket of these addresses"));
        }
        if (taken.incrementAndGet() > maxInFlight) {
            taken.decrementAndGet();
            return CompletableFuture.failedFuture(new IOException("too many queries in flight"));
        }
        UdpQuery submission = new UdpQuery(remote, data);
        long deadline = System.nanoTime() + timeout.toNanos();
        try {
            loop.execute(() -> launch(submission, deadline));
        } catch (RejectedExecutionException e) {
            taken.decrementAndGet();
            submission.answer.completeExceptionally(closed());
        }
        return submission.answer;
    }

    private static IOException closed() {
        return new EOFException("closed");
    }

    // From here on all runs on the loop's thread.

    private UdpSocket open(InetSocketAddress server) throws IOException {
        UdpSocket socket = UdpSocket.open(server, random, counters);
        socket.listen(loop, () -> receive(socket));
        if (!sweeping) {
            sweepLater();
        }
        return socket;
    }

    private void launch(UdpQuery query, long deadline) {
        ServerSockets sockets = servers.get(query.server);
        UdpSocket socket;
        try {
            if (loop.isClosed()) {
                throw closed();
            }
            socket = sockets.pick(random, System.nanoTime());
        } catch (IOException e) {
            taken.decrementAndGet();
            counters.failed.increment();
            query.answer.completeExceptionally(e);
            return;
        }
        if (sockets.variesCase()) {
            query.varyCase(random);
        }
        flights.put(query, new Flight(socket, loop.at(deadline, () -> timedOut(query))));
        send(query, socket);
    }

    private void send(UdpQuery query, UdpSocket socket) {
        counters.sent.increment();
        try {
            socket.send(query, random, buffer);
        } catch (PortUnreachableException e) { // reported for a query before
            breakDown(socket, e);
        } catch (IOException e) {
            counters.failed.increment();
            fail(query, e);
        }
    }

    private void receive(UdpSocket socket) {
        try {
            int read = 0;
            do {
                Optional<byte[]> datagram = socket.receive(buffer);
                if (datagram.isEmpty()) {
                    return;
                }
                received(socket, datagram.get());
            } while (++read < BATCH && socket.isAwaited());
        } catch (IOException e) {
            breakDown(socket, e);
        }
    }

    private void received(UdpSocket socket, byte[] datagram) {
        if (datagram.length < Header.LENGTH) {
            counters.malformed.increment();
            return;
        }
        Optional<UdpQuery> query = socket.awaited(UdpQuery.id(datagram));
        if (query.isEmpty()) {
            counters.wrongId.increment();
        } else {
            received(query.get(), datagram);
        }
    }

    private void received(UdpQuery query, byte[] datagram) {
        switch (query.match(datagram)) {
            case ANSWER -> answered(query, datagram);
            case WRONG_CASE -> answeredInOtherCase(query);
            case WRONG_QUESTION -> counters.wrongQuestion.increment();
            case MALFORMED -> counters.malformed.increment();
        }
    }

    private void answered(UdpQuery query, byte[] datagram) {
        if (query.isCaseVaried()) {
            servers.get(query.server).caseRepeated();
        }
        counters.answered.increment();
        land(query);
        query.answer.complete(query.restore(datagram));
    }

    private void answeredInOtherCase(UdpQuery query) {
        servers.get(query.server).caseFolded();
        counters.wrongCase.increment();
        counters.answered.increment();
        land(query);
        query.answer.complete(query.truncated());
    }

    private void breakDown(UdpSocket socket, IOException cause) {
        socket.retire();
        for (UdpQuery query : socket.awaited()) {
            counters.failed.increment();
            fail(query, cause);
        }
    }

    private void timedOut(UdpQuery query) {
        counters.timedOut.increment();
        fail(query, new SocketTimeoutException("no answer in time"));
    }

    private void fail(UdpQuery query, IOException cause) {
        land(query);
        query.answer.completeExceptionally(cause);
    }

    private void land(UdpQuery query) {
        Flight flight = flights.remove(query);
        loop.cancel(flight.timeout());
        flight.socket().forget(query);
        taken.decrementAndGet();
    }

    private void sweepLater() {
        sweeping = true;
        loop.at(System.nanoTime() + SWEEP.toNanos(), this::sweep);
    }

    private void sweep() {
        long now = System.nanoTime();
        servers.values().forEach(sockets -> sockets.retireWorn(now));
        sweeping = false;
        if (!servers.values().stream().allMatch(ServerSockets::isEmpty)) {
            sweepLater();
        }
    }

    private void end() {
        servers.values().forEach(ServerSockets::retireAll);
        List.copyOf(flights.keySet()).forEach(query -> fail(query, closed()));
    }
}
