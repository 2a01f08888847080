package org.slash64.deploy.it;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.slash64.deploy.pipeline.Endpoints;

/** Kafka Connect, as a process with a class path of its own, on the files under {@code deploy/connect}. */
final class ConnectWorker {

    /** Where the worker and its plugins were put. */
    static final String HOME_PROPERTY = "slash64.connect.home";

    private static final Path FILES = Path.of("connect").toAbsolutePath();
    private static final List<String> CONNECTORS =
            List.of("events", "verdicts", "counts", "listings", "history", "reputation");

    private ConnectWorker() {}

    /** Starts a worker that lands everything. */
    static SystemProgram start(Path home, Path folder, Endpoints endpoints, PostgresServer database)
            throws IOException {
        nameConverter(home.resolve("plugins").resolve("apicurio-converter").resolve("manifest.jar"));
        Map<String, String> environment = new HashMap<>();
        environment.put("SLASH64_KAFKA", endpoints.bootstrapServers());
        environment.put("SLASH64_REGISTRY", endpoints.registryUrl().replace("/apis/ccompat/v7", "/apis/registry/v2"));
        environment.put("SLASH64_OFFSETS", folder.resolve("offsets").toString());
        environment.put("SLASH64_DB_URL", database.url());
        environment.put("SLASH64_DB_USER", database.user());
        environment.put("SLASH64_DB_PASSWORD", "any");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Dlogback.configurationFile="
                        + Path.of("src/test/resources/connect/logback.xml").toAbsolutePath(),
                "-cp",
                home.resolve("worker") + "/*",
                "org.apache.kafka.connect.cli.ConnectStandalone",
                worker(home, folder).toString()));
        CONNECTORS.forEach(
                name -> command.add(FILES.resolve(name + ".properties").toString()));
        return SystemProgram.start(folder, environment, command);
    }

    /** The worker's settings with other plugins, any port, and without its search through all classes, which takes long. */
    private static Path worker(Path home, Path folder) throws IOException {
        try (Stream<String> lines = Files.lines(FILES.resolve("worker.properties"))) {
            List<String> changed = lines.map(line -> line.startsWith("plugin.path=")
                            ? "plugin.path=" + home.resolve("plugins") + "\nplugin.discovery=service_load"
                            : line.startsWith("listeners=") ? "listeners=http://127.0.0.1:0" : line)
                    .toList();
            return Files.write(folder.resolve("worker.properties"), changed);
        }
    }

    /** What Kafka's connect-plugin-path does for plugins that do not name their classes themselves. */
    private static void nameConverter(Path jar) throws IOException {
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file)) {
            out.putNextEntry(new JarEntry("META-INF/services/org.apache.kafka.connect.storage.Converter"));
            out.write("io.apicurio.registry.utils.converter.AvroConverter".getBytes(StandardCharsets.UTF_8));
            out.closeEntry();
        }
    }
}
