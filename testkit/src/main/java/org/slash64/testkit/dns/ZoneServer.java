package org.slash64.testkit.dns;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashSet;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import org.xbill.DNS.Name;

/**
 * An authoritative DNS server, UDP and TCP on one port, for a {@link Zone} and with {@link Fault}s on demand. One
 * thread does all of it. It answers what the data holds and NXDOMAIN for all else; it recurses nowhere.
 */
public final class ZoneServer implements AutoCloseable {
    /** Tries for a port that is free for both transports. */
    private static final int BIND_TRIES = 20;
    /** Datagrams answered before TCP gets its turn. */
    private static final int UDP_BATCH = 64;
    /** Room for bursts of queries; the kernel may grant less. */
    private static final int SOCKET_BUFFER = 1 << 20;

    private static final int MAX_TCP_CONNECTIONS = 256;
    /** RFC 7766 section 6.2.3: of the order of seconds. */
    private static final Duration TCP_IDLE = Duration.ofSeconds(10);
    /** Late answers that are held; what comes on top is dropped, as a network would. */
    private static final int MAX_LATE = 200_000;

    private static final long MAX_WAIT_MILLIS = 1_000;

    private record Late(long dueNanos, IoAction action) {}

    private interface IoAction {
        void run() throws IOException;
    }

    private final Responder responder;
    private final Selector selector;
    private final DatagramChannel udp;
    private final ServerSocketChannel tcp;
    private final Thread thread;
    private final ByteBuffer datagram = ByteBuffer.allocateDirect(1 << 16);
    private final Set<TcpConnection> connections = new HashSet<>();
    private final PriorityQueue<Late> late = new PriorityQueue<>(Comparator.comparingLong(answer -> answer.dueNanos()));
    private final LongAdder udpQueries = new LongAdder();
    private final LongAdder tcpQueries = new LongAdder();
    private volatile boolean open = true;

    private ZoneServer(Zone data, DatagramChannel udp, ServerSocketChannel tcp) throws IOException {
        this.responder = new Responder(data);
        this.udp = udp;
        this.tcp = tcp;
        this.selector = Selector.open();
        udp.configureBlocking(false).register(selector, SelectionKey.OP_READ);
        tcp.configureBlocking(false).register(selector, SelectionKey.OP_ACCEPT);
        this.thread = new Thread(this::serve, "zone-server-" + udp.socket().getLocalPort());
        thread.setDaemon(true);
    }

