package org.slash64.topology.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Each file in the folder {@code scenarios} is a test, and its sentence is the test's name. */
class ScenarioTest {

    @TempDir
    Path directory;

    @TestFactory
    Stream<DynamicTest> scenarios() throws IOException, URISyntaxException {
        Path folder = Path.of(ScenarioTest.class.getResource("/scenarios").toURI());
        List<Path> files;
        try (Stream<Path> all = Files.list(folder)) {
            files = all.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .toList();
        }
        assertThat(files).isNotEmpty();
        return files.stream().map(this::scenario);
    }

    private DynamicTest scenario(Path file) {
        String name = file.getFileName().toString();
        Scenario scenario = read(file, name);
        return DynamicTest.dynamicTest(
                scenario.sentence(),
                file.toUri(),
                () -> assertThat(scenario.play(directory.resolve(name)))
                        .as(name)
                        .isEmpty());
    }

    private static Scenario read(Path file, String name) {
        try {
            return Scenario.parse(name, Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
