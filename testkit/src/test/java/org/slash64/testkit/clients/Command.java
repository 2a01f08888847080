package org.slash64.testkit.clients;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Runs programs of the system, each with a time-out, their output in files of a folder. */
final class Command {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Path folder;

    Command(Path folder) {
        this.folder = folder;
    }

    /**
     * What came of a program.
     *
     * @param exit its exit code; {@link #NOT_STARTED} where there is no such program, {@link #TIMED_OUT} where it was ended
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Ended(int exit, byte[] output, String errors) {
        static final int NOT_STARTED = -1;
        static final int TIMED_OUT = -2;

        String text() {
            return new String(output, StandardCharsets.UTF_8);
        }

        /** One line for people: the exit code, and the first error it names. */
        String complaint() {
            return "exit code " + exit
                    + errors.lines()
                            .filter(line -> line.contains("error"))
                            .findFirst()
                            .map(line -> ": " + line)
                            .orElse("");
        }
    }

    boolean exists(String... command) throws IOException, InterruptedException {
        return run(folder, PATIENCE, command).exit() == 0;
    }

    Ended run(Path directory, Duration timeout, String... command) throws IOException, InterruptedException {
        Path output = Files.createTempFile(folder, "output", "");
        Path errors = Files.createTempFile(folder, "errors", "");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectOutput(output.toFile())
                .redirectError(errors.toFile());
        Process process;
        try {
            process = builder.start();
        } catch (IOException e) {
            return new Ended(Ended.NOT_STARTED, new byte[0], e.getMessage());
        }
        return new Ended(exit(process, timeout), Files.readAllBytes(output), Files.readString(errors));
    }

    private static int exit(Process process, Duration timeout) throws InterruptedException {
        try {
            return process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS) ? process.exitValue() : Ended.TIMED_OUT;
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }
}
