package org.slash64.testkit.registry;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Remembers the child of a data directory in a file, as process id and start time. After a kill of the parent the child
 * needs a moment to end; until then it holds the database and the port.
 */
final class PreviousChild {
    private static final Duration END_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration CHECK_INTERVAL = Duration.ofMillis(50);

    /** A process that ends loses its command first and its files and ports a moment later. */
    private static final Duration CLEARANCE = Duration.ofMillis(500);

    private final Path file;

    PreviousChild(Path file) {
        this.file = file;
    }

    void remember(Process process) throws IOException {
        Files.writeString(file, identity(process.toHandle()), StandardCharsets.US_ASCII);
    }

    /** Waits for the one before to end, and ends it by force if it does not. */
    void awaitEnd() throws IOException, InterruptedException {
        Optional<ProcessHandle> running = running();
        if (running.isPresent() && !ends(running.get())) {
            running.get().destroyForcibly();
            if (!ends(running.get())) {
                throw new IOException("the schema registry of an earlier start, process "
                        + running.get().pid() + ", does not end: stop it first");
            }
        }
    }

    /** By its start time too, since process ids come back. */
    private Optional<ProcessHandle> running() throws IOException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        String identity = Files.readString(file, StandardCharsets.ISO_8859_1);
        return pid(identity)
                .flatMap(ProcessHandle::of)
                .filter(handle -> handle.info().startInstant().isPresent())
                .filter(handle -> identity(handle).equals(identity));
    }

    private static Optional<Long> pid(String identity) {
        try {
            return Optional.of(Long.parseLong(identity.substring(0, Math.max(0, identity.indexOf(' ')))));
        } catch (NumberFormatException e) {
            return Optional.empty(); // cut short by a crash
        }
    }

    private static String identity(ProcessHandle handle) {
        String start = handle.info().startInstant().map(Object::toString).orElse("unknown");
        return handle.pid() + " " + start + "\n";
    }

    private static boolean ends(ProcessHandle handle) throws InterruptedException {
        long deadline = System.nanoTime() + END_TIMEOUT.toNanos();
        while (works(handle)) {
            if (System.nanoTime() - deadline > 0) {
                return false;
            }
            awaitExit(handle, CHECK_INTERVAL);
        }
        awaitExit(handle, CLEARANCE);
        return true;
    }

    /** A process that has ended but that nobody has reaped, as in a container without an init, has no command any more. */
    private static boolean works(ProcessHandle handle) {
        return handle.isAlive() && handle.info().command().isPresent();
    }

    private static void awaitExit(ProcessHandle handle, Duration most) throws InterruptedException {
        try {
            handle.onExit().get(most.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            return; // the caller goes on
        }
    }
}
