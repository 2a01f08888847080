package org.slash64.deploy.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slash64.deploy.Slash64;

/** A real Postfix sends to hosts that answer 421 over IPv6: it goes on to IPv4 as {@code check receiver} says it does. */
@Timeout(value = 600, unit = TimeUnit.SECONDS)
class MxFallbackIT {

    private static final List<String> PROGRAMS = List.of("postfix", "smtp-sink", "smtp-source", "nsd");
    private static final List<String> SETUP = List.of("main.cf", "master.cf", "nsd.conf");
    private static final int MESSAGES = 60;

    @TempDir
    Path dir;

    private NamespacedSite site;

    @BeforeEach
    void prepare() throws Exception {
        site = NamespacedSite.prepare(dir, "fallback", "fallback.sh", SETUP, PROGRAMS);
    }

    @ParameterizedTest
    @CsvSource({"equal, pass", "both, warn", "worse, warn"})
    void postfix_oneIpv6Address_comesOverIpv4InTheSameAttempt(String zone, String result) throws Exception {
        List<String> attempts = sentTo(zone);
        assertThat(attempts).hasSize(MESSAGES).allMatch(MxFallbackIT::overIpv4);
        assertThat(refused()).isPositive();
        assertThat(check()).contains("\"result\":\"" + result + "\"");
    }

    @Test
    void postfix_twoIpv6AddressesBesideOneOfIpv4_missesItNowAndThen() throws Exception {
        List<String> attempts = sentTo("two-aaaa");
        assertThat(attempts.stream().filter(MxFallbackIT::overIpv4).count())
                .isPositive()
                .isLessThan(attempts.size());
        assertThat(check()).contains("\"result\":\"warn\"").contains("33% of attempts");
    }

    @Test
    void postfix_twoIpv6AddressesBeforeIpv4_neverComesToIt() throws Exception {
        assertThat(sentTo("hidden")).hasSizeGreaterThanOrEqualTo(MESSAGES).noneMatch(MxFallbackIT::overIpv4);
        assertThat(check()).contains("\"result\":\"fail\"");
    }

    private static boolean overIpv4(String attempt) {
        return attempt.contains("status=sent") && attempt.contains("[192.0.2.25]");
    }

    /** How each attempt ended, as the log has it. */
    private List<String> sentTo(String zone) throws Exception {
        Files.writeString(site.folder().resolve("example.org.zone"), site.resource(zone + ".zone"));
        try (SystemProgram mails = site.start(String.valueOf(MESSAGES))) {
            assertThat(mails.awaitExit(Duration.ofSeconds(50)))
                    .as(mails.output())
                    .isZero();
        }
        return lines().stream().filter(line -> line.contains(" status=")).toList();
    }

    private long refused() throws IOException {
        return lines().stream().filter(line -> line.contains("421 4.7.1")).count();
    }

    private List<String> lines() throws IOException {
        return Files.readAllLines(site.folder().resolve("maillog"));
    }

    /** The line about the fallback. */
    private String check() {
        StringWriter out = new StringWriter();
        Slash64.commandLine()
                .setOut(new PrintWriter(out))
                .execute(
                        "check",
                        "receiver",
                        "example.org",
                        "--json",
                        "--zone",
                        site.folder().resolve("example.org.zone").toString());
        return out.toString()
                .lines()
                .filter(line -> line.contains("mx-fallback"))
                .findFirst()
                .orElseThrow();
    }
}
