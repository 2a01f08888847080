package org.slash64.deploy.bench.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.slash64.deploy.Slash64;
import org.slash64.deploy.bench.InstalledProgram;

class DnsBenchCommandIT {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... arguments) {
        return Slash64.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments);
    }

    private static void needs(String program) {
        try {
            InstalledProgram.find(program, System.getenv().getOrDefault("PATH", ""), program);
        } catch (IOException e) {
            abort(e.getMessage());
        }
    }

    @Test
    void bench_shortRun_hasBothSidesAndARatio() throws IOException {
        needs("nsd");
        needs("dnsperf");
        assertThat(run("bench", "dns", "--json", "--warm-up", "PT1S", "--time", "PT1S"))
                .as(err::toString)
                .isZero();
        JsonNode result = new ObjectMapper().readTree(out.toString());
        assertThat(result.path("bench").asText()).isEqualTo("dns");
        assertThat(result.path("ratio").asDouble()).isPositive();
        assertThat(result.path("ours").path("rounds")).hasSize(3);
        assertThat(result.path("reference").path("side").asText()).isEqualTo("dnsperf");
    }
}
