package org.slash64.deploy.bench.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.slash64.deploy.bench.BenchReport;
import org.slash64.deploy.bench.Machine;

class MemoryBenchTest {

    private static final long MIB = 1 << 20;

    @Test
    void memory_isReadFromTheStatusOfAProcess() throws IOException {
        List<String> status = List.of("Name:\tjava", "VmHWM:\t 2048 kB", "VmRSS:\t 1024 kB", "Threads:\t9");
        assertThat(Memory.parse(7, status)).isEqualTo(new Memory(7, MIB, 2 * MIB));
        assertThatThrownBy(() -> Memory.parse(7, List.of("Name:\tjava")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("VmRSS");
    }

    @Test
    void progress_isDone_whenAllVerdictsAreThereAndNothingWaits() {
        String metrics = """
                # TYPE slash64_verdicts_total counter
                slash64_verdicts_total{outcome="bad"} 3.0
                slash64_verdicts_total{outcome="good"} 4.0
                slash64_verdicts_exempt_total 1.0
                slash64_stream_lag_records 2.0
                """;
        Progress progress = Progress.parse(metrics);
        assertThat(progress).isEqualTo(new Progress(7, 2));
        assertThat(progress.isDone(7)).isFalse();
        assertThat(new Progress(7, 0).isDone(7)).isTrue();
        assertThat(new Progress(7, 0).isDone(8)).isFalse();
    }

    @Test
    void ratio_isOfWhatFallsShortMost() {
        Memory idle = new Memory(100 * MIB, 400 * MIB, 400 * MIB);
        Memory counted = new Memory(256 * MIB, 1_000 * MIB, 2_048 * MIB);
        BenchReport report = MemoryBench.report(1_000_000, idle, counted, Machine.here());
        assertThat(report.comparisons().get(0).ratios().median()).isEqualTo(2);
        assertThat(report.ratio()).isEqualTo(0.75);
        assertThat(report.toJson().get("bench").asText()).isEqualTo("memory");
        assertThat(report.settings())
                .containsEntry("with all counted", "heap 256 MiB, resident 1,000 MiB, at most 2,048 MiB");
    }
}
