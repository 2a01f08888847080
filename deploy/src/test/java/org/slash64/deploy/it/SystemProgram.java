package org.slash64.deploy.it;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/** A program of this system as a child of the test. Closing it ends it and all that it started. */
final class SystemProgram implements AutoCloseable {

    /** Where servers are, though not on everybody's path. */
    private static final List<String> SERVER_DIRECTORIES = List.of("/usr/local/sbin", "/usr/sbin", "/sbin");

    private static final Duration END = Duration.ofSeconds(5);

    private final Process process;
    private final Path output;

    private SystemProgram(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    /** Where it is installed. */
    static Optional<Path> find(String name) {
        return Stream.concat(
                        Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator)),
                        SERVER_DIRECTORIES.stream())
                .filter(directory -> !directory.isEmpty())
                .map(directory -> Path.of(directory, name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Starts it in a folder, where its output goes too. */
    static SystemProgram start(Path folder, Map<String, String> environment, List<String> command) throws IOException {
        Path output = Files.createTempFile(folder, Path.of(command.get(0)).getFileName() + "-", ".out");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().putAll(environment);
        return new SystemProgram(builder.start(), output);
    }

    /** True where it runs and ends well. */
    static boolean works(Path folder, String... command) throws Exception {
        try (SystemProgram program = start(folder, Map.of(), List.of(command))) {
            return program.awaitExit(END) == 0;
        }
    }

    int awaitExit(Duration most) throws InterruptedException, TimeoutException, IOException {
        if (!process.waitFor(most.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new TimeoutException("the program did not end within " + most + "; " + output());
        }
        return process.exitValue();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    String output() throws IOException {
        return Files.readString(output);
    }

    @Override
    public void close() {
        List<ProcessHandle> started = process.descendants().toList();
        process.destroy();
        process.onExit()
                .completeOnTimeout(process, END.toMillis(), TimeUnit.MILLISECONDS)
                .join();
        process.destroyForcibly();
        started.forEach(ProcessHandle::destroyForcibly);
    }
}
