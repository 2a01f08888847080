package org.slash64.testkit.dns;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import org.xbill.DNS.Message;

/** One client over TCP: messages with two bytes of length before each (RFC 1035 section 4.2.2). Of the server's thread. */
final class TcpConnection {
    /** A client that asks on and reads nothing is let go. */
    private static final int MAX_UNREAD_ANSWERS = 1_000;

    private final SocketChannel channel;
    private final SelectionKey key;
    private final ByteBuffer in = ByteBuffer.allocate(2 + Message.MAXLENGTH);
    private final Deque<ByteBuffer> out = new ArrayDeque<>();
    /** The client has sent its last query, but may still read. */
    private boolean ended;

    private long lastUsedNanos = System.nanoTime();

    TcpConnection(SocketChannel channel, SelectionKey key) {
        this.channel = channel;
        this.key = key;
    }

    boolean idleFor(long nanos) {
        return System.nanoTime() - lastUsedNanos > nanos;
    }

    /** Reads what is there and hands on whole messages. */
    void read(Consumer<byte[]> messages) throws IOException {
        int count = channel.read(in);
        lastUsedNanos = System.nanoTime();
        in.flip();
        while (in.remaining() >= 2 && in.remaining() - 2 >= length()) {
            byte[] message = new byte[in.getShort() & 0xffff];
            in.get(message);
            messages.accept(message);
        }
        in.compact();
        if (count < 0) {
            ended = true;
            write();
        }
    }

    private int length() {
        return in.getShort(in.position()) & 0xffff;
    }

    void send(byte[] message) throws IOException {
        if (!channel.isOpen()) {
            return;
        }
        if (out.size() == MAX_UNREAD_ANSWERS) {
            close();
            return;
        }
        ByteBuffer framed = ByteBuffer.allocate(2 + message.length);
        out.add(framed.putShort((short) message.length).put(message).flip());
        write();
    }

    void write() throws IOException {
        for (ByteBuffer next = out.peek(); next != null; next = out.peek()) {
            channel.write(next);
            if (next.hasRemaining()) {
                key.interestOps(ended ? SelectionKey.OP_WRITE : SelectionKey.OP_READ | SelectionKey.OP_WRITE);
                return;
            }
            out.remove();
        }
        if (ended) {
            close();
        } else {
            key.interestOps(SelectionKey.OP_READ);
        }
    }

    void close() throws IOException {
        channel.close();
    }
}
