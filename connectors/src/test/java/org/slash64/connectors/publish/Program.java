package org.slash64.connectors.publish;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A system's program that runs to its end. */
public final class Program {
    private static final long SECONDS = 120;
    private static final List<String> FOLDERS = List.of("/usr/sbin", "/usr/local/sbin", "/usr/bin", "/sbin", "/bin");

    /** What it said; both outputs in one. */
    public record Result(int code, String output) {}

    private Program() {}

    /** Where it is installed. */
    public static Optional<Path> find(String name) {
        return FOLDERS.stream()
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Runs it on an input. */
    public static Result run(String input, String... command) throws IOException, InterruptedException {
        Path in = Files.createTempFile("slash64", ".in");
        Path out = Files.createTempFile("slash64", ".out");
        try {
            Files.writeString(in, input);
            Process process = new ProcessBuilder(command)
                    .redirectInput(in.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(out.toFile())
                    .start();
            boolean ended = process.waitFor(SECONDS, TimeUnit.SECONDS);
            process.destroyForcibly();
            assertThat(ended).as(Stream.of(command).toList().toString()).isTrue();
            return new Result(process.exitValue(), Files.readString(out));
        } finally {
            Files.delete(in);
            Files.delete(out);
        }
    }
}
