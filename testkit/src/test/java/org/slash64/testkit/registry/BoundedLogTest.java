package org.slash64.testkit.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BoundedLogTest {
    @TempDir
    Path dir;

    @Test
    void follow_moreThanTheBound_keepsTheEndInTwoFiles() throws Exception {
        Path file = dir.resolve("a.log");
        String line = "x".repeat(99) + "\n";
        String output = line.repeat((int) (BoundedLog.MAX_BYTES * 5 / 2 / line.length())) + "the end\n";
        BoundedLog log = new BoundedLog(file);
        follow(log, output);
        assertThat(Files.size(file)).isLessThanOrEqualTo(BoundedLog.MAX_BYTES + 8192);
        assertThat(Files.size(dir.resolve("a.log.1"))).isLessThanOrEqualTo(BoundedLog.MAX_BYTES + 8192);
        assertThat(log.lastLines(2)).hasSize(2).endsWith("the end");
    }

    @Test
    void follow_onceMore_beginsAnew() throws Exception {
        BoundedLog log = new BoundedLog(dir.resolve("a.log"));
        follow(log, "one\n");
        follow(log, "two\n");
        assertThat(log.lastLines(5)).containsExactly("two");
    }

    private static void follow(BoundedLog log, String output) throws Exception {
        log.follow(new ByteArrayInputStream(output.getBytes(StandardCharsets.US_ASCII)))
                .join();
    }
}
