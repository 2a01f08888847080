package org.slash64.deploy.bench.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slash64.deploy.bench.Side;

/** {@code slash64 parse} in a JVM of its own, from its start to its end: header, statement, correlation, in one thread. */
final class ParseSide implements Side {

    /** The whole heap, for a log of any size. */
    static final int HEAP_MIB = 256;

    /** As the launcher has them for this command, so that compiling takes a smaller share of a short run. */
    static final List<String> SHORT_RUN =
            List.of("-XX:+IgnoreUnrecognizedVMOptions", "-XX:InlineSmallCode=500", "-XX:FreqInlineSize=100");

    private static final String MAIN = "org.slash64.deploy.Slash64";

    /** What the JVM logs of a collection: {@code 70M->8M(247M)}. */
    private static final Pattern COLLECTION = Pattern.compile("->(\\d+)M\\(");

    private final MeasuredProcess processes;
    private final Path log;
    private final long lines;
    private int mostKept;

    /** @param lines in the log */
    ParseSide(MeasuredProcess processes, Path log, long lines) {
        this.processes = processes;
        this.log = log;
        this.lines = lines;
    }

    @Override
    public String label() {
        return "slash64 parse";
    }

    @Override
    public double round() throws IOException, InterruptedException {
        MeasuredProcess.Result result = processes.run(command(log.toString()));
        String first = String.format(Locale.ROOT, "%,d lines", lines);
        if (!result.output().startsWith(first)) {
            throw new IOException("slash64 parse does not tell of " + first);
        }
        mostKept = Math.max(mostKept, kept());
        return lines / (result.elapsed().toNanos() / 1e9);
    }

    private int kept() throws IOException {
        Matcher collections = COLLECTION.matcher(Files.readString(collections(), StandardCharsets.ISO_8859_1));
        int most = 0;
        while (collections.find()) {
            most = Math.max(most, Integer.parseInt(collections.group(1)));
        }
        return most;
    }

    /** MiB of heap in use after a collection, the most of all rounds. */
    int mostKeptMiB() {
        return mostKept;
    }

    /** Events by kind, as the report of {@code parse} has them. */
    JsonNode events(Path sample) throws IOException, InterruptedException {
        MeasuredProcess.Result result = processes.run(command("--report", "--json", sample.toString()));
        return new ObjectMapper().readTree(result.output()).path("events");
    }

    private Path collections() {
        return processes.directory().resolve("gc");
    }

    private List<String> command(String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(SHORT_RUN);
        command.addAll(List.of(
                "-Xms" + HEAP_MIB + "m",
                "-Xmx" + HEAP_MIB + "m",
                "-XX:+UseSerialGC",
                "-Xlog:gc:file=" + collections(),
                "-cp",
                System.getProperty("java.class.path"),
                MAIN,
                "parse"));
        command.addAll(List.of(arguments));
        return command;
    }
}
