package org.slash64.deploy.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The alert rules by Prometheus's own tool. */
@Timeout(value = 600, unit = TimeUnit.SECONDS)
class AlertRulesIT {

    private static final Duration MOST = Duration.ofSeconds(30);
    private static final Path RULES = Path.of("prometheus").toAbsolutePath();

    @TempDir
    Path dir;

    private String promtool;

    @BeforeEach
    void find() {
        Optional<Path> found = SystemProgram.find("promtool");
        assumeTrue(found.isPresent(), "promtool is not installed (Debian: prometheus)");
        promtool = found.get().toString();
    }

    @Test
    void rules_areRead() throws Exception {
        assertSucceeds("check", "rules", RULES.resolve("slash64.rules.yml").toString());
    }

    @Test
    void rules_alertWhenTheyShould() throws Exception {
        assertSucceeds("test", "rules", RULES.resolve("slash64.test.yml").toString());
    }

    private void assertSucceeds(String command, String what, String file) throws Exception {
        try (SystemProgram program = SystemProgram.start(dir, Map.of(), List.of(promtool, command, what, file))) {
            assertThat(program.awaitExit(MOST)).as(program.output()).isZero();
        }
    }
}
