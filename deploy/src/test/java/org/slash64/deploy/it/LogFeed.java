package org.slash64.deploy.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

/** Lets a file grow as its log says, a number of times faster, until it is stopped or the log ends. */
final class LogFeed implements AutoCloseable {

    private static final Duration TICK = Duration.ofMillis(20);

    private final MailLog log;
    private final List<Instant> times;
    private final Path file;
    private final int speed;
    private final long started = System.nanoTime();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private int written;
    private boolean closed;
    private ScheduledFuture<?> writing;

    private LogFeed(MailLog log, Path file, int speed) {
        this.log = log;
        this.times = log.times();
        this.file = file;
        this.speed = speed;
    }

    /**
     * Starts to write.
     *
     * @param file where to; it is made
     * @param speed seconds of the log that are written in a second
     */
    static LogFeed start(MailLog log, Path file, int speed) throws IOException {
        Files.createFile(file);
        LogFeed feed = new LogFeed(log, file, speed);
        feed.begin();
        return feed;
    }

    private synchronized void begin() {
        writing = clock.scheduleAtFixedRate(this::writeDue, 0, TICK.toMillis(), TimeUnit.MILLISECONDS);
    }

    private synchronized void writeDue() {
        if (closed) {
            return;
        }
        Instant now = times.get(0).plusNanos((System.nanoTime() - started) * speed);
        int due = written;
        while (due < log.size() && !times.get(due).isAfter(now)) {
            due++;
        }
        write(log.part(written, due));
        written = due;
        notifyAll();
    }

    private void write(MailLog lines) {
        if (lines.size() > 0) {
            try {
                Files.write(file, lines.bytes(), StandardOpenOption.APPEND);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** How many lines were written. */
    synchronized int written() {
        return written;
    }

    /** Where the log stands now, from its start. */
    synchronized Duration elapsed() {
        return written == 0 ? Duration.ZERO : Duration.between(times.get(0), times.get(written - 1));
    }

    /** The time of the last line that was written. */
    synchronized Instant now() {
        return times.get(Math.max(0, written - 1));
    }

    /** Returns when so many more lines were written. */
    synchronized void awaitLines(int more) throws InterruptedException, TimeoutException {
        int wanted = written + more;
        await(() -> written >= wanted);
    }

    /** Returns when the feed has gone on for so long, on the wall's clock. */
    synchronized void awaitMore(Duration wall) throws InterruptedException, TimeoutException {
        Duration wanted = elapsed().plus(wall.multipliedBy(speed));
        await(() -> elapsed().compareTo(wanted) >= 0);
    }

    private synchronized void await(BooleanSupplier reached) throws InterruptedException, TimeoutException {
        while (!reached.getAsBoolean()) {
            if (writing.isDone() || written == log.size()) {
                throw new TimeoutException("nothing more is written after " + elapsed());
            }
            wait(TICK.toMillis());
        }
    }

    /** What was written so far. */
    synchronized MailLog soFar() {
        return log.part(0, written);
    }

    /** Writes these lines at once. */
    synchronized void append(MailLog lines) {
        write(lines);
    }

    /** Stops writing; no line is written once this returns. */
    @Override
    public synchronized void close() {
        closed = true;
        clock.shutdown();
    }
}
