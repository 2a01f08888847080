package org.slash64.deploy.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MilterKeyTest {

    @TempDir
    Path dir;

    private Path file;

    @BeforeEach
    void name() {
        file = dir.resolve("data").resolve("milter.key");
    }

    @Test
    void seal_withoutAKey_makesOneForItsOwnerAlone() throws IOException {
        new MilterKey(file).seal();
        String made = Files.readString(file);
        assertThat(made.strip()).matches("[0-9a-f]{64}");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        new MilterKey(file).seal();
        assertThat(file).hasContent(made);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "abc", "not a key at all", "00112233"})
    void seal_fileThatHoldsNoKey_isRefusedByName(String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        assertThatThrownBy(() -> new MilterKey(file).seal())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("milter.key")
                .hasMessageContaining("remove the file");
    }
}
