package org.slash64.deploy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slash64.deploy.Slash64;
import picocli.CommandLine;

class SpfCommandIT {
    private static final String ZONE = """
            $TTL 60
            example.com. TXT "v=spf1 include:inc.example.net a:x1.test a:x2.test a:x3.test -all"
            inc.example.net. TXT "v=spf1 ip6:2001:db8::/32 -all"
            mx.example.org. TXT "v=spf1 -all exp=why.example.org"
            why.example.org. TXT "not %{i}"
            """;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private String zone;

    @BeforeEach
    void writeZone(@TempDir Path directory) throws IOException {
        zone = Files.writeString(directory.resolve("zone"), ZONE).toString();
    }

    private int run(String... arguments) {
        CommandLine program = Slash64.commandLine();
        return program.setOut(new PrintWriter(out)).setErr(new PrintWriter(err)).execute(arguments);
    }

    @Test
    void spf_pass_saysWhichMechanism() {
        assertThat(run("spf", "--ip", "2001:db8::1", "--mail-from", "u@example.com", "--helo", "h", "--zone", zone))
                .isZero();
        assertThat(out.toString())
                .startsWith("pass: ip6:2001:db8::/32 of inc.example.net matches")
                .contains("include:inc.example.net of example.com > ip6:2001:db8::/32 of inc.example.net")
                .contains("2001:db8::1")
                .contains("1 of 10 terms, 2 questions, 0 void");
    }

    @Test
    void spf_voidLimit_isToldApartAndCanBeRaised() {
        assertThat(run("spf", "--ip", "192.0.2.1", "--mail-from", "u@example.com", "--zone", zone, "--json"))
                .isZero();
        assertThat(out.toString())
                .contains("\"result\":\"permerror\"")
                .contains("\"void_limit\":true")
                .contains("\"void_lookups\":3");
        out.getBuffer().setLength(0);
        run("spf", "--ip", "192.0.2.1", "--mail-from", "<u@example.com>", "--zone", zone, "--void-lookups", "3");
        assertThat(out.toString()).startsWith("fail: -all of example.com matches");
    }

    @Test
    void spf_nullSender_checksHelo() {
        run("spf", "--ip", "192.0.2.1", "--mail-from", "", "--helo", "mx.example.org", "--zone", zone);
        assertThat(out.toString()).startsWith("fail:").contains("explanation").contains("not 192.0.2.1");
    }

    @Test
    void spf_badUse_isExitCode2() {
        assertThat(run("spf", "--ip", "nobody", "--helo", "h.example", "--zone", zone))
                .isEqualTo(2);
        assertThat(run("spf", "--ip", "192.0.2.1", "--zone", zone)).isEqualTo(2);
        assertThat(run("spf", "--ip", "192.0.2.1", "--helo", "h", "--dns", "nowhere"))
                .isEqualTo(2);
        assertThat(run("spf", "--ip", "192.0.2.1", "--helo", "h", "--zone", zone, "--dns", "192.0.2.1:53"))
                .isEqualTo(2);
        assertThat(run("spf", "--ip", "192.0.2.1", "--helo", "h.example", "--zone", zone + ".none"))
                .isEqualTo(1);
    }
}
