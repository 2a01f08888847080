package org.slash64.deploy.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slash64.deploy.bench.Slash64Process;

/** Exit codes, and one clear line with each failure. */
@Timeout(value = 600, unit = TimeUnit.SECONDS)
class CommandLineIT {

    private static final Duration SHORT = Duration.ofSeconds(60);

    @TempDir
    Path dir;

    @Test
    void run_inADataFolderInUse_failsWithOneLine() throws Exception {
        Path data = dir.resolve("data");
        List<String> arguments =
                List.of("run", "--dns", "127.0.0.1:9", "--http", "127.0.0.1:0", "--data", data.toString());
        try (Slash64Process first = Slash64Process.start(arguments)) {
            first.awaitEndpoints();
            assertFails(1, arguments, data.toString());
            assertThat(first.isAlive()).isTrue();
            first.terminate();
            assertThat(first.awaitExit(SHORT)).as(first.output()).isIn(0, 143);
        }
    }

    @Test
    void run_onAMissingLog_failsWithALineThatNamesIt() throws Exception {
        Path missing = dir.resolve("missing.log");
        assertFails(
                1,
                List.of("run", "--data", dir.resolve("data").toString(), "--log", missing.toString()),
                missing.toString());
        assertFails(1, List.of("parse", missing.toString()), missing.toString());
    }

    @Test
    void badUse_endsWithTwoAndSaysWhatIsWrong() throws Exception {
        String data = dir.resolve("data").toString();
        assertBadUse("--dns", "run", "--data", data, "--dns", "resolver.example.com:53");
        assertBadUse("--schema-registry", "run", "--data", data, "--bootstrap-servers", "127.0.0.1:9");
        assertBadUse("--http", "run", "--data", data, "--http", "localhost");
        assertBadUse("--follow", "run", "--data", data, "--follow");
        assertBadUse("--no-such-option", "run", "--no-such-option");
        assertThat(Files.exists(dir.resolve("data"))).isFalse();
    }

    @Test
    void demo_exit_showsTablesAndListingsAndWritesZones() throws Exception {
        Path data = dir.resolve("demo");
        try (Slash64Process demo = Slash64Process.start(List.of("demo", "--exit", "--data", data.toString()))) {
            assertThat(demo.awaitExit(Slash64Process.LONG)).as(demo.output()).isZero();
            String out = String.join("\n", demo.out());
            assertThat(out).contains("/64").contains("/48").contains("bad outcomes");
            assertThat(demo.err()).isEmpty();
        }
        assertThat(Files.readString(data.resolve("zones/blocklist.ip6trie"))).contains("2001:db8:");
        assertThat(data.resolve("zones/blocklist.ip4trie")).isNotEmptyFile();
    }

    @Test
    void demo_inAFolderOfSomethingElse_leavesItAlone() throws Exception {
        Path mine = Files.writeString(dir.resolve("mine.txt"), "keep");
        assertFails(1, List.of("demo", "--exit", "--data", dir.toString()), "--data");
        assertThat(mine).hasContent("keep");
    }

    private static void assertBadUse(String named, String... arguments) throws Exception {
        try (Slash64Process program = Slash64Process.start(List.of(arguments))) {
            assertThat(program.awaitExit(SHORT)).as(program.output()).isEqualTo(2);
            assertThat(program.err().get(0)).contains(named);
            assertThat(program.out()).isEmpty();
        }
    }

    private static void assertFails(int code, List<String> arguments, String named) throws Exception {
        try (Slash64Process program = Slash64Process.start(new ArrayList<>(arguments))) {
            assertThat(program.awaitExit(SHORT)).as(program.output()).isEqualTo(code);
            assertThat(program.err()).as(program.output()).hasSize(1);
            assertThat(program.err().get(0)).startsWith("slash64: ").contains(named);
        }
    }
}