    /** Serves on 127.0.0.1; port 0 takes a free one. */
    public static ZoneServer start(Zone data, int port) throws IOException {
        return start(data, new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port));
    }

    /**
     * Serves on an address of this host; port 0 takes a free one.
     *
     * @throws IOException when the address cannot be bound
     */
    public static ZoneServer start(Zone data, InetSocketAddress address) throws IOException {
        for (int tried = 1; ; tried++) {
            try {
                return bind(data, address);
            } catch (BindException e) {
                if (address.getPort() != 0 || tried == BIND_TRIES) {
                    throw new IOException("cannot bind " + address + ": " + e.getMessage(), e);
                }
            }
        }
    }

    private static ZoneServer bind(Zone data, InetSocketAddress address) throws IOException {
        ServerSocketChannel tcp = ServerSocketChannel.open();
        DatagramChannel udp = DatagramChannel.open();
        try {
            tcp.bind(address);
            udp.setOption(StandardSocketOptions.SO_RCVBUF, SOCKET_BUFFER);
            udp.setOption(StandardSocketOptions.SO_SNDBUF, SOCKET_BUFFER);
            udp.bind(tcp.getLocalAddress());
            ZoneServer server = new ZoneServer(data, udp, tcp);
            server.thread.start();
            return server;
        } catch (IOException e) {
            tcp.close();
            udp.close();
            throw e;
        }
    }

    /** Where it serves. */
    public InetSocketAddress address() {
        return (InetSocketAddress) udp.socket().getLocalSocketAddress();
    }

    /** The port of both transports. */
    public int port() {
        return address().getPort();
    }

    /** Serves other data from now on. */
    public void serve(Zone data) {
        responder.serve(data);
    }

    /** Treats all questions for a name so, until {@link #heal}. */
    public void inject(Name name, Fault fault) {
        responder.inject(name, fault);
    }

    /** Treats questions for all names so that have no fault of their own, until {@link #heal}. */
    public void injectAll(Fault fault) {
        responder.injectAll(fault);
    }

    /** Ends all faults. */
    public void heal() {
        responder.heal();
    }

    /** Messages received so far, over both transports. */
    public long queries() {
        return udpQueries.sum() + tcpQueries.sum();
    }

    /** Messages received so far over TCP. */
    public long tcpQueries() {
        return tcpQueries.sum();
    }

    /** Stops serving and waits for the thread to end. */
    @Override
    public void close() throws IOException {
        open = false;
        selector.wakeup();
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void serve() {
        while (open) {
            attempt(() -> selector.select(this::ready, waitMillis()));
            sendDue();
            dropIdle();
        }
        connections.forEach(connection -> attempt(connection::close));
        attempt(udp::close);
        attempt(tcp::close);
        attempt(selector::close);
    }

    /** A client that went away, or an answer the kernel refuses, is no reason to stop serving the others. */
    private static void attempt(IoAction action) {
        try {
            action.run();
        } catch (IOException | CancelledKeyException e) { // the peer's loss
            return;
        }
    }

    private long waitMillis() {
        Late next = late.peek();
        long wait = next == null
                ? MAX_WAIT_MILLIS
                : Duration.ofNanos(next.dueNanos() - System.nanoTime()).toMillis() + 1;
        return Math.max(1, Math.min(wait, MAX_WAIT_MILLIS));
    }

    private void sendDue() {
        for (Late next = late.peek(); next != null && next.dueNanos() - System.nanoTime() <= 0; next = late.peek()) {
            late.remove();
            attempt(next.action());
        }
    }

    private void dropIdle() {
        for (TcpConnection connection : Set.copyOf(connections)) {
            if (connection.idleFor(TCP_IDLE.toNanos())) {
                drop(connection);
            }
        }
    }

    private void drop(TcpConnection connection) {
        connections.remove(connection);
        attempt(connection::close);
    }

    private void ready(SelectionKey key) {
        if (key.channel() == udp) {
            attempt(this::receive);
        } else if (key.channel() == tcp) {
            attempt(this::accept);
        } else {
            converse(key, (TcpConnection) key.attachment());
        }
    }

    private void receive() throws IOException {
        for (int i = 0; i < UDP_BATCH; i++) {
            datagram.clear();
            SocketAddress client = udp.receive(datagram);
            if (client == null) {
                return;
            }
            udpQueries.increment();
            byte[] query = new byte[datagram.flip().remaining()];
            datagram.get(query);
            responder
                    .reply(query, false)
                    .ifPresent(reply -> send(reply, () -> udp.send(ByteBuffer.wrap(reply.wire()), client)));
        }
    }

    private void accept() throws IOException {
        SocketChannel channel = tcp.accept();
        if (channel == null) {
            return;
        }
        if (connections.size() >= MAX_TCP_CONNECTIONS) {
            channel.close();
            return;
        }
        channel.configureBlocking(false);
        SelectionKey key = channel.register(selector, SelectionKey.OP_READ);
        TcpConnection connection = new TcpConnection(channel, key);
        key.attach(connection);
        connections.add(connection);
    }

    private void converse(SelectionKey key, TcpConnection connection) {
        try {
            if (key.isWritable()) {
                connection.write();
            }
            if (key.isValid() && key.isReadable()) {
                connection.read(message -> answer(message, connection));
            }
        } catch (IOException | CancelledKeyException e) { // reset by the client
            drop(connection);
        }
        if (!key.isValid()) {
            connections.remove(connection);
        }
    }

    private void answer(byte[] message, TcpConnection connection) {
        tcpQueries.increment();
        responder.reply(message, true).ifPresent(reply -> send(reply, () -> connection.send(reply.wire())));
    }

    private void send(Reply reply, IoAction action) {
        if (reply.after().isZero()) {
            attempt(action);
        } else if (late.size() < MAX_LATE) {
            late.add(new Late(System.nanoTime() + reply.after().toNanos(), action));
        }
    }
}
