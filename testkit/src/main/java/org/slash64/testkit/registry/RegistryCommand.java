package org.slash64.testkit.registry;

import java.io.File;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.slash64.testkit.LoopbackPort;

/** The command line of Apicurio Registry, with the Java that runs this program. */
final class RegistryCommand {
    private static final String PROGRAM = "apicurio-registry-app-*-runner.jar";

    private RegistryCommand() {}

    static List<String> of(Path home, Path dataDir, Path agent, int port) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvm(dataDir, agent));
        command.addAll(settings(dataDir, port));
        command.add("-jar");
        command.add(program(home).toString());
        return command;
    }

    private static Path program(Path home) throws IOException {
        if (Files.isDirectory(home)) {
            try (DirectoryStream<Path> jars = Files.newDirectoryStream(home, PROGRAM)) {
                for (Path jar : jars) {
                    return jar.toAbsolutePath();
                }
            }
        }
        throw new IOException("no schema registry in " + home + " (" + PROGRAM
                + "): build it with 'mvn package', or set " + EmbeddedRegistry.HOME_PROPERTY);
    }

    /** Small, and quick to start: it serves a few requests in all its life. */
    private static List<String> jvm(Path dataDir, Path agent) {
        return List.of(
                "-Xmx256m",
                "-Xshare:auto",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Djava.io.tmpdir=" + dataDir.resolve("tmp"),
                "-javaagent:" + agent);
    }

    private static List<String> settings(Path dataDir, int port) {
        String file = dataDir.resolve("registry").toString().replace(File.separatorChar, '/');
        return List.of(
                "-Dquarkus.http.host=" + LoopbackPort.ADDRESS,
                "-Dquarkus.http.port=" + port,
                "-Dquarkus.http.access-log.enabled=false",
                "-Dquarkus.banner.enabled=false",
                "-Dapicurio.storage.kind=sql",
                "-Dapicurio.storage.sql.kind=h2",
                // Every commit is written at once, so what was registered outlives a kill. The pool closes the
                // database.
                "-Dapicurio.datasource.url=jdbc:h2:file:" + file + ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE",
                "-Dapicurio.datasource.jdbc.initial-size=1",
                "-Dapicurio.datasource.jdbc.min-size=1",
                "-Dapicurio.datasource.jdbc.max-size=10");
    }
}
