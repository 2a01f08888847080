package org.slash64.deploy.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A log shipper that is installed here, to be run with the configuration from this project's documentation: it ships a log
 * file, and what it gets as syslog on a port.
 *
 * @param program the program
 * @param environment for the program
 * @param configuration its file in docs/ingest
 * @param arguments what follows the program's name; {@code @DIR@} stands for a folder of its own
 * @param before what the configuration needs on a machine where nothing else is configured
 */
record LogShipper(
        Path program, Map<String, String> environment, String configuration, List<String> arguments, String before) {

    private static final String DIR = "@DIR@";
    private static final String PORT = "@PORT@";

    /** As unpacked from Debian's packages beside another syslog daemon, with which it cannot be installed. */
    private static final Path UNPACKED_SYSLOG_NG = Path.of(Optional.ofNullable(System.getenv("SYSLOG_NG_ROOT"))
            .orElse(System.getProperty("user.home") + "/.cache/slash64/syslog-ng"));

    static Optional<LogShipper> rsyslog() {
        return SystemProgram.find("rsyslogd")
                .map(program -> new LogShipper(
                        program,
                        Map.of(),
                        "rsyslog.conf",
                        List.of("-n", "-f", DIR + "/shipper.conf", "-i", DIR + "/shipper.pid"),
                        "global(workDirectory=\"" + DIR + "\")\nmodule(load=\"imudp\")\n"
                                + "input(type=\"imudp\" address=\"127.0.0.1\" port=\"" + PORT + "\")\n"));
    }

    static Optional<LogShipper> syslogNg() throws IOException {
        Optional<Path> installed = SystemProgram.find("syslog-ng");
        if (installed.isPresent()) {
            return installed.map(program -> syslogNg(program, Map.of(), List.of()));
        }
        Path unpacked = UNPACKED_SYSLOG_NG.resolve("usr/sbin/syslog-ng");
        return Files.isExecutable(unpacked) ? Optional.of(unpackedSyslogNg(unpacked)) : Optional.empty();
    }

    private static LogShipper unpackedSyslogNg(Path program) throws IOException {
        Path root = UNPACKED_SYSLOG_NG;
        String libraries = root.resolve("usr/lib/syslog-ng") + ":" + root.resolve("usr/lib/x86_64-linux-gnu") + ":"
                + root.resolve("lib/x86_64-linux-gnu");
        return syslogNg(
                program,
                Map.of("LD_LIBRARY_PATH", libraries),
                List.of("--module-path=" + modules(root.resolve("usr/lib/syslog-ng"))));
    }

    /** The folder that is named after the version. */
    private static Path modules(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(Files::isDirectory).findFirst().orElseThrow();
        }
    }

    private static LogShipper syslogNg(Path program, Map<String, String> environment, List<String> more) {
        List<String> arguments = new ArrayList<>(List.of("-F", "--no-caps", "-f", DIR + "/shipper.conf"));
        arguments.addAll(List.of("-R", DIR + "/shipper.persist", "-c", DIR + "/shipper.ctl"));
        arguments.add("--pidfile=" + DIR + "/shipper.pid");
        arguments.addAll(more);
        return new LogShipper(program, environment, "syslog-ng.conf", arguments, "");
    }

    /**
     * Starts it.
     *
     * @param folder of its own
     * @param brokers where it ships to
     * @param log the file that it reads
     * @param port where it takes syslog over UDP
     */
    SystemProgram start(Path folder, String brokers, Path log, int port) throws IOException {
        String documented = Files.readString(documentation().resolve(configuration))
                .replace("localhost:9092", brokers)
                .replace("/var/log/maillog", log.toString())
                .replace("port(5514)", "port(" + port + ")");
        Files.writeString(folder.resolve("shipper.conf"), placed(before, folder, port) + documented);
        List<String> command = new ArrayList<>(List.of(program.toString()));
        arguments.forEach(argument -> command.add(placed(argument, folder, port)));
        return SystemProgram.start(folder, environment, command);
    }

    private static String placed(String text, Path folder, int port) {
        return text.replace(DIR, folder.toString()).replace(PORT, Integer.toString(port));
    }

    private static Path documentation() throws IOException {
        for (Path above = Path.of("").toAbsolutePath(); above != null; above = above.getParent()) {
            Path docs = above.resolve(Path.of("docs", "ingest"));
            if (Files.isDirectory(docs)) {
                return docs;
            }
        }
        throw new IOException("docs/ingest is not above this folder");
    }
}
