package org.slash64.deploy.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slash64.deploy.bench.Slash64Process;

/** What {@code export} writes of a run that has ended is what the run itself published. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 600, unit = TimeUnit.SECONDS)
class ExportIT {

    private Path dir;
    private Path data;
    private SampleZone dns;

    @BeforeAll
    void run(@TempDir Path folder) throws Exception {
        dir = folder;
        data = dir.resolve("run");
        dns = SampleZone.serve();
        Path log = MailLog.sample().write(dir.resolve("mail.log"));
        List<String> arguments = new ArrayList<>(dns.run(data, "--log", log.toString()));
        arguments.add("--until-idle");
        assertEnds(0, arguments);
    }

    @AfterAll
    void stopDns() throws Exception {
        if (dns != null) {
            dns.close();
        }
    }

    private static String assertEnds(int code, List<String> arguments) throws Exception {
        try (Slash64Process program = Slash64Process.start(arguments)) {
            assertThat(program.awaitExit(Slash64Process.LONG))
                    .as(program.output())
                    .isEqualTo(code);
            return program.output();
        }
    }

    private String export(int code, Path out, String... options) throws Exception {
        List<String> arguments = new ArrayList<>(List.of("export", "--data", data.toString(), "--out", out.toString()));
        arguments.addAll(List.of(options));
        return assertEnds(code, arguments);
    }

    private static JsonNode json(Path folder) throws Exception {
        return new ObjectMapper().readTree(Files.readString(folder.resolve("blocklist.json")));
    }

    private static List<String> names(Path folder) throws Exception {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void run_publishesEveryFormatInOneVersion() throws Exception {
        Path zones = data.resolve("zones");
        assertThat(names(zones))
                .containsExactly(
                        "blocklist.cidr",
                        "blocklist.csv",
                        "blocklist.dnset",
                        "blocklist.ip4trie",
                        "blocklist.ip6trie",
                        "blocklist.json",
                        "blocklist.nft",
                        "blocklist.rpz",
                        "blocklist.texthash",
                        "reputation.csv",
                        "version");
        String version = json(zones).get("version").asText();
        for (String name : names(zones)) {
            assertThat(Files.readString(zones.resolve(name))).as(name).contains(version);
        }
        assertThat(json(zones).get("prefixes")).isNotEmpty();
    }

    @Test
    void export_saysTheSameAsTheRunDid_inTheFormatsAskedFor() throws Exception {
        Path out = dir.resolve("out");
        assertThat(export(0, out, "--format", "json,postfix-cidr")).contains("prefixes");
        assertThat(names(out)).containsExactly("blocklist.cidr", "blocklist.json", "blocklist.texthash", "version");
        JsonNode exported = json(out);
        JsonNode published = json(data.resolve("zones"));
        for (String field : List.of("prefixes", "prefixExceptions", "domains", "domainExceptions")) {
            assertThat(exported.get(field)).as(field).isEqualTo(published.get(field));
        }
    }

    @Test
    void export_tooMuchOfAChange_isRefusedUntilConfirmed() throws Exception {
        Path out = Files.createDirectory(dir.resolve("changed"));
        Path config = Files.writeString(dir.resolve("strict.yaml"), "publish: {unchecked-changes: 0}");
        Files.writeString(out.resolve("version"), "version 1\nprefixes 5000\ndomains 0\n");
        assertThat(export(1, out, "--config", config.toString()))
                .contains("after 5,000")
                .contains("--confirm");
        assertThat(names(out)).containsExactly("refused", "version");
        export(0, out, "--config", config.toString(), "--confirm");
        assertThat(names(out)).contains("blocklist.rpz").doesNotContain("refused");
    }

    @Test
    void export_badUse_saysWhatIsWrong() throws Exception {
        assertThat(export(2, dir.resolve("bad"), "--format", "xml")).contains("rbldnsd, postfix-cidr");
        assertThat(assertEnds(
                        1,
                        List.of(
                                "export",
                                "--out",
                                dir.toString(),
                                "--data",
                                dir.resolve("no").toString())))
                .contains("--bootstrap-servers");
    }
}
