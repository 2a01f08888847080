package org.slash64.deploy.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BenchReportTest {

    private final ScriptedBench bench = new ScriptedBench();
    private final List<String> progress = new ArrayList<>();
    private BenchReport report;

    @BeforeEach
    void measure() throws Exception {
        bench.with("easy", true, bench.side("a", 30, 10, 40), bench.side("b", 10, 10, 10))
                .with("hard", true, bench.side("c", 2000, 1500, 9000), bench.side("d", 1000, 1000, 3000))
                .with("aside", false, bench.side("e", 1, 1, 1), bench.side("f", 100, 100, 100));
        report = new Rounds(3, progress::add).measure(bench);
    }

    @Test
    void measure_takesTheSidesInTurnAfterTheCheck() {
        assertThat(bench.measured()).isEqualTo("verify a b a b a b c d c d c d e f e f e f");
        assertThat(progress).hasSize(18).contains("scripted, hard, round 3 of 3: c 9,000 steps/s");
    }

    @Test
    void ratio_isTheMedianOfTheRatiosOfTheWorstWorkloadThatCounts() {
        assertThat(report.worst().workload().name()).isEqualTo("hard");
        assertThat(report.ratio()).isEqualTo(2);
        assertThat(report.comparisons().get(0).ratios().values()).containsExactly(3.0, 1.0, 4.0);
    }

    @Test
    void json_hasRatioSidesRoundsSettingsAndMachine() throws Exception {
        JsonNode json = new ObjectMapper().readTree(report.toJson().toString());
        assertThat(json.get("bench").asText()).isEqualTo("scripted");
        assertThat(json.get("ratio").asDouble()).isEqualTo(2);
        assertThat(json.get("target").asDouble()).isEqualTo(2);
        assertThat(json.get("unit").asText()).isEqualTo("steps/s");
        assertThat(json.get("rounds").asInt()).isEqualTo(3);
        assertThat(json.get("ours"))
                .hasToString("{\"side\":\"c\",\"median\":2000.0,\"min\":1500.0,\"max\":9000.0,"
                        + "\"rounds\":[2000.0,1500.0,9000.0]}");
        assertThat(json.at("/reference/side").asText()).isEqualTo("d");
        assertThat(json.at("/workloads/0/workload").asText()).isEqualTo("easy");
        assertThat(json.at("/workloads/0/ratio/median").asDouble()).isEqualTo(3);
        assertThat(json.at("/workloads/2/counts").asBoolean()).isFalse();
        assertThat(json.at("/workloads/2/ratio/median").asDouble()).isEqualTo(0.01);
        assertThat(json.at("/settings/seed").asText()).isEqualTo("7");
        assertThat(json.at("/machine/cores").asInt())
                .isEqualTo(Runtime.getRuntime().availableProcessors());
        assertThat(json.get("machine").fieldNames())
                .toIterable()
                .containsExactly("cores", "memory_mib", "system", "java", "load");
    }

    @Test
    void table_hasMediansAndRangesOfBothSides() {
        StringWriter text = new StringWriter();
        report.print(new PrintWriter(text, true));
        assertThat(text.toString().lines())
                .contains("bench scripted, steps/s", "ratio 2.00, to be 2.0 at least", "seed: 7")
                .anyMatch(line -> line.strip().matches("hard +c +2,000 +1,500 +9,000"))
                .anyMatch(line -> line.strip().matches("hard +2.00 +1.50 +3.00"));
    }
}
