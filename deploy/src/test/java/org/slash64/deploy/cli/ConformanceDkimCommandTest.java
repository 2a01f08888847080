package org.slash64.deploy.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slash64.deploy.Slash64;

/** Public DKIM suites, and the way the command tells their results. */
class ConformanceDkimCommandTest {

    private static final String FOLDER = "shared/conformance/dkim";

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... arguments) {
        return Slash64.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(Stream.concat(Stream.of("conformance", "dkim"), Stream.of(arguments))
                        .toArray(String[]::new));
    }

    @TestFactory
    Stream<DynamicTest> conformance_publicSuites_allPass() throws IOException {
        Path suites = suites();
        Assumptions.assumeTrue(Files.isDirectory(suites), "skipped: no " + FOLDER + " beside the repository");
        List<DynamicTest> tests = new ArrayList<>();
        try (Stream<Path> found = Files.list(suites)) {
            for (Path suite : found.sorted().toList()) {
                String index = suite.resolve("index.yaml").toString();
                tests.add(dynamicTest(suite.getFileName() + " by RFC 8301", () -> assertAllPass(index)));
                tests.add(dynamicTest(
                        suite.getFileName() + " with legacy", () -> assertAllPass(index, "--allow-legacy")));
            }
        }
        return tests.stream();
    }

    private static Path suites() {
        Path directory = Path.of("").toAbsolutePath();
        while (directory.getParent() != null && !Files.isDirectory(directory.resolve(FOLDER))) {
            directory = directory.getParent();
        }
        return directory.resolve(FOLDER);
    }

    private static void assertAllPass(String index, String... options) {
        ConformanceDkimCommandTest test = new ConformanceDkimCommandTest();
        List<String> arguments = new ArrayList<>(List.of(options));
        arguments.add(index);
        int code = test.run(arguments.toArray(String[]::new));
        assertThat(test.out + test.err.toString()).matches("[1-9][0-9]* passed, 0 failed\\R");
        assertThat(code).isZero();
    }

    private Path suite(String index) throws IOException {
        Files.writeString(folder.resolve("unsigned.eml"), "From: a@example.com\n\nbody\n");
        return Files.writeString(folder.resolve("index.yaml"), index);
    }

    @Test
    void conformance_wrongResult_isListed() throws IOException {
        Path index = suite("messages: [{file: unsigned.eml, signatures: [{n: 1, expect: pass}]},"
                + " {file: unsigned.eml, signatures: []}]");
        assertThat(run(index.toString())).isEqualTo(1);
        assertThat(out.toString().lines())
                .containsExactly(
                        "unsigned.eml: signature 1: expected pass, got none (there is no such signature)",
                        "1 passed, 1 failed");
    }

    @Test
    void conformance_json_isOneLinePerMessage() throws IOException {
        Path index = suite("messages: [{file: unsigned.eml, eol: lf, time: 1}]");
        assertThat(run(index.toString(), "--json")).isZero();
        assertThat(out.toString().lines())
                .containsExactly("{\"message\":\"unsigned.eml\",\"passed\":true,\"results\":[],\"mismatches\":[]}");
        assertThat(err.toString().lines()).containsExactly("1 passed, 0 failed");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "messages: 1",
                "- a",
                "{",
                "messages: [{file: x, signatures: [{n: 1}]}]",
                "messages: [{file: no.eml}]"
            })
    void conformance_brokenIndex_isFailure(String text) throws IOException {
        assertThat(run(suite(text).toString())).isEqualTo(1);
        assertThat(err.toString()).startsWith("slash64: ").hasLineCount(1);
    }
}
