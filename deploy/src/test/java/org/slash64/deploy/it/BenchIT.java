package org.slash64.deploy.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slash64.deploy.bench.Slash64Process;

/** Measures for a moment: the figures mean nothing, their form does. */
@Timeout(value = 600, unit = TimeUnit.SECONDS)
class BenchIT {

    @Test
    void prefix_json_endsWithOneObject() throws Exception {
        try (Slash64Process bench = run("prefix", "--rounds", "3", "--warm-up", "PT0.01S", "--time", "PT0.01S")) {
            JsonNode json = result(bench, "prefix");
            assertThat(bench.out()).hasSize(1);
            assertThat(json.at("/ours/rounds")).hasSize(3);
            assertThat(json.at("/reference/rounds")).hasSize(3);
            assertThat(json.at("/machine/cores").asInt()).isPositive();
            assertThat(bench.err()).hasSize(12).allMatch(line -> line.startsWith("prefix, "));
        }
    }

    @Test
    void api_json_endsWithOneObject() throws Exception {
        JsonNode json = measure("api", "--rate", "500", "--requests", "50", "--warm-up", "PT1S", "--time", "PT1S");
        assertThat(json.at("/ours/rounds")).hasSize(3);
        assertThat(json.at("/settings/round 3").asText()).contains("p99.9", "statuses 200: 50;", "pipeline ");
    }

    @Test
    void latency_json_endsWithOneObject() throws Exception {
        JsonNode json = measure("latency", "--rate", "500", "--bursts", "4", "--warm-up", "PT1S", "--time", "PT1S");
        assertThat(json.at("/settings/round 3").asText())
                .startsWith("4 limits, ")
                .contains("pipeline ");
    }

    @Test
    void memory_json_endsWithOneObject() throws Exception {
        JsonNode json = measure("memory", "--networks", "1000");
        assertThat(json.get("workloads")).hasSize(2);
        assertThat(json.at("/settings/with all counted").asText()).contains("heap ", "resident ", "at most ");
    }

    @Test
    void scale_json_endsWithOneObject() throws Exception {
        JsonNode json = measure("scale", "--rounds", "1", "--events", "1000", "--only", "instances");
        assertThat(json.toString()).contains("instances");
    }

    @Test
    void coldDns_json_asksEachQuestionOfItsServer() throws Exception {
        JsonNode json = measure("cold-dns", "--events", "500");
        assertThat(json.at("/settings/round 3").asText()).contains(" 0 turned away, 0 not answered");
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

    private static JsonNode measure(String name, String... options) throws Exception {
        try (Slash64Process bench = run(name, options)) {
            return result(bench, name);
        }
    }

    private static Slash64Process run(String name, String... options) throws Exception {
        return Slash64Process.start(Stream.of(List.of("bench", name), List.of(options), List.of("--json"))
                .flatMap(List::stream)
                .toList());
    }

    /** The object that a bench ends with. */
    private static JsonNode result(Slash64Process bench, String name) throws Exception {
        assertThat(bench.awaitExit(Slash64Process.LONG)).as(bench.output()).isZero();
        JsonNode json = new ObjectMapper().readTree(bench.out().get(bench.out().size() - 1));
        assertThat(json.get("bench").asText()).isEqualTo(name);
        assertThat(json.get("ratio").asDouble()).isPositive();
        return json;
    }
}
