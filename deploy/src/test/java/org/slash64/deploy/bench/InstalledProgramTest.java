package org.slash64.deploy.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstalledProgramTest {
    @Test
    void find_onPath_isFound(@TempDir Path directory) throws IOException {
        Path program = Files.createFile(directory.resolve("some-program"));
        assertThat(program.toFile().setExecutable(true)).isTrue();
        assertThat(InstalledProgram.find("some-program", "/none" + File.pathSeparator + directory, "some-package"))
                .isEqualTo(program);
    }

    @Test
    void find_absent_saysWhatToInstall() {
        assertThatIOException()
                .isThrownBy(() -> InstalledProgram.find("no-such-program", "", "some-package"))
                .withMessage("no-such-program is not installed; it comes with the package some-package"
                        + " (Debian: apt-get install some-package)");
    }
}
