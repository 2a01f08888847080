package org.slash64.deploy.bench.ingest;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Runs a program from its start to its end, on one core where the system can be told so.
 *
 * @param pinning what is put before the command
 * @param directory for its output
 */
record MeasuredProcess(List<String> pinning, Path directory) {

    private static final Duration TIMEOUT = Duration.ofMinutes(30);

    /**
     * What came of it.
     *
     * @param elapsed from its start to its end
     * @param output on standard output
     */
    record Result(Duration elapsed, String output) {}

    /**
     * Runs a command.
     *
     * @throws IOException when it fails, with what it said
     */
    Result run(List<String> command) throws IOException, InterruptedException {
        List<String> whole = new ArrayList<>(pinning);
        whole.addAll(command);
        Path output = directory.resolve("output");
        Path errors = directory.resolve("errors");
        long start = System.nanoTime();
        Process process = new ProcessBuilder(whole)
                .redirectOutput(output.toFile())
                .redirectError(errors.toFile())
                .start();
        try {
            if (!process.waitFor(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IOException(command.get(0) + " does not end");
            }
        } finally {
            process.destroyForcibly();
        }
        Duration elapsed = Duration.ofNanos(System.nanoTime() - start);
        if (process.exitValue() != 0) {
            throw new IOException(command.get(0) + " failed: " + text(errors).strip());
        }
        return new Result(elapsed, text(output));
    }

    private static String text(Path file) throws IOException {
        return Files.readString(file, StandardCharsets.ISO_8859_1);
    }
}
