package org.slash64.deploy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ParseCommandTest {

    @TempDir
    Path dir;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void writeLogs() throws IOException {
        Files.writeString(dir.resolve("mail.log"), """
                2026-11-17T00:00:01+00:00 mx1 postfix/smtpd[1]: disconnect from mail.example.org[2001:db8::1] quit=1
                """);
        try (OutputStream packed = new GZIPOutputStream(Files.newOutputStream(dir.resolve("mail.log.1.gz")))) {
            packed.write("""
                    2026-11-16T23:59:59+00:00 mx1 postfix/smtpd[1]: connect from mail.example.org[2001:db8::1]
                    """.getBytes(StandardCharsets.UTF_8));
        }
    }

    private int parse(String... arguments) {
        return new CommandLine(new ParseCommand())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments);
    }

    @Test
    void parse_patternOverRotation_joinsTheSession() {
        assertThat(parse("--json", dir.resolve("mail.log*").toString())).isZero();
        assertThat(out.toString())
                .contains("\"kind\":\"CONNECTION\"", "\"client\":\"2001:db8::1\"", "\"end\":\"QUIT\"")
                .hasLineCount(1);
        assertThat(err.toString()).contains("2 lines");
    }

    @Test
    void parse_filesAsTheShellOrdersThem_isTheSame() {
        String log = dir.resolve("mail.log").toString();
        assertThat(parse("--json", log, log + ".1.gz")).isZero();
        assertThat(out.toString()).contains("\"duration\":2000");
    }

    @Test
    void parse_report_isOneObject() {
        assertThat(parse("--json", "--report", dir.resolve("mail.log*").toString()))
                .isZero();
        assertThat(out.toString())
                .startsWith("{\"lines\":2,")
                .contains("\"advice\":[")
                .hasLineCount(1);
    }

    @Test
    void parse_mtaThatIsNotKnown_isBadUse() {
        assertThat(parse("--mta", "qmail", "mail.log")).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(err.toString())
                .contains("--mta: \"qmail\" is none of auto, ")
                .contains("postfix");
    }

    @Test
    void parse_mtaByName_readsItsLinesAlone() {
        assertThat(parse("--mta", "postfix", dir.resolve("mail.log*").toString()))
                .isZero();
        assertThat(out.toString()).contains("connection");
    }

    @Test
    void host_isTheShortNameInLowerCase() {
        assertThat(LogOptions.host(Optional.of("MX1.Example.org"))).isEqualTo("mx1");
        assertThat(LogOptions.host(Optional.of("192.0.2.1"))).isEqualTo("192.0.2.1");
        assertThat(LogOptions.host(Optional.empty())).isNotBlank().doesNotContain(".", "\n");
    }
}
