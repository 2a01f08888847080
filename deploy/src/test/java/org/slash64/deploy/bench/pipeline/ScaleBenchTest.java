package org.slash64.deploy.bench.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.slash64.deploy.Slash64;
import org.slash64.deploy.bench.Machine;
import org.slash64.deploy.bench.Series;
import org.slash64.testkit.load.Mix;

class ScaleBenchTest {

    private final ScaleReport report = new ScaleReport(
            List.of(
                    new ScaleReport.Group(
                            ScaleKind.THREADS,
                            List.of(
                                    new ScaleReport.Line(1, new Series(List.of(1_000.0, 3_000.0, 2_000.0))),
                                    new ScaleReport.Line(2, new Series(List.of(3_000.0))))),
                    new ScaleReport.Group(
                            ScaleKind.PREFIXES,
                            List.of(
                                    new ScaleReport.Line(10_000, new Series(List.of(4_000.0))),
                                    new ScaleReport.Line(100_000, new Series(List.of(2_000.0)))))),
            Map.of("seed", "64"),
            3,
            Machine.here());

    @Test
    void lines_areComparedWithTheFirstOfTheirGroup() {
        assertThat(report.ratio()).isEqualTo(0.5);
        assertThat(report.toJson().at("/groups/0/of").asText()).isEqualTo("threads");
        assertThat(report.toJson().at("/groups/0/lines/1/relative").asDouble()).isEqualTo(1.5);
        assertThat(report.toJson().at("/groups/0/lines/0/median").asDouble()).isEqualTo(2_000);
        assertThat(report.toJson().at("/groups/1/lines/1/number").asInt()).isEqualTo(100_000);
        assertThat(report.toJson().at("/machine/cores").asInt()).isPositive();
    }

    @Test
    void table_hasAGroupEach() {
        StringWriter text = new StringWriter();
        report.print(new PrintWriter(text, true));
        assertThat(text.toString().lines())
                .anyMatch(line -> line.strip().matches("1 +2,000 +1,000 +3,000 +1.00"))
                .anyMatch(line -> line.strip().matches("100,000 +2,000 +2,000 +2,000 +0.50"));
    }

    @Test
    void numbers_goUpByTens() {
        assertThat(ScaleBench.numbers(10_000)).containsExactly(10_000);
        assertThat(ScaleBench.numbers(1_500_000)).containsExactly(10_000, 100_000, 1_000_000);
    }

    @Test
    void spreadLoad_beginsWithEachPrefixOnce_andGoesOnWithAllOfThem() {
        Load load = Load.spread(Mix.standard().of(100, 50), 400, 200);
        List<String> clients = new ArrayList<>();
        load.events().forEachRemaining(event -> clients.add(event.getClient()));
        assertThat(clients).hasSize(600);
        assertThat(clients.subList(0, 200)).doesNotHaveDuplicates().startsWith("2a04::25", "2a04:0:0:1::25");
        assertThat(new HashSet<>(clients)).hasSize(200);
        assertThat(new HashSet<>(clients.subList(200, 600))).hasSizeGreaterThan(150);
    }

    @Test
    void options_outOfBounds_areRefused() {
        assertRefused("--prefixes: from 10000 to 10000000", "--prefixes", "9999");
        assertRefused("--events: from 1000 to 10000000", "--events", "1");
        assertRefused("--rounds: from 1 to ", "--rounds", "0");
    }

    private static void assertRefused(String message, String... options) {
        StringWriter err = new StringWriter();
        List<String> arguments = new ArrayList<>(List.of("bench", "scale"));
        arguments.addAll(List.of(options));
        int code = Slash64.commandLine().setErr(new PrintWriter(err, true)).execute(arguments.toArray(String[]::new));
        assertThat(code).isEqualTo(2);
        assertThat(err.toString()).contains(message);
    }
}
