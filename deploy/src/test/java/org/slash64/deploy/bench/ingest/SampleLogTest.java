package org.slash64.deploy.bench.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slash64.connectors.log.Arrival;
import org.slash64.connectors.mta.LogParsers;
import org.slash64.schemas.EventKind;
import org.slash64.topology.correlate.CorrelatorSettings;
import org.slash64.topology.correlate.CorrelatorStatistics;
import org.slash64.topology.correlate.LogToEvents;
import org.slash64.topology.correlate.Reading;

class SampleLogTest {

    private static final Instant START = Instant.parse("2026-11-06T00:00:00Z");
    private static final long BYTES = 300_000;

    @TempDir
    Path dir;

    private SampleLog write(String name) throws IOException {
        return SampleLog.write(dir.resolve(name), BYTES, START, ZoneOffset.UTC);
    }

    @Test
    void write_twice_isTheSame() throws IOException {
        assertThat(write("a")).isEqualTo(write("b"));
        assertThat(dir.resolve("a")).hasSameBinaryContentAs(dir.resolve("b"));
        assertThat(Files.size(dir.resolve("a"))).isEqualTo(write("c").bytes()).isGreaterThan(BYTES);
    }

    @Test
    void write_isWhatParsingFinds() throws IOException {
        SampleLog made = write("log");
        CorrelatorStatistics statistics = new CorrelatorStatistics();
        LogToEvents logToEvents = LogToEvents.inMemory(
                new Reading(ZoneOffset.UTC, LogParsers.of("postfix")), CorrelatorSettings.defaults(), statistics);
        Map<EventKind, Long> events = new EnumMap<>(EventKind.class);
        Arrival arrival = Arrival.at(START.plusSeconds(86_400));
        List<String> lines = Files.readAllLines(dir.resolve("log"), StandardCharsets.ISO_8859_1);
        for (String line : lines) {
            logToEvents.accept(
                    line.getBytes(StandardCharsets.ISO_8859_1),
                    arrival,
                    event -> events.merge(event.getKind(), 1L, Long::sum));
        }
        logToEvents.finish(event -> events.merge(event.getKind(), 1L, Long::sum));
        assertThat(lines)
                .hasSize((int) made.lines())
                .filteredOn(line -> line.contains(" postfix/"))
                .hasSize((int) made.lines() / 2);
        assertThat(events)
                .containsEntry(EventKind.CONNECTION, made.connections())
                .containsEntry(EventKind.MESSAGE, made.messages())
                .containsEntry(EventKind.REJECTION, made.rejections());
        assertThat(statistics.errors().values()).containsOnly(0L);
    }

    @Test
    void parse_isMeasuredWithTheOptionsOfTheLauncher() throws IOException {
        assertThat(Files.readString(Path.of("bin", "slash64"))).contains(String.join(" ", ParseSide.SHORT_RUN));
    }

    @Test
    void core_isTheFirstThatMayBeUsed() {
        assertThat(OneCore.first("Name:\tx\nCpus_allowed_list:\t2-3,8\n")).isEqualTo("2");
        assertThat(OneCore.first("Name:\tx\n")).isEmpty();
    }
}
