package org.slash64.enrichers.dns;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.List;
import java.util.Queue;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One thread for tasks, timers and sockets; what fails there is logged and ends nothing else. */
final class EventLoop implements Executor, AutoCloseable {
    /** Something to do later; {@link #cancel} it when it need not be done. */
    record Timer(long dueNanos, long serial, Runnable action) implements Comparable<Timer> {
        @Override
        public int compareTo(Timer other) {
            int byTime = Long.signum(dueNanos - other.dueNanos);
            return byTime == 0 ? Long.compare(serial, other.serial) : byTime;
        }
    }

    private static final Logger LOG = LoggerFactory.getLogger(EventLoop.class);

    private final Selector selector;
    private final Thread thread;
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final List<Runnable> farewells = new CopyOnWriteArrayList<>();
    /** Whether the thread will look at {@link #tasks} without being woken. */
    private final AtomicBoolean awake = new AtomicBoolean(true);

    private volatile boolean closed;

    // of the thread
    private final TreeSet<Timer> timers = new TreeSet<>();
    private long timersMade;

    /**
     * Starts the thread.
     *
     * @throws UncheckedIOException when the system has no selector to give
     */
    EventLoop(String name) {
        try {
            this.selector = Selector.open();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        this.thread = new Thread(this::run, name);
        thread.setDaemon(true);
        thread.start();
    }

    /** Has something done when the loop ends, on its thread and as its last; from any thread. */
    void atEnd(Runnable farewell) {
        farewells.add(farewell);
    }

    /**
     * Runs a task on the thread, soon; from any thread.
     *
     * @throws RejectedExecutionException when the loop has ended, and the task will not be run
     */
    @Override
    public void execute(Runnable task) {
        tasks.add(task);
        if (closed && tasks.remove(task)) {
            throw new RejectedExecutionException("closed");
        }
        if (!awake.getAndSet(true)) {
            selector.wakeup();
        }
    }

    boolean isClosed() {
        return closed;
    }

    /** Ends the loop, before it returns, unless a task of the loop calls it; timers not due yet are forgotten. */
    @Override
    public void close() {
        closed = true;
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

    // From here on all is of the thread alone.

    /** Has something done at this time of {@link System#nanoTime()}. */
    Timer at(long nanos, Runnable action) {
        Timer timer = new Timer(nanos, timersMade++, action);
        timers.add(timer);
        return timer;
    }

    void cancel(Timer timer) {
        timers.remove(timer);
    }

    /** Does something whenever a channel is ready for what it is asked about, until the channel is closed. */
    SelectionKey register(SelectableChannel channel, int operations, Runnable whenReady) throws IOException {
        return channel.register(selector, operations, whenReady);
    }

    private void run() {
        try (selector) {
            while (!closed) {
                turn();
            }
        } catch (IOException e) {
            LOG.error("the selector failed", e);
        } finally {
            closed = true;
            runTasks();
            farewells.forEach(EventLoop::attempt);
        }
    }

    private void turn() throws IOException {
        awake.set(false); // before the look at the tasks, so that one that comes after it wakes the thread
        if (tasks.isEmpty() && !closed) {
            selector.select(EventLoop::ready, millisToNextTimer());
        } else {
            selector.selectNow(EventLoop::ready);
        }
        awake.set(true);
        runTasks();
        runTimers(System.nanoTime());
    }

    /** At least one, since zero would mean without end. */
    private long millisToNextTimer() {
        if (timers.isEmpty()) {
            return 0;
        }
        return 1 + Math.max(0, TimeUnit.NANOSECONDS.toMillis(timers.first().dueNanos() - System.nanoTime()));
    }

    private static void ready(SelectionKey key) {
        attempt((Runnable) key.attachment());
    }

    private void runTasks() {
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            attempt(task);
        }
    }

    private void runTimers(long now) {
        while (!timers.isEmpty() && timers.first().dueNanos() - now <= 0) {
            attempt(timers.pollFirst().action());
        }
    }

    private static void attempt(Runnable action) {
        try {
            action.run();
        } catch (RuntimeException e) {
            LOG.error("a task failed", e);
        }
    }
}
