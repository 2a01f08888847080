package org.slash64.connectors.milter;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slash64.connectors.answer.Mode;
import org.slash64.connectors.answer.Opinion;
import org.slash64.connectors.socket.ListenAddress;

/** A milter as a process of its own, to be killed. */
final class MilterProcess implements AutoCloseable {

    private static final String READY = "ready";
    private static final Duration END = Duration.ofSeconds(10);

    private final Process process;

    private MilterProcess(Process process) {
        this.process = process;
    }

    /** Starts it and waits until it listens. */
    static MilterProcess start(Path dir, Path socket) throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        MilterProcess.class.getName(),
                        socket.toString())
                .redirectError(dir.resolve("milter.err").toFile())
                .start();
        BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
        for (String line = out.readLine(); line == null || !line.startsWith(READY); line = out.readLine()) {
            if (line == null) {
                throw new IOException("the milter did not start");
            }
        }
        return new MilterProcess(process);
    }

    /** Listens until it is killed. */
    public static void main(String[] arguments) throws Exception {
        MilterSettings settings = new MilterSettings(
                ListenAddress.parse("unix:" + arguments[0]).orElseThrow(),
                Mode.ENFORCE,
                Optional.empty(),
                Optional.empty(),
                END,
                MilterSettings.limitsByDefault());
        Decision passing = message -> CompletableFuture.completedFuture(Opinion.failed());
        try (Milter milter = Milter.start(settings, passing, observed -> true, Clock.systemUTC())) {
            System.out.println(READY + " at " + milter.address());
            new CountDownLatch(1).await();
        }
    }

    /** SIGKILL. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor(END.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
