package org.slash64.deploy.bench.policy;

import java.io.IOException;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.slash64.deploy.bench.Histogram;
import org.slash64.deploy.bench.Latencies;

/**
 * Asks at a steady rate whether or not the answers keep up: each request has an instant at which it is to be sent, and waits
 * for a connection where all are busy, and that counts. All requests about a message come on one connection, as from a
 * process of smtpd, and one at a time. One thread.
 */
final class OpenLoop implements AutoCloseable {

    /** As many processes of smtpd. */
    static final int CONNECTIONS = 64;

    /** Shorter than what is measured, long enough to leave the processor to the server. */
    private static final Duration NAP = Duration.ofNanos(20_000);

    /** So long it is waited for answers that are still missing at the end. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final int REPLY = 1_024;
    private static final int DIGITS = 8;
    private static final String ZEROS = "0".repeat(DIGITS);

    private final List<byte[]> requests;
    private final Selector selector;
    private final Deque<Line> free = new ArrayDeque<>();

    /** Those with a message about which there is more to ask. */
    private final Deque<Line> inMessage = new ArrayDeque<>();

    private final int[] numberAt;
    private long messages;
    private int busy;
    private Histogram histogram = new Histogram();

    /** One connection, and the request that it is busy with. */
    private static final class Line {
        private final SocketChannel channel;
        private final ByteBuffer reply = ByteBuffer.allocateDirect(REPLY);
        private final ByteBuffer request = ByteBuffer.allocateDirect(2 * REPLY);
        private long due;
        private long message;
        private int state;

        Line(SocketChannel channel) {
            this.channel = channel;
        }
    }

    OpenLoop(SocketAddress server, List<byte[]> requests) throws IOException {
        this.requests = requests;
        this.numberAt = requests.stream().mapToInt(OpenLoop::placeOfNumber).toArray();
        this.selector = Selector.open();
        for (int i = 0; i < CONNECTIONS; i++) {
            SocketChannel channel = SocketChannel.open(server);
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.configureBlocking(false);
            Line line = new Line(channel);
            channel.register(selector, SelectionKey.OP_READ, line);
            free.add(line);
        }
    }

    private static int placeOfNumber(byte[] request) {
        return new String(request, StandardCharsets.US_ASCII).indexOf(ZEROS);
    }

    /**
     * Asks for some time.
     *
     * @param rate requests a second
     * @throws IOException when the server hangs up or does not answer
     */
    Latencies ask(int rate, Duration time) throws IOException {
        histogram = new Histogram();
        long interval = Duration.ofSeconds(1).toNanos();
        long start = System.nanoTime();
        long total = time.toNanos() * rate / interval;
        for (long sent = 0; sent < total; ) {
            boolean worked = receive();
            long now = System.nanoTime();
            while (sent < total
                    && !(free.isEmpty() && inMessage.isEmpty())
                    && start + sent * interval / rate - now <= 0) {
                send(start + sent * interval / rate);
                sent++;
                worked = true;
            }
            if (!worked) {
                LockSupport.parkNanos(NAP.toNanos());
            }
        }
        awaitRest();
        return histogram.latencies(Duration.ofNanos(System.nanoTime() - start));
    }

    private void awaitRest() throws IOException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (busy > 0) {
            if (System.nanoTime() - end > 0) {
                throw new IOException(busy + " requests were not answered");
            }
            receive();
        }
    }

    private void send(long due) throws IOException {
        Line line = inMessage.isEmpty() ? withNextMessage(free.removeFirst()) : inMessage.removeFirst();
        line.due = due;
        int place = (int) ((line.message * PolicySample.STATES.size() + line.state) % requests.size());
        line.request.clear().put(requests.get(place)).flip();
        number(line.request, numberAt[place], line.message);
        line.state++;
        line.channel.write(line.request);
        if (line.request.hasRemaining()) {
            throw new IOException("the server does not read");
        }
        busy++;
    }

    private Line withNextMessage(Line line) {
        line.message = messages++;
        line.state = 0;
        return line;
    }

    /** Makes it a message of its own, so that the server cannot know it from before. */
    private static void number(ByteBuffer request, int at, long message) {
        long rest = message;
        for (int digit = DIGITS - 1; digit >= 0; digit--) {
            request.put(at + digit, (byte) ('0' + rest % 10));
            rest /= 10;
        }
    }

    private boolean receive() throws IOException {
        if (selector.selectNow() == 0) {
            return false;
        }
        for (SelectionKey key : selector.selectedKeys()) {
            receive((Line) key.attachment());
        }
        selector.selectedKeys().clear();
        return true;
    }

    private void receive(Line line) throws IOException {
        if (line.channel.read(line.reply) < 0) {
            throw new IOException("the server hung up");
        }
        int length = line.reply.position();
        if (length > 1 && line.reply.get(length - 1) == '\n' && line.reply.get(length - 2) == '\n') {
            line.reply.clear();
            histogram.add(System.nanoTime() - line.due);
            (line.state < PolicySample.STATES.size() ? inMessage : free).addLast(line);
            busy--;
        }
    }

    @Override
    public void close() throws IOException {
        for (SelectionKey key : selector.keys()) {
            key.channel().close();
        }
        selector.close();
    }
}
