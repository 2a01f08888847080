package org.slash64.deploy.bench.memory;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slash64.deploy.Slash64;

/** {@code slash64 run} in a process of its own, with the same JVM options as this one, that tells its heap when asked. */
public final class MeasuredRun implements AutoCloseable {

    private static final String DASHBOARD = "Dashboard: ";
    private static final String HEAP = "heap in use: ";
    private static final int OK = 200;
    private static final int PATIENCE_SECONDS = 60;

    private final Process process;
    private final BufferedReader said;
    private final Path errors;
    private final HttpClient http = HttpClient.newHttpClient();
    private URI metrics;

    private MeasuredRun(Process process, Path errors) {
        this.process = process;
        this.said = process.inputReader(StandardCharsets.UTF_8);
        this.errors = errors;
    }

    /**
     * Starts it and returns when lines flow.
     *
     * @param errors file for what it says on standard error
     * @param arguments of {@code slash64 run}
     */
    static MeasuredRun start(Path errors, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), MeasuredRun.class.getName(), "run"));
        command.addAll(arguments);
        Process process =
                new ProcessBuilder(command).redirectError(errors.toFile()).start();
        MeasuredRun run = new MeasuredRun(process, errors);
        boolean started = false;
        try {
            run.metrics = URI.create(run.await(DASHBOARD)).resolve("/metrics");
            started = true;
            return run;
        } finally {
            if (!started) {
                run.close();
            }
        }
    }

    /** The rest of the next line that begins so. */
    private String await(String beginning) throws IOException {
        for (String line = said.readLine(); line != null; line = said.readLine()) {
            if (line.startsWith(beginning)) {
                return line.substring(beginning.length());
            }
        }
        throw new IOException("the pipeline ended; it said: "
                + Files.readString(errors, StandardCharsets.UTF_8).strip());
    }

    /** How far it is. */
    Progress progress() throws IOException, InterruptedException {
        if (!process.isAlive()) {
            await(HEAP); // tells what it said last
        }
        HttpResponse<String> answer =
                http.send(HttpRequest.newBuilder(metrics).build(), HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != OK) {
            throw new IOException("the pipeline does not tell its metrics: " + answer.statusCode());
        }
        return Progress.parse(answer.body());
    }

    /** What it takes now, garbage collected before. */
    Memory memory() throws IOException {
        process.outputWriter(StandardCharsets.US_ASCII).append('\n').flush();
        return Memory.of(process.pid(), Long.parseLong(await(HEAP)));
    }

    /** Lets it end in order, if it does so in time. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    /**
     * The process.
     *
     * @param arguments of slash64
     */
    public static void main(String[] arguments) {
        Thread thread = new Thread(MeasuredRun::answer, "bench-heap");
        thread.setDaemon(true);
        thread.start();
        Slash64.main(arguments);
    }

    /** A line is a question; the end of input is that of whoever asks and of Kafka, without which nothing ends in order. */
    private static void answer() {
        MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
        try (BufferedReader asked = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII))) {
            while (asked.readLine() != null) {
                memory.gc();
                System.out.println(HEAP + memory.getHeapMemoryUsage().getUsed());
            }
        } catch (IOException e) { // nobody can ask any more
            System.err.println("standard input: " + e.getMessage());
        }
        Runtime.getRuntime().halt(1);
    }
}
