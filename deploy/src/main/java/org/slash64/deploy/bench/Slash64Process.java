package org.slash64.deploy.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import org.slash64.deploy.Slash64;
import org.slash64.deploy.pipeline.Endpoints;
import org.slash64.testkit.registry.EmbeddedRegistry;

/** The program as a process of its own, on the class path of this one. Every wait ends; closing it leaves nothing running. */
public final class Slash64Process implements AutoCloseable {

    /** Enough for any short run on a busy machine. */
    public static final Duration LONG = Duration.ofMinutes(5);

    /** From this JDK on the launcher lets libraries with native code in, or the JVM would warn (JEP 472, JEP 498). */
    private static final int NATIVE_CODE_WARNS = 24;

    private static final int MAX_LINES = 20_000;

    private final Process process;
    private final List<String> out = new ArrayList<>();
    private final List<String> err = new ArrayList<>();
    private final List<Thread> readers;

    private Slash64Process(Process process) {
        this.process = process;
        this.readers = List.of(
                read(process.inputReader(StandardCharsets.UTF_8), out),
                read(process.errorReader(StandardCharsets.UTF_8), err));
    }

    /** Starts a command. */
    public static Slash64Process start(List<String> arguments) throws IOException {
        return start(List.of(), arguments);
    }

    /** Starts a command in a JVM with more options, which win over the usual ones. */
    public static Slash64Process start(List<String> jvmOptions, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1"));
        command.addAll(jvmOptions);
        command.addAll(List.of(
                "-D" + EmbeddedRegistry.HOME_PROPERTY + "=" + System.getProperty(EmbeddedRegistry.HOME_PROPERTY),
                "-cp",
                System.getProperty("java.class.path"),
                Slash64.class.getName()));
        if (Runtime.version().feature() >= NATIVE_CODE_WARNS) {
            command.addAll(1, List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow"));
        }
        command.addAll(arguments);
        return new Slash64Process(new ProcessBuilder(command).start());
    }

    private Thread read(BufferedReader from, List<String> into) {
        Thread thread = new Thread(() -> collect(from, into), "slash64-output");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private void collect(BufferedReader from, List<String> into) {
        try (from) {
            for (String line = from.readLine(); line != null; line = from.readLine()) {
                synchronized (this) {
                    if (into.size() < MAX_LINES) {
                        into.add(line);
                    }
                    notifyAll();
                }
            }
        } catch (IOException e) {
            return; // the stream was closed with a killed process
        }
    }

    /** The first line on standard output that is as wanted, once it is there. */
    public String awaitLine(Predicate<String> wanted, Duration most) throws InterruptedException, TimeoutException {
        return awaitLine(out, wanted, most);
    }

    /** The first line on standard error that is as wanted, once it is there. */
    public String awaitLogged(Predicate<String> wanted, Duration most) throws InterruptedException, TimeoutException {
        return awaitLine(err, wanted, most);
    }

    private synchronized String awaitLine(List<String> among, Predicate<String> wanted, Duration most)
            throws InterruptedException, TimeoutException {
        long deadline = System.nanoTime() + most.toNanos();
        while (true) {
            Optional<String> line = among.stream().filter(wanted).findFirst();
            if (line.isPresent()) {
                return line.get();
            }
            long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            if (left <= 0 || !process.isAlive()) {
                throw new TimeoutException("the line did not come; " + output());
            }
            wait(Math.min(left, 500)); // looks now and then whether the process is still there
        }
    }

    /** Where Kafka and the registry are, once they are up. */
    public Endpoints awaitEndpoints() throws InterruptedException, TimeoutException {
        String kafka = awaitLine(line -> line.startsWith("Kafka: "), LONG);
        String registry = awaitLine(line -> line.startsWith("Schema registry: "), LONG);
        return new Endpoints(afterColon(kafka), afterColon(registry));
    }

    private static String afterColon(String line) {
        return line.substring(line.indexOf(": ") + 2);
    }

    /** The exit code, with all output collected. */
    public int awaitExit(Duration most) throws InterruptedException, TimeoutException {
        if (!process.waitFor(most.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new TimeoutException("the program did not end within " + most + "; " + output());
        }
        for (Thread reader : readers) {
            reader.join(most.toMillis());
        }
        return process.exitValue();
    }

    /** SIGTERM. */
    public void terminate() {
        process.destroy();
    }

    /** SIGKILL; returns when the process is gone. */
    public void kill() throws InterruptedException, TimeoutException {
        process.destroyForcibly();
        awaitExit(LONG);
    }

    /** Lines on standard output so far. */
    public synchronized List<String> out() {
        return List.copyOf(out);
    }

    /** Lines on standard error so far. */
    public synchronized List<String> err() {
        return List.copyOf(err);
    }

    /** Both outputs in one text, for messages of failed checks. */
    public synchronized String output() {
        return "standard output:\n" + String.join("\n", out) + "\nstandard error:\n" + String.join("\n", err);
    }

    /** Whether it has not ended. */
    public boolean isAlive() {
        return process.isAlive();
    }

    @Override
    public void close() {
        process.destroyForcibly();
        try {
            process.waitFor(LONG.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
