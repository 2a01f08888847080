package org.slash64.deploy.bench.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.slash64.deploy.bench.Bench;
import org.slash64.deploy.bench.InstalledProgram;
import org.slash64.deploy.bench.Workload;

/** Lines of a mail log a second, from the start of each program to its end. */
final class IngestBench implements Bench, AutoCloseable {

    private static final double TARGET = 2;
    private static final long MIB = 1 << 20;

    /** Small enough for totals that pflogsumm does not round. */
    private static final long SAMPLE_BYTES = 16 * MIB;

    /** Its stamps name no year, so it ends before now. */
    private static final Duration AGO = Duration.ofDays(10);

    private final Path directory;
    private final SampleLog log;
    private final ParseSide ours;
    private final PflogsummSide pflogsumm;
    private final String version;
    private final List<String> pinning;

    private IngestBench(Path directory, SampleLog log, Path program, List<String> pinning)
            throws IOException, InterruptedException {
        this.directory = directory;
        this.log = log;
        this.pinning = pinning;
        MeasuredProcess processes = new MeasuredProcess(pinning, directory);
        this.ours = new ParseSide(processes, file(directory), log.lines());
        this.pflogsumm = new PflogsummSide(processes, program, file(directory), log.lines());
        this.version = pflogsumm.version();
    }

    private static Path file(Path directory) {
        return directory.resolve("mail.log");
    }

    /**
     * Writes the log.
     *
     * @param path where programs are looked for, as the environment's {@code PATH}
     * @param mebibytes of the log
     * @throws IOException when pflogsumm is not installed, or there is no room for the log
     */
    static IngestBench prepare(String path, int mebibytes) throws IOException, InterruptedException {
        Path program = InstalledProgram.find("pflogsumm", path, "pflogsumm");
        Path directory = Files.createTempDirectory("slash64-bench-ingest");
        boolean prepared = false;
        try {
            if (Files.getFileStore(directory).getUsableSpace() < (mebibytes + 1) * MIB) {
                throw new IOException("no room for a log of " + mebibytes + " MiB in " + directory);
            }
            SampleLog log = SampleLog.write(
                    file(directory), mebibytes * MIB, Instant.now().minus(AGO), ZoneId.systemDefault());
            IngestBench bench = new IngestBench(directory, log, program, OneCore.pinning(path));
            prepared = true;
            return bench;
        } finally {
            if (!prepared) {
                delete(directory);
            }
        }
    }

    @Override
    public String name() {
        return "ingest";
    }

    @Override
    public String unit() {
        return "lines/s";
    }

    @Override
    public OptionalDouble target() {
        return OptionalDouble.of(TARGET);
    }

    @Override
    public Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("work", "one log from the start of each program to its end, start-up and warm-up included");
        settings.put("log", log.lines() + " lines, " + log.bytes() / MIB + " MiB, seed " + SampleLog.SEED);
        settings.put(
                "of it",
                log.connections() + " connections, " + log.messages() + " messages, " + log.rejections()
                        + " rejections, half of the lines other programs'");
        settings.put(
                "slash64",
                "parse, parsing and correlation in one thread, a heap of " + ParseSide.HEAP_MIB
                        + " MiB, serial collector, " + String.join(" ", ParseSide.SHORT_RUN));
        settings.put("heap", "at most " + ours.mostKeptMiB() + " MiB in use after a collection");
        settings.put("pflogsumm", version + ", no options");
        settings.put("cores", pinning.isEmpty() ? "not pinned" : "each program with all its threads on one core");
        return settings;
    }

    @Override
    public List<Workload> workloads() {
        return List.of(new Workload("Postfix log", true, ours, pflogsumm));
    }

    /** Both find the messages and refusals of a smaller log, which are known from its making. */
    @Override
    public void verify() throws IOException {
        Path sample = directory.resolve("sample.log");
        SampleLog made = SampleLog.write(sample, SAMPLE_BYTES, Instant.now().minus(AGO), ZoneId.systemDefault());
        try {
            JsonNode events = ours.events(sample);
            same("messages", made.messages(), events.path("MESSAGE").asLong(), pflogsumm.total(sample, "received"));
            same(
                    "rejections",
                    made.rejections(),
                    events.path("REJECTION").asLong(),
                    pflogsumm.total(sample, "rejected"));
            same("connections", made.connections(), events.path("CONNECTION").asLong(), made.connections());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while verifying", e);
        }
    }

    private static void same(String what, long made, long ours, long theirs) throws IOException {
        if (made != ours || made != theirs) {
            throw new IOException(what + ": " + made + " in the log, slash64 found " + ours + ", pflogsumm " + theirs);
        }
    }

    /** Deletes the log. */
    @Override
    public void close() throws IOException {
        delete(directory);
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(directory);
    }
}
