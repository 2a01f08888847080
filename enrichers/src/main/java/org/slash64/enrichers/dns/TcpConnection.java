package org.slash64.enrichers.dns;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.Optional;

/** A connection for one query and its answer, each after its length in two octets (RFC 1035 section 4.2.2). */
final class TcpConnection implements AutoCloseable {
    private static final int LENGTH = 2;

    private final SocketChannel channel;
    private final ByteBuffer out;
    private ByteBuffer in = ByteBuffer.allocate(LENGTH);
    private boolean lengthIsRead;
    private Optional<SelectionKey> key = Optional.empty();

    private TcpConnection(SocketChannel channel, byte[] query) {
        this.channel = channel;
        this.out = ByteBuffer.allocate(LENGTH + query.length)
                .putShort((short) query.length)
                .put(query)
                .flip();
    }

    /** Begins to connect. */
    static TcpConnection open(InetSocketAddress server, byte[] query) throws IOException {
        SocketChannel channel = SocketChannel.open();
        try {
            channel.configureBlocking(false);
            channel.connect(server);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
        return new TcpConnection(channel, query);
    }

    /** Has somebody told when {@link #proceed} can do something. */
    void listen(EventLoop loop, Runnable whenReady) throws IOException {
        key = Optional.of(loop.register(channel, SelectionKey.OP_CONNECT, whenReady));
    }

    /**
     * Connects, writes and reads as far as that goes now.
     *
     * @return the answer once it is there
     */
    Optional<byte[]> proceed() throws IOException {
        if (!channel.finishConnect()) {
            return Optional.empty();
        }
        if (out.hasRemaining()) {
            channel.write(out);
            await(out.hasRemaining() ? SelectionKey.OP_WRITE : SelectionKey.OP_READ);
            return Optional.empty();
        }
        return read();
    }

    private void await(int operation) {
        key.ifPresent(known -> known.interestOps(operation));
    }

    private Optional<byte[]> read() throws IOException {
        if (channel.read(in) < 0) {
            throw new EOFException("the server closed the connection");
        }
        if (in.hasRemaining()) {
            return Optional.empty();
        }
        if (lengthIsRead) {
            return Optional.of(in.array());
        }
        lengthIsRead = true;
        in = ByteBuffer.allocate(in.getShort(0) & 0xffff);
        return in.hasRemaining() ? read() : Optional.of(in.array());
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
