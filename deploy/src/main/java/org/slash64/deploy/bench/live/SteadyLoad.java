package org.slash64.deploy.bench.live;

import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.slash64.deploy.bench.EventWriter;

/** Writes events at a steady rate until it is closed, each with the time at which it is due. */
final class SteadyLoad implements AutoCloseable {

    private static final long NAP = TimeUnit.MILLISECONDS.toNanos(1);

    private final LoadStream events;
    private final EventWriter writer;
    private final Pace pace;
    private final Instant began;
    private final AtomicReference<RuntimeException> failure = new AtomicReference<>();
    private final Thread thread = new Thread(this::write, "bench-load");
    private volatile boolean open = true;

    private SteadyLoad(LoadStream events, EventWriter writer, Pace pace, Instant began) {
        this.events = events;
        this.writer = writer;
        this.pace = pace;
        this.began = began;
    }

    /**
     * Begins.
     *
     * @param perSecond events a second
     */
    static SteadyLoad start(LoadStream events, EventWriter writer, int perSecond, Clock clock) {
        SteadyLoad load = new SteadyLoad(
                events, writer, Pace.of(perSecond), clock.instant().truncatedTo(ChronoUnit.MILLIS));
        load.thread.setDaemon(true);
        load.thread.start();
        return load;
    }

    private void write() {
        try {
            for (long number = 0; open; number++) {
                pace.await(number, NAP);
                writer.write(events.next(began.plusMillis(TimeUnit.NANOSECONDS.toMillis(pace.after(number)))));
            }
        } catch (RuntimeException e) { // told by check
            failure.set(e);
        }
    }

    /** @throws IOException where it could not write on */
    void check() throws IOException {
        writer.check();
        RuntimeException e = failure.get();
        if (e != null) {
            throw new IOException("the load ended: " + e.getMessage(), e);
        }
    }

    /** Ends it and waits until its thread is gone. */
    @Override
    public void close() {
        open = false;
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
}
