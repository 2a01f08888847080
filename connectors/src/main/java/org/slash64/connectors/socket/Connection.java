package org.slash64.connectors.socket;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Deque;

/** One connection, of its loop's thread. */
final class Connection implements Peer {

    private final SocketChannel channel;
    private final SelectionKey key;
    private final Loop loop;
    private final Deque<ByteBuffer> unsent = new ArrayDeque<>();
    private final Conversation conversation;
    private long heardNanos = System.nanoTime();
    private boolean paused;
    private boolean hangingUp;
    private boolean closed;

    Connection(SocketChannel channel, SelectionKey key, Loop loop, Conversation.Opening opening) {
        this.channel = channel;
        this.key = key;
        this.loop = loop;
        this.conversation = opening.open(this);
    }

    @Override
    public void execute(Runnable task) {
        loop.execute(this, task);
    }

    @Override
    public void send(ByteBuffer bytes) {
        if (!closed) {
            unsent.add(bytes);
        }
    }

    @Override
    public void pause() {
        paused = true;
    }

    @Override
    public void resume() {
        paused = false;
    }

    @Override
    public void hangUp() {
        hangingUp = true;
    }

    /** Does what the channel is ready for. */
    void ready(ByteBuffer buffer) throws IOException {
        if (key.isReadable() && !paused && !hangingUp) {
            read(buffer);
        }
        settle();
    }

    private void read(ByteBuffer buffer) throws IOException {
        buffer.clear();
        int read = channel.read(buffer);
        if (read < 0) {
            close();
        } else {
            heardNanos = System.nanoTime();
            conversation.received(buffer.flip());
        }
    }

    /** Sends what is to be sent, and asks for what is to come next. */
    void settle() throws IOException {
        if (closed) {
            return;
        }
        while (!unsent.isEmpty() && flushed(unsent.peekFirst())) {
            unsent.removeFirst();
        }
        if (hangingUp && unsent.isEmpty()) {
            close();
        } else {
            key.interestOps(!unsent.isEmpty() ? SelectionKey.OP_WRITE : paused ? 0 : SelectionKey.OP_READ);
        }
    }

    private boolean flushed(ByteBuffer bytes) throws IOException {
        channel.write(bytes);
        return !bytes.hasRemaining();
    }

    long heardNanos() {
        return heardNanos;
    }

    void close() {
        if (closed) {
            return;
        }
        closed = true;
        unsent.clear();
        loop.leave(this, channel, conversation);
    }
}
