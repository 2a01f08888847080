package org.slash64.testkit.registry;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slash64.testkit.LoopbackPort;

/**
 * Apicurio Registry as a child process, for one machine. It listens on 127.0.0.1 only, keeps schemas, ids and settings
 * under a directory (an H2 database), through {@link #close()} and through a kill alike, and ends with this process,
 * however that ends.
 */
public final class EmbeddedRegistry implements AutoCloseable {
    /** System property that names the folder of the unpacked registry program. */
    public static final String HOME_PROPERTY = "slash64.registry.home";

    private static final Duration START_TIMEOUT = Duration.ofSeconds(60);
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration PROBE_INTERVAL = Duration.ofMillis(50);
    private static final Duration PROBE_TIMEOUT = Duration.ofSeconds(2);
    private static final int LOG_LINES_SHOWN = 15;
    private static final int OK = 200; // RFC 9110 section 15.3.1

    private final Process process;
    private final Thread logger;
    private final int port;

    private EmbeddedRegistry(Process process, Thread logger, int port) {
        this.process = process;
        this.logger = logger;
        this.port = port;
    }

    /**
     * The folder that {@link #HOME_PROPERTY} names.
     *
     * @throws IOException if the property is not set
     */
    public static Path home() throws IOException {
        String home = System.getProperty(HOME_PROPERTY);
        if (home == null) {
            throw new IOException("the system property " + HOME_PROPERTY
                    + " is not set: it names the folder of the schema registry's program (testkit/target/registry)");
        }
        return Path.of(home);
    }

    /**
     * Starts a registry and returns when it answers.
     *
     * @param home folder of the unpacked program
     * @param dataDir where its data is or will be
     * @param port its port; 0 for the one used last in this directory if it is free, or else a free one
     * @throws IOException if it does not start within {@link #START_TIMEOUT}; the message names its log file and ends
     *     with the last lines of it
     * @throws InterruptedException if the thread is interrupted while it waits; the child is ended
     */
    public static EmbeddedRegistry start(Path home, Path dataDir, int port) throws IOException, InterruptedException {
        Path dir = Files.createDirectories(dataDir).toAbsolutePath();
        Files.createDirectories(dir.resolve("tmp"));
        Path agent = dir.resolve("parent-watch.jar");
        AgentJar.write(agent);
        PreviousChild previous = new PreviousChild(dir.resolve("pid"));
        previous.awaitEnd();
        int chosen = LoopbackPort.choose(dir.resolve("port"), port);
        BoundedLog log = new BoundedLog(dir.resolve("registry.log"));
        Process process = new ProcessBuilder(RegistryCommand.of(home, dir, agent, chosen))
                .redirectErrorStream(true)
                .start();
        EmbeddedRegistry registry = new EmbeddedRegistry(process, log.follow(process.getInputStream()), chosen);
        boolean ready = false;
        try {
            previous.remember(process);
            registry.awaitReady(log);
            ready = true;
            return registry;
        } finally {
            if (!ready) {
                registry.close();
            }
        }
    }

    private void awaitReady(BoundedLog log) throws IOException, InterruptedException {
        HttpClient client =
                HttpClient.newBuilder().connectTimeout(PROBE_TIMEOUT).build();
        HttpRequest probe = HttpRequest.newBuilder(URI.create(url() + "/subjects"))
                .timeout(PROBE_TIMEOUT)
                .build();
        long deadline = System.nanoTime() + START_TIMEOUT.toNanos();
        while (!answers(client, probe)) {
            if (process.waitFor(PROBE_INTERVAL.toMillis(), TimeUnit.MILLISECONDS)) {
                throw failure("ended with exit code " + process.exitValue(), log);
            }
            if (System.nanoTime() - deadline > 0) {
                throw failure("does not answer after " + START_TIMEOUT.toSeconds() + " s", log);
            }
        }
    }

    private static boolean answers(HttpClient client, HttpRequest probe) throws InterruptedException {
        try {
            return client.send(probe, HttpResponse.BodyHandlers.discarding()).statusCode() == OK;
        } catch (IOException e) {
            return false; // not listening yet
        }
    }

    private IOException failure(String what, BoundedLog log) throws IOException, InterruptedException {
        process.destroyForcibly();
        logger.join(STOP_TIMEOUT.toMillis());
        List<String> lines = log.lastLines(LOG_LINES_SHOWN);
        return new IOException("the embedded schema registry " + what + "; its log is " + log.file()
                + " and ends with:\n" + String.join("\n", lines));
    }

    /** Base URL of the Confluent-compatible API. */
    public String url() {
        return "http://" + LoopbackPort.ADDRESS + ":" + port + "/apis/ccompat/v7";
    }

    /** Process id of the child. */
    public long pid() {
        return process.pid();
    }

    /** Ends the child in order, or by force after {@link #STOP_TIMEOUT}. Safe to repeat. */
    @Override
    public void close() {
        try {
            process.getOutputStream().close(); // ParentWatch takes the end of its input for the signal to stop
            if (!process.waitFor(STOP_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
            }
        } catch (IOException e) {
            process.destroyForcibly();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
