package org.slash64.deploy.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slash64.deploy.bench.Slash64Process;

/** Measures for a moment: the figures mean nothing, their form does. */
@Timeout(value = 600, unit = TimeUnit.SECONDS)
class BenchIT {

    private static final List<String> SHORTEST =
            List.of("bench", "prefix", "--rounds", "3", "--warm-up", "PT0.01S", "--time", "PT0.01S", "--json");

    @Test
    void prefix_json_endsWithOneObject() throws Exception {
        try (Slash64Process bench = Slash64Process.start(SHORTEST)) {
            assertThat(bench.awaitExit(Slash64Process.LONG)).as(bench.output()).isZero();
            assertThat(bench.out()).hasSize(1);
            JsonNode json = new ObjectMapper().readTree(bench.out().get(0));
            assertThat(json.get("bench").asText()).isEqualTo("prefix");
            assertThat(json.get("ratio").asDouble()).isPositive();
            assertThat(json.at("/ours/rounds")).hasSize(3);
            assertThat(json.at("/reference/rounds")).hasSize(3);
            assertThat(json.at("/machine/cores").asInt()).isPositive();
            assertThat(bench.err()).hasSize(12).allMatch(line -> line.startsWith("prefix, "));
        }
    }

    @Test
    void api_json_endsWithOneObject() throws Exception {
        List<String> shortest = List.of(
                "bench", "api", "--rate", "500", "--requests", "50", "--warm-up", "PT1S", "--time", "PT1S", "--json");
        try (Slash64Process bench = Slash64Process.start(shortest)) {
            assertThat(bench.awaitExit(Slash64Process.LONG)).as(bench.output()).isZero();
            JsonNode json =
                    new ObjectMapper().readTree(bench.out().get(bench.out().size() - 1));
            assertThat(json.get("bench").asText()).isEqualTo("api");
            assertThat(json.get("ratio").asDouble()).isPositive();
            assertThat(json.at("/ours/rounds")).hasSize(3);
            assertThat(json.at("/settings/round 3").asText()).contains("p99.9", "statuses 200: 50;", "pipeline ");
        }
    }

    @Test
    void latency_json_endsWithOneObject() throws Exception {
        List<String> shortest = List.of(
                "bench", "latency", "--rate", "500", "--bursts", "4", "--warm-up", "PT1S", "--time", "PT1S", "--json");
        try (Slash64Process bench = Slash64Process.start(shortest)) {
            assertThat(bench.awaitExit(Slash64Process.LONG)).as(bench.output()).isZero();
            JsonNode json =
                    new ObjectMapper().readTree(bench.out().get(bench.out().size() - 1));
            assertThat(json.get("bench").asText()).isEqualTo("latency");
            assertThat(json.get("ratio").asDouble()).isPositive();
            assertThat(json.at("/settings/round 3").asText())
                    .startsWith("4 limits, ")
                    .contains("pipeline ");
        }
    }

    @Test
    void memory_json_endsWithOneObject() throws Exception {
        List<String> shortest = List.of("bench", "memory", "--networks", "1000", "--json");
        try (Slash64Process bench = Slash64Process.start(shortest)) {
            assertThat(bench.awaitExit(Slash64Process.LONG)).as(bench.output()).isZero();
            JsonNode json =
                    new ObjectMapper().readTree(bench.out().get(bench.out().size() - 1));
            assertThat(json.get("bench").asText()).isEqualTo("memory");
            assertThat(json.get("ratio").asDouble()).isPositive();
            assertThat(json.get("workloads")).hasSize(2);
            assertThat(json.at("/settings/with all counted").asText()).contains("heap ", "resident ", "at most ");
        }
    }

    @Test
    void scale_json_endsWithOneObject() throws Exception {
        List<String> shortest =
                List.of("bench", "scale", "--rounds", "1", "--events", "1000", "--only", "instances", "--json");
        try (Slash64Process bench = Slash64Process.start(shortest)) {
            assertThat(bench.awaitExit(Slash64Process.LONG)).as(bench.output()).isZero();
            JsonNode json =
                    new ObjectMapper().readTree(bench.out().get(bench.out().size() - 1));
            assertThat(json.get("bench").asText()).isEqualTo("scale");
            assertThat(json.toString()).contains("instances");
        }
    }

    @Test
    void coldDns_json_asksEachQuestionOfItsServer() throws Exception {
        List<String> shortest = List.of("bench", "cold-dns", "--events", "500", "--json");
        try (Slash64Process bench = Slash64Process.start(shortest)) {
            assertThat(bench.awaitExit(Slash64Process.LONG)).as(bench.output()).isZero();
            JsonNode json =
                    new ObjectMapper().readTree(bench.out().get(bench.out().size() - 1));
            assertThat(json.get("bench").asText()).isEqualTo("cold-dns");
            assertThat(json.get("ratio").asDouble()).isPositive();
            assertThat(json.at("/settings/round 3").asText()).contains(" 0 turned away, 0 not answered");
        }
    }

    @Test
    void badUse_endsWithTwoAndMeasuresNothing() throws Exception {
        assertBadUse("bench", "prefix", "--rounds", "2");
        assertBadUse("bench", "prefix", "--time", "PT0S");
        assertBadUse("bench", "soak", "--minutes", "0");
        assertBadUse("bench", "soak", "--rate", "1");
        assertBadUse("bench", "nothing");
        assertBadUse("bench");
    }

    private static void assertBadUse(String... arguments) throws Exception {
        try (Slash64Process program = Slash64Process.start(List.of(arguments))) {
            assertThat(program.awaitExit(Slash64Process.LONG))
                    .as(program.output())
                    .isEqualTo(2);
            assertThat(program.err()).first().asString().startsWith("slash64: ");
            assertThat(program.out()).isEmpty();
        }
    }
}
