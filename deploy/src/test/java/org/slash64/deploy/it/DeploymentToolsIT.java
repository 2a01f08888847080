package org.slash64.deploy.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The files for Kubernetes and systemd by the tools that read them. */
@Timeout(value = 600, unit = TimeUnit.SECONDS)
class DeploymentToolsIT {

    private static final Duration MOST = Duration.ofSeconds(60);

    /** Out of 100; what systemd calls OK ends at 50. */
    private static final String MOST_EXPOSED = "20";

    @TempDir
    Path dir;

    @Test
    void kustomize_makesAllManifestsOfTheBase() throws Exception {
        String made = output(
                "kubectl",
                "kustomize",
                Path.of("kubernetes/base").toAbsolutePath().toString());
        assertThat(made)
                .contains("kind: StatefulSet", "kind: NetworkPolicy", "kind: PodDisruptionBudget", "kind: ConfigMap")
                .contains("image: localhost/slash64:");
    }

    @Test
    void systemd_readsTheUnitAndFindsItWellConfined() throws Exception {
        // the program is not where the unit has it
        String unit =
                Files.readString(Path.of("systemd/slash64.service")).replace("/opt/slash64/bin/slash64", "/bin/true");
        String file = Files.writeString(dir.resolve("slash64.service"), unit).toString();
        output("systemd-analyze", "verify", "--man=no", file);
        output("systemd-analyze", "security", "--offline=true", "--threshold=" + MOST_EXPOSED, file);
    }

    private String output(String name, String... arguments) throws Exception {
        Optional<Path> tool = SystemProgram.find(name);
        assumeTrue(tool.isPresent(), name + " is not installed");
        List<String> command = new ArrayList<>(List.of(tool.get().toString()));
        command.addAll(List.of(arguments));
        try (SystemProgram program = SystemProgram.start(dir, Map.of(), command)) {
            assertThat(program.awaitExit(MOST)).as(program.output()).isZero();
            return program.output();
        }
    }
}
