package org.slash64.enrichers.dns;

import java.io.IOException;
import java.net.BindException;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A socket connected to one server, so that the kernel drops what comes from elsewhere, on a source port taken at
 * random (RFC 5452 section 9.2), and the queries that wait for answers on it. Of the transport's thread.
 */
final class UdpSocket {
    /** Below lie the ports that servers of this host may want to bind. */
    private static final int LOWEST_PORT = 32_768;

    private static final int PORTS = 32_768;
    private static final int BIND_TRIES = 50;
    private static final Logger LOG = LoggerFactory.getLogger(UdpSocket.class);

    private final DatagramChannel channel;
    private final UdpCounters counters;
    private final long openedNanos = System.nanoTime();
    private final Map<Integer, UdpQuery> inFlight = new HashMap<>();
    private int queries;
    private boolean retired;

    private UdpSocket(DatagramChannel channel, UdpCounters counters) {
        this.channel = channel;
        this.counters = counters;
    }

    /** Opens one that nobody listens to yet. */
    static UdpSocket open(InetSocketAddress server, RandomBits random, UdpCounters counters) throws IOException {
        boolean ipv4 = server.getAddress() instanceof Inet4Address;
        DatagramChannel channel =
                DatagramChannel.open(ipv4 ? StandardProtocolFamily.INET : StandardProtocolFamily.INET6);
        try {
            channel.configureBlocking(false);
            bind(channel, random);
            channel.connect(server);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
        counters.socketsOpened.increment();
        return new UdpSocket(channel, counters);
    }

    /** Has somebody told when there is something to {@link #receive}. */
    void listen(EventLoop loop, Runnable whenReadable) throws IOException {
        loop.register(channel, SelectionKey.OP_READ, whenReadable);
    }

    private static void bind(DatagramChannel channel, RandomBits random) throws IOException {
        for (int tried = 1; ; tried++) {
            try {
                channel.bind(new InetSocketAddress(LOWEST_PORT + random.below(PORTS)));
                return;
            } catch (BindException e) { // somebody has that port
                if (tried == BIND_TRIES) {
                    throw e;
                }
            }
        }
    }

    boolean hasRoom(SocketLimits limits) {
        return inFlight.size() < limits.inFlightEach();
    }

    boolean isWorn(SocketLimits limits, long nowNanos) {
        return retired
                || queries >= limits.queriesEach()
                || nowNanos - openedNanos >= limits.lifetime().toNanos();
    }

    boolean isAwaited() {
        return !inFlight.isEmpty();
    }

    /** Sends a query under an id that no other in flight here has; its answer is awaited from then on. */
    void send(UdpQuery query, RandomBits random, ByteBuffer buffer) throws IOException {
        query.setId(freeId(random));
        inFlight.put(query.id(), query);
        queries++;
        buffer.clear().put(query.wire()).flip();
        if (channel.write(buffer) == 0) {
            throw new IOException("no room in the send buffer");
        }
    }

    private int freeId(RandomBits random) {
        int id = random.sixteen();
        while (inFlight.containsKey(id)) {
            id = random.sixteen();
        }
        return id;
    }

    /** The next datagram. */
    Optional<byte[]> receive(ByteBuffer buffer) throws IOException {
        buffer.clear();
        if (channel.read(buffer) <= 0) {
            return Optional.empty();
        }
        byte[] message = new byte[buffer.flip().remaining()];
        buffer.get(message);
        return Optional.of(message);
    }

    Optional<UdpQuery> awaited(int id) {
        return Optional.ofNullable(inFlight.get(id));
    }

    /** The queries in flight. */
    List<UdpQuery> awaited() {
        return List.copyOf(inFlight.values());
    }

    /** The query has ended. */
    void forget(UdpQuery query) {
        inFlight.remove(query.id());
        closeWhenDone();
    }

    /** Takes no query more, and closes once it waits for none. */
    void retire() {
        retired = true;
        closeWhenDone();
    }

    private void closeWhenDone() {
        if (retired && inFlight.isEmpty() && channel.isOpen()) {
            close();
        }
    }

    private void close() {
        counters.socketsClosed.increment();
        try {
            channel.close();
        } catch (IOException e) {
            LOG.debug("a UDP socket did not close cleanly", e);
        }
    }
}
