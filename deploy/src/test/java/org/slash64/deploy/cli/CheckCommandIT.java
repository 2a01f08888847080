package org.slash64.deploy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slash64.deploy.Slash64;
import picocli.CommandLine;

/** The commands on the zones of the documentation. */
class CheckCommandIT {

    private static final String BEFORE =
            Path.of("..", "docs", "check", "before.zone").toString();
    private static final String AFTER =
            Path.of("..", "docs", "check", "after.zone").toString();

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... arguments) {
        CommandLine command =
                Slash64.commandLine().setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        return command.execute(
                Stream.concat(Stream.of("check"), Stream.of(arguments)).toArray(String[]::new));
    }

    @Test
    void sender_beforeTheChanges_failsAndTellsThem() {
        assertThat(run(
                        "sender",
                        "example.org",
                        "--selector",
                        "2026",
                        "--address",
                        "2001:db8:0:1::25,192.0.2.25",
                        "--zone",
                        BEFORE))
                .isEqualTo(1);
        assertThat(out.toString())
                .contains("sender example.org: 2 failed, 3 warned")
                .contains("What to change")
                .contains("5.2.0.0.0.0.0.0.0.0.0.0.0.0.0.0.1.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa. IN PTR");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void sender_afterTheChanges_passes() {
        assertThat(run("sender", "example.org", "--selector", "2026b", "--zone", AFTER))
                .isZero();
        assertThat(out.toString()).contains("0 failed, 0 warned");
    }

    @Test
    void sender_address_isLookedAtAlone() {
        assertThat(run("sender", "2001:db8:0:1::25", "--helo", "mail.example.org", "--zone", AFTER))
                .isZero();
        assertThat(out.toString()).contains("helo-spf").doesNotContain("spf-record");
    }

    @Test
    void receiver_beforeTheChanges_warns() {
        assertThat(run("receiver", "example.org", "--zone", BEFORE)).isZero();
        assertThat(out.toString())
                .contains("receiver example.org: 0 failed, 1 warned")
                .contains("mx4.example.org. IN A 192.0.2.25");
    }

    @Test
    void receiver_json_isLinesOfObjects() {
        assertThat(run("receiver", "example.org", "--zone", AFTER, "--json")).isZero();
        assertThat(out.toString().lines()).allMatch(line -> line.startsWith("{") && line.endsWith("}"));
        assertThat(out.toString().lines().reduce((before, last) -> last).orElseThrow())
                .contains("\"summary\":\"receiver\"")
                .contains("\"failed\":0");
    }

    @Test
    void receiver_missingDomain_fails() {
        assertThat(run("receiver", "gone.example", "--zone", AFTER)).isEqualTo(1);
        assertThat(out.toString()).contains("does not exist");
    }

    @Test
    void sender_uLabels_areALabels(@TempDir Path folder) throws IOException {
        Path zone = Files.writeString(folder.resolve("idn.zone"), "$TTL 60\nxn--bcher-kva.example. IN MX 0 .\n");
        assertThat(run("sender", "bücher.example", "--zone", zone.toString())).isEqualTo(1);
        assertThat(out.toString()).contains("xn--bcher-kva.example");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-", "a b", "[", "x..example", "\u001b[31mred"})
    void sender_noName_isBadUse(String sender) {
        assertThat(run("sender", "--zone", AFTER, "--", sender)).isEqualTo(2);
        assertThat(err.toString()).hasLineCount(1);
    }

    @Test
    void sender_optionsOfADomainWithAnAddress_areBadUse() {
        assertThat(run("sender", "192.0.2.1", "--selector", "s", "--zone", AFTER))
                .isEqualTo(2);
        assertThat(run("sender", "192.0.2.1", "--address", "192.0.2.2", "--zone", AFTER))
                .isEqualTo(2);
    }

    @Test
    void sender_tooManySelectors_isBadUse() {
        assertThat(run("sender", "example.org", "--selector", "s,".repeat(40) + "s", "--zone", AFTER))
                .isEqualTo(2);
        assertThat(err.toString()).contains("--selector: at most 32");
    }

    @Test
    void sender_badAddressAndName_areBadUse() {
        assertThat(run("sender", "example.org", "--address", "mail.example.org", "--zone", AFTER))
                .isEqualTo(2);
        assertThat(run("sender", "example.org", "--helo", "a b", "--zone", AFTER))
                .isEqualTo(2);
        assertThat(err.toString()).contains("no address: mail.example.org").contains("no domain name");
    }

    @Test
    void check_withoutASide_isBadUse() {
        assertThat(run()).isEqualTo(2);
    }
}
