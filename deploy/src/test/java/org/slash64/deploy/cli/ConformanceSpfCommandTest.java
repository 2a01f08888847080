package org.slash64.deploy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slash64.deploy.Slash64;
import picocli.CommandLine;

class ConformanceSpfCommandTest {
    /** Beside the repository; tests run in the module's directory. */
    private static final Path OPENSPF = Path.of("../../shared/conformance/spf/openspf/rfc7208-tests.yml");

    private static final String SUITE = """
            description: Ours
            tests:
              right:
                {host: 192.0.2.1, helo: mx.example.org, mailfrom: a@example.com, result: [none, fail]}
              wrong:
                {host: 192.0.2.1, helo: mx.example.org, mailfrom: a@example.com, result: pass}
              unexplained:
                {host: 192.0.2.1, helo: mx.example.org, mailfrom: a@example.com, result: fail, explanation: DEFAULT}
              explained:
                {host: 192.0.2.1, helo: mx.example.org, mailfrom: a@example.com, result: fail, explanation: Go away}
            zonedata:
              example.com:
                - SPF: v=spf1 -all exp=why.example.com
              why.example.com:
                - TXT: Go away
            """;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path directory;

    private int run(String... arguments) {
        CommandLine program = Slash64.commandLine();
        return program.setOut(new PrintWriter(out)).setErr(new PrintWriter(err)).execute(arguments);
    }

    private String suite() throws IOException {
        return Files.writeString(directory.resolve("suite.yml"), SUITE).toString();
    }

    private List<String> lines() {
        return out.toString().lines().toList();
    }

    @Test
    void conformanceSpf_openspf_allPass() {
        Assumptions.assumeTrue(Files.exists(OPENSPF), () -> "skipped, no openspf suite at " + OPENSPF);
        assertThat(run("conformance", "spf", OPENSPF.toString()))
                .as(out.toString())
                .isZero();
        assertThat(lines()).containsExactly("203 passed, 0 failed");
    }

    @Test
    void conformanceSpf_failures_areListedBeforeTheCounts() throws IOException {
        assertThat(run("conformance", "spf", suite())).isEqualTo(1);
        assertThat(lines()).hasSize(3);
        assertThat(lines().get(0)).startsWith("Ours: wrong: expected pass, got fail");
        assertThat(lines().get(1)).startsWith("Ours: unexplained: expected fail \"DEFAULT\", got fail \"Go away\"");
        assertThat(lines().get(2)).isEqualTo("2 passed, 2 failed");
    }

    @Test
    void conformanceSpf_json_isAnObjectACase() throws IOException {
        assertThat(run("conformance", "spf", "--json", suite())).isEqualTo(1);
        assertThat(lines()).hasSize(4).allMatch(line -> line.startsWith("{\"scenario\":\"Ours\",\"case\":"));
        assertThat(err.toString()).isEqualToIgnoringNewLines("2 passed, 2 failed\n");
    }

    @Test
    void conformanceSpf_noSuite_saysSo() throws IOException {
        Path file = Files.writeString(directory.resolve("other.yml"), "- 1\n");
        assertThat(run("conformance", "spf", file.toString())).isEqualTo(1);
        assertThat(run("conformance", "spf", directory.toString())).isEqualTo(1);
        assertThat(err.toString().lines()).hasSize(2).allMatch(line -> line.startsWith("slash64: "));
        assertThat(out.toString()).isEmpty();
    }
}
