package org.slash64.deploy.check;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What people and programs read. */
class CheckOutputTest {

    private static final CheckReport REPORT = new CheckReport(
            "sender",
            "example.org",
            List.of(
                    Finding.pass(CheckKind.MX, "example.org", "1 MX"),
                    Finding.fail(CheckKind.PTR, "192.0.2.1", "none", "publish it", List.of("x. IN PTR y.")),
                    Finding.fail(CheckKind.PTR, "192.0.2.2", "none\u001b[31m\n", "publish it", List.of("x. IN PTR y.")),
                    Finding.warn(CheckKind.SPF_OTHERS, "example.org", "neutral", "close it")),
            List.of("a note", "a note"));

    private static String printed() {
        StringWriter out = new StringWriter();
        new CheckOutput(REPORT).print(new PrintWriter(out, true));
        return out.toString();
    }

    private static List<String> json() {
        StringWriter out = new StringWriter();
        new CheckOutput(REPORT).printJson(new PrintWriter(out, true));
        return out.toString().lines().toList();
    }

    @Test
    void print_sameChange_isToldOnce() {
        assertThat(printed())
                .contains("sender example.org: 2 failed, 1 warned, 1 passed")
                .contains("ptr 192.0.2.1, ptr 192.0.2.2: publish it")
                .containsOnlyOnce("x. IN PTR y.")
                .containsOnlyOnce("a note");
    }

    @Test
    void print_whatSteersTerminals_isReplaced() {
        assertThat(printed()).contains("none?[31m?").doesNotContain("\u001b");
    }

    @Test
    void print_recordsThatSteerTerminals_doNotReachThem() {
        CheckReport report = Reports.sender("""
                example.org. IN MX 10 a\\027[2J\\013.example.org.
                example.org. IN MX 20 \\226\\128\\174.example.org.
                example.org. IN TXT "v=spf1 a:\\027[2J mx \\155x ?all"
                s._domainkey.example.org. IN TXT "v=DKIM1; k=\\027[2J; p="
                """, Reports.withSelectors("s", "\u001b[2J", "\u202e"));
        StringWriter out = new StringWriter();
        new CheckOutput(report).print(new PrintWriter(out, true));
        new CheckOutput(report).printJson(new PrintWriter(out, true));
        assertThat(report.count(Grade.FAIL)).isGreaterThan(4);
        assertThat(out.toString().chars()).allMatch(c -> c == '\n' || (c >= ' ' && c < 0x7f));
    }

    @Test
    void json_isALineForEachCheckAndOneThatSumsUp() throws JsonProcessingException {
        assertThat(json()).hasSize(5);
        JsonNode second = new ObjectMapper().readTree(json().get(1));
        assertThat(second.get("check").asText()).isEqualTo("ptr");
        assertThat(second.get("of").asText()).isEqualTo("192.0.2.1");
        assertThat(second.get("result").asText()).isEqualTo("fail");
        assertThat(second.get("publish").get(0).asText()).isEqualTo("x. IN PTR y.");
        JsonNode summary = new ObjectMapper().readTree(json().get(4));
        assertThat(summary.get("summary").asText()).isEqualTo("sender");
        assertThat(summary.get("failed").asInt()).isEqualTo(2);
        assertThat(summary.get("warned").asInt()).isEqualTo(1);
        assertThat(summary.get("passed").asInt()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    void docs_haveALineForEachCheck(CheckKind kind) throws IOException {
        assertThat(Files.readString(Path.of("..", "docs", "check.md"))).contains("| `" + kind.text() + "` |");
    }
}
