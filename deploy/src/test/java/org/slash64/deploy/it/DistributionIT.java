package org.slash64.deploy.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The archive that people install, unpacked. */
@Timeout(value = 600, unit = TimeUnit.SECONDS)
class DistributionIT {

    private static final Duration MOST = Duration.ofSeconds(60);

    @TempDir
    Path dir;

    @Test
    void archive_hasAllThatTheProgramNeeds() throws Exception {
        succeed("tar", "-xzf", System.getProperty("slash64.distribution"), "-C", dir.toString());
        Path home = home();
        assertThat(succeed(home.resolve("bin/slash64").toString(), "--version")).startsWith("slash64 ");
        Path log = MailLog.sample().part(0, 500).write(dir.resolve("mail.log"));
        Path link = Files.createSymbolicLink(dir.resolve("slash64"), home.resolve("bin/slash64"));
        assertThat(succeed(link.toString(), "parse", "--json", log.toString())).contains("\"kind\":\"CONNECTION\"");
        assertThat(home.resolve("registry")).isNotEmptyDirectory();
        assertThat(home.resolve("etc/slash64.example.yaml")).exists();
        assertThat(home.resolve("systemd/slash64.service")).exists();
        assertThat(home.resolve("docs/operations.md")).exists();
        assertThat(home.resolve("LICENSE")).exists();
        try (Stream<Path> libraries = Files.list(home.resolve("lib"))) {
            assertThat(libraries.map(library -> library.getFileName().toString()))
                    .as("nothing of Kafka Connect or of tests")
                    .contains("slash64.jar")
                    .noneMatch(name -> name.matches("(connect-|debezium|junit|apicurio).*"));
        }
    }

    private Path home() throws Exception {
        try (Stream<Path> entries = Files.list(dir)) {
            return entries.filter(Files::isDirectory).findFirst().orElseThrow();
        }
    }

    private String succeed(String... command) throws Exception {
        try (SystemProgram program = SystemProgram.start(dir, Map.of(), List.of(command))) {
            assertThat(program.awaitExit(MOST)).as(program.output()).isZero();
            return program.output();
        }
    }
}
