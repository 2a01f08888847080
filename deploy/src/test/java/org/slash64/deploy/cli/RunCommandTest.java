package org.slash64.deploy.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slash64.deploy.Slash64;
import org.slash64.deploy.pipeline.Endpoints;
import org.slash64.deploy.pipeline.PipelineConfig;
import org.slash64.schemas.AllowEntry;
import org.slash64.topology.TopologySettings;
import picocli.CommandLine;

/** Options over what the file says. */
class RunCommandTest {

    @TempDir
    Path dir;

    private Path file;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void writeFile() throws IOException {
        file = Files.writeString(dir.resolve("s.yaml"), """
                data: from-file
                logs: {files: [file.log], follow: true, time-zone: Asia/Tokyo}
                dns: {servers: [192.0.2.1], blocklists: [{preset: surbl}]}
                kafka: {bootstrap-servers: ['file:1'], properties: {security.protocol: SSL}}
                schema-registry: {url: 'http://file'}
                correlation: {ids-kept: 3d, max-ids: 5}
                """);
    }

    private PipelineConfig config(String... options) throws Exception {
        List<String> arguments = new ArrayList<>(List.of("--config", file.toString()));
        arguments.addAll(List.of(options));
        return configOf(arguments);
    }

    private static PipelineConfig configOf(List<String> arguments) throws Exception {
        RunCommand command = new RunCommand();
        new CommandLine(command).parseArgs(arguments.toArray(String[]::new));
        return command.config();
    }

    @Test
    void config_hasAStandbyWhereThereMayBeOtherInstances() throws Exception {
        assertThat(new RunCommand().config().standbyReplicas()).isZero();
        assertThat(config("--bootstrap-servers=a:1", "--schema-registry=http://a")
                        .standbyReplicas())
                .isEqualTo(1);
    }

    @Test
    void config_withoutFileAndOptions_isTheDefault() throws Exception {
        PipelineConfig config = configOf(List.of());
        assertThat(config.data()).isEqualTo(Path.of("data"));
        assertThat(config.zones()).isEqualTo(Path.of("data", "zones"));
        assertThat(config.topology()).isEqualTo(TopologySettings.defaults());
        assertThat(config.follow()).isFalse();
        assertThat(config.endpoints()).isEmpty();
        assertThat(config.blocklists()).isEmpty();
    }

    @Test
    void config_ofAFile_isWhatItSays() throws Exception {
        PipelineConfig config = config();
        assertThat(config.data()).isEqualTo(Path.of("from-file"));
        assertThat(config.zones()).isEqualTo(Path.of("from-file", "zones"));
        assertThat(config.logs()).containsExactly(Path.of("file.log"));
        assertThat(config.follow()).isTrue();
        assertThat(config.blocklists()).hasSize(1);
        assertThat(config.endpoints())
                .contains(new Endpoints("file:1", "http://file", Map.of("security.protocol", "SSL"), Map.of()));
        assertThat(config.topology().zone()).isEqualTo(ZoneId.of("Asia/Tokyo"));
    }

    @Test
    void config_logs_takeStandardInputAndSeveralInOneOption() throws Exception {
        assertThat(configOf(List.of("--log", "-", "--follow")).logs()).containsExactly(Path.of("-"));
        assertThat(configOf(List.of("--log", "a.log", "b*.gz", "--log-host", "mx1"))
                        .logs())
                .containsExactly(Path.of("a.log"), Path.of("b*.gz"));
    }

