package org.slash64.connectors.socket;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One thread that serves many connections. */
final class Loop {

    private static final Logger LOG = LoggerFactory.getLogger(Loop.class);
    private static final int READ_BYTES = 64 * 1024;
    private static final Duration SWEEP = Duration.ofSeconds(1);

    /** A task of a connection, or of the loop itself where that is null. */
    private record Task(Connection connection, Runnable action) {}

    private final Selector selector;
    private final Thread thread;
    private final ServerLimits limits;
    private final Counters counters;
    private final Runnable whenBroken;
    private final Queue<Task> tasks = new ConcurrentLinkedQueue<>();
    private final Set<Connection> connections = new LinkedHashSet<>();
    private final ByteBuffer buffer = ByteBuffer.allocate(READ_BYTES);
    private long sweptNanos = System.nanoTime();
    private volatile boolean closing;

    /** @param whenBroken run where the thread ends though nobody closes it, by a lack of memory for example */
    Loop(String name, ServerLimits limits, Counters counters, Runnable whenBroken) throws IOException {
        this.selector = Selector.open();
        this.limits = limits;
        this.counters = counters;
        this.whenBroken = whenBroken;
        this.thread = new Thread(this::run, name);
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** Serves a connection; from any thread. The place for it is taken. */
    void adopt(SocketChannel channel, Conversation.Opening opening) {
        execute(null, () -> {
            try {
                begin(channel, opening);
            } catch (IOException | RuntimeException e) {
                LOG.warn("{}: a connection was lost as it came: {}", thread.getName(), e.getMessage());
                counters.left();
                close(channel);
            }
        });
    }

    private void begin(SocketChannel channel, Conversation.Opening opening) throws IOException {
        channel.configureBlocking(false);
        if (channel.supportedOptions().contains(StandardSocketOptions.TCP_NODELAY)) {
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        }
        SelectionKey key = channel.register(selector, SelectionKey.OP_READ);
        Connection connection = new Connection(channel, key, this, opening);
        key.attach(connection);
        connections.add(connection);
    }

    private void close(SocketChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            log("closing a connection: " + e.getMessage());
        }
    }

    void execute(Connection connection, Runnable action) {
        tasks.add(new Task(connection, action));
        selector.wakeup();
    }

    /** Closes what a connection has. */
    void leave(Connection connection, SocketChannel channel, Conversation conversation) {
        connections.remove(connection);
        counters.left();
        close(channel);
        try {
            conversation.ended();
        } catch (RuntimeException e) {
            LOG.error("{}: ending a connection failed", thread.getName(), e);
            counters.failed();
        }
    }

    private void log(String what) {
        LOG.debug("{}: {}", thread.getName(), what);
    }

    private void run() {
        try (selector) {
            while (!closing) {
                selector.select(this::serve, SWEEP.toMillis());
                runTasks();
                sweep();
            }
            runTasks();
        } catch (IOException | RuntimeException e) {
            LOG.error("{} stopped", thread.getName(), e);
        } finally {
            end();
        }
    }

    /** However the thread ends, nobody is left waiting for it. */
    private void end() {
        List.copyOf(connections).forEach(Connection::close);
        if (!closing) {
            whenBroken.run();
        }
    }

    private void serve(SelectionKey key) {
        Connection connection = (Connection) key.attachment();
        guarded(connection, () -> connection.ready(buffer));
    }

    private void runTasks() {
        for (Task task = tasks.poll(); task != null; task = tasks.poll()) {
            run(task);
        }
    }

    private void run(Task task) {
        Connection connection = task.connection();
        if (connection == null) {
            task.action().run();
            return;
        }
        guarded(connection, () -> {
            task.action().run();
            connection.settle();
        });
    }

    private interface Step {
        void run() throws IOException;
    }

    /** What fails ends its own connection and nothing else. */
    private void guarded(Connection connection, Step step) {
        try {
            step.run();
        } catch (IOException | CancelledKeyException e) {
            log("a connection was lost: " + e.getMessage());
            connection.close();
        } catch (RuntimeException e) {
            LOG.error("{}: serving a connection failed", thread.getName(), e);
            counters.failed();
            connection.close();
        }
    }

    private void sweep() {
        long now = System.nanoTime();
        if (now - sweptNanos < SWEEP.toNanos()) {
            return;
        }
        sweptNanos = now;
        long idle = limits.idle().toNanos();
        List<Connection> silent = new ArrayList<>();
        for (Connection connection : connections) {
            if (now - connection.heardNanos() > idle) {
                silent.add(connection);
            }
        }
        silent.forEach(this::closeSilent);
    }

    private void closeSilent(Connection connection) {
        counters.idle();
        connection.close();
    }

    /** Closes all connections and ends the thread, before it returns. */
    void close() {
        closing = true;
        selector.wakeup();
        boolean interrupted = false;
        while (thread.isAlive() && thread != Thread.currentThread()) {
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
}
