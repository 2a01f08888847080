package org.slash64.connectors.milter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A real Postfix in namespaces of its own, which asks the milter at a Unix socket. */
final class PostfixSite implements AutoCloseable {

    private static final List<String> PROGRAMS =
            List.of("postfix", "swaks", "smtp-source", "unshare", "ip", "bash", "opendkim");
    private static final List<String> DIRECTORIES = List.of("/usr/local/sbin", "/usr/sbin", "/sbin");
    private static final List<String> NAMESPACES =
            List.of("unshare", "--net", "--mount", "--pid", "--fork", "--kill-child");
    private static final Duration END = Duration.ofSeconds(10);
    private static final Duration DELIVERY = Duration.ofSeconds(30);
    private static final Duration LOOK = Duration.ofMillis(50);

    private final Path dir;
    private final Process process;
    private final Writer commands;
    private final BufferedReader answers;

    private PostfixSite(Path dir, Process process) {
        this.dir = dir;
        this.process = process;
        this.commands = process.outputWriter(StandardCharsets.UTF_8);
        this.answers = process.inputReader(StandardCharsets.UTF_8);
    }

    /** Skips the test where something is not installed or not allowed. */
    static void assumePossible() throws Exception {
        for (String program : PROGRAMS) {
            assumeTrue(find(program).isPresent(), "skipped: " + program + " is not installed; .ci/run installs it");
        }
        Process trial = new ProcessBuilder("unshare", "--net", "--mount", "--pid", "--fork", "true").start();
        assumeTrue(
                trial.waitFor(END.toMillis(), TimeUnit.MILLISECONDS) && trial.exitValue() == 0,
                "skipped: this user may make no namespaces");
    }

    /** Where a program is installed. */
    static Optional<Path> find(String name) {
        return Stream.concat(
                        Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator)),
                        DIRECTORIES.stream())
                .filter(directory -> !directory.isEmpty())
                .map(directory -> Path.of(directory, name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Starts it in an empty folder. */
    static PostfixSite start(Path dir) throws Exception {
        for (Path open : List.of(dir, dir.getParent())) { // Postfix drops its rights
            Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        Path etc = Files.createDirectory(dir.resolve("etc"));
        for (String name : List.of("main.cf", "master.cf", "hosts")) {
            Files.writeString(etc.resolve(name), resource(name).replace("@DIR@", dir.toString()));
        }
        Path script = Files.writeString(dir.resolve("site.sh"), resource("site.sh"));
        List<String> command = Stream.concat(NAMESPACES.stream(), Stream.of("bash", script.toString(), dir.toString()))
                .toList();
        PostfixSite site = new PostfixSite(
                dir,
                new ProcessBuilder(command)
                        .redirectError(dir.resolve("site.err").toFile())
                        .start());
        assertThat(site.answer()).isZero();
        return site;
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = PostfixSite.class.getResourceAsStream("/milter/" + name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private int answer() throws IOException {
        String line = answers.readLine();
        assertThat(line).withFailMessage(() -> "it ended: " + errors()).isNotNull();
        return Integer.parseInt(line.substring(line.indexOf(' ') + 1));
    }

    private String errors() {
        try {
            return Files.readString(dir.resolve("site.err"));
        } catch (IOException e) {
            return e.toString();
        }
    }

    /** Begins a command inside; {@link #answer()} is to be called once for each. */
    private void begin(String command) throws IOException {
        commands.write(command + "\n");
        commands.flush();
    }

    /** What a mail client is told. */
    record Sent(int exit, String transcript) {}

    /** Sends a message with swaks from an address. */
    Sent send(String server, String client, String options) throws IOException {
        begin("swaks --timeout 20 --server '" + server + "' --local-interface " + client
                + " --helo mail.example.org --to user@example.net " + options);
        int exit = answer();
        return new Sent(exit, Files.readString(dir.resolve("command.out")));
    }

    /** Sends many messages in parallel; to be followed by {@link #endLoad}. */
    void beginLoad(int messages, int sessions) throws IOException {
        begin("smtp-source -s " + sessions + " -m " + messages + " -l 3000 -f news@example.org -t user@bulk.example"
                + " -M mail.example.org 'inet:[2001:db8:25::25]:25'");
    }

    void endLoad() throws IOException {
        int exit = answer();
        assertThat(exit).as(Files.readString(dir.resolve("command.out"))).isZero();
    }

    /** Writes a file that can be sent. */
    Path write(String name, String text) throws IOException {
        return Files.writeString(dir.resolve(name), text);
    }

    Path milterSocket() {
        return dir.resolve("milter");
    }

    /** Lines of the log that have these words. */
    long logged(String words) throws IOException {
        try (Stream<String> lines = Files.lines(dir.resolve("maillog"))) {
            return lines.filter(line -> line.contains(words)).count();
        }
    }

    /** Waits for so many lines with these words. */
    void awaitLogged(String words, long count) throws Exception {
        Instant deadline = Instant.now().plus(DELIVERY);
        while (logged(words) < count) {
            assertThat(Instant.now())
                    .as("%s of %s: %s", logged(words), count, words)
                    .isBefore(deadline);
            TimeUnit.NANOSECONDS.sleep(LOOK.toNanos()); // a file of another program: there is nothing to wait on
        }
    }

    /** The text of the message that was delivered with this word in it. */
    String delivered(String word) throws Exception {
        awaitLogged("status=sent (delivered to maildir)", 1);
        Instant deadline = Instant.now().plus(DELIVERY);
        while (true) {
            try (Stream<Path> files = Files.list(dir.resolve("mail/box/new"))) {
                for (Path file : files.toList()) {
                    String text = Files.readString(file, StandardCharsets.ISO_8859_1);
                    if (text.contains(word)) {
                        return text;
                    }
                }
            }
            assertThat(Instant.now()).as("delivery of %s", word).isBefore(deadline);
            TimeUnit.NANOSECONDS.sleep(LOOK.toNanos());
        }
    }

    String log() throws IOException {
        return Files.readString(dir.resolve("maillog"));
    }

    @Override
    public void close() throws IOException {
        commands.close(); // the end of its input ends it
        List<ProcessHandle> started = process.descendants().toList();
        process.onExit()
                .completeOnTimeout(process, END.toMillis(), TimeUnit.MILLISECONDS)
                .join();
        process.destroyForcibly();
        started.forEach(ProcessHandle::destroyForcibly);
    }
}