    @Test
    void config_options_winOverTheFile() throws Exception {
        PipelineConfig config = config(
                "--data=d",
                "--zones=z",
                "--log=a.log",
                "--log=b.log",
                "--log-host=MX1.example.org",
                "--dns=127.0.0.1:5353",
                "--time-zone=UTC",
                "--ids-kept=P1D",
                "--list-documentation",
                "--bootstrap-servers=option:1",
                "--schema-registry=http://option");
        assertThat(config.data()).isEqualTo(Path.of("d"));
        assertThat(config.zones()).isEqualTo(Path.of("z"));
        assertThat(config.logs()).containsExactly(Path.of("a.log"), Path.of("b.log"));
        assertThat(config.logHost()).isEqualTo("mx1");
        assertThat(config.dns())
                .containsExactly(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 5353));
        assertThat(config.endpoints())
                .contains(new Endpoints("option:1", "http://option", Map.of("security.protocol", "SSL"), Map.of()));
        TopologySettings topology = config.topology();
        assertThat(topology.zone()).isEqualTo(ZoneId.of("UTC"));
        assertThat(topology.correlation().idsKept()).isEqualTo(Duration.ofDays(1));
        assertThat(topology.correlation().bounds().maxIds()).isEqualTo(5);
        assertThat(topology.rules().listing().documentation()).isTrue();
    }

    @Test
    void config_allowlist_isReadFromItsFile() throws Exception {
        Path allowlist = Files.writeString(dir.resolve("allow.txt"), "192.0.2.0/24 # ours\n");
        Files.writeString(file, "allowlist: " + allowlist);
        assertThat(config().topology().rules().allowlist())
                .containsExactly(new AllowEntry("192.0.2.0/24", "ours", "allow.txt", Instant.EPOCH));
        assertThat(configOf(List.of()).topology().rules().allowlist()).isEmpty();
    }

    @Test
    void check_badAllowlist_tellsEveryMistakeAndEndsWithTwo() throws Exception {
        Path allowlist = Files.writeString(dir.resolve("allow.txt"), "192.0.2.1/24\n2001:db8::/32\nhere\n");
        Files.writeString(file, "allowlist: " + allowlist);
        assertThat(execute("--config", file.toString(), "--check")).isEqualTo(2);
        assertThat(err.toString().lines())
                .satisfiesExactly(
                        first -> assertThat(first)
                                .isEqualTo(allowlist + ":1: \"192.0.2.1/24\" has host bits; write 192.0.2.0/24"),
                        second -> assertThat(second).startsWith(allowlist + ":3: "));
    }

    @Test
    void config_dataOption_movesTheZonesToo() throws Exception {
        assertThat(config("--data=d").zones()).isEqualTo(Path.of("d", "zones"));
    }

    @Test
    void config_untilIdle_winsOverFollowInTheFile() throws Exception {
        assertThat(config("--until-idle").follow()).isFalse();
        assertThat(configOf(List.of("--log=a.log", "--follow")).follow()).isTrue();
    }

    @Test
    void config_badUse_namesTheOptions() {
        assertThatExceptionOfType(CommandLine.ParameterException.class)
                .isThrownBy(() -> config("--bootstrap-servers=a:1"))
                .withMessageContaining("--schema-registry");
        assertThatExceptionOfType(CommandLine.ParameterException.class)
                .isThrownBy(() -> configOf(List.of("--follow")))
                .withMessageContaining("--follow needs --log");
    }

    @Test
    void check_goodFile_saysSoAndStartsNothing() {
        assertThat(execute("--config", file.toString(), "--check")).isZero();
        assertThat(out.toString()).isEqualToIgnoringNewLines("configuration ok");
        assertThat(dir.resolve("from-file")).doesNotExist();
    }

    @Test
    void run_badFile_tellsEveryMistakeAndEndsWithTwo() throws IOException {
        Files.writeString(file, "data: []\ncounting: {windows: 1m}\nlimit: []\n");
        assertThat(execute("--config", file.toString())).isEqualTo(2);
        assertThat(out.toString()).isEmpty();
        assertThat(err.toString().lines())
                .hasSize(3)
                .first()
                .asString()
                .isEqualTo(file + ":1: data: is a list; expected: path");
    }

    @Test
    void run_missingFile_endsWithTwo() {
        Path missing = dir.resolve("missing.yaml");
        assertThat(execute("--config", missing.toString())).isEqualTo(2);
        assertThat(err.toString()).startsWith(missing + ": there is no such file");
    }

    private int execute(String... arguments) {
        List<String> words = new ArrayList<>(List.of("run"));
        words.addAll(List.of(arguments));
        return Slash64.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(words.toArray(String[]::new));
    }
}
