package org.slash64.deploy.bench.latency;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.slash64.deploy.Slash64;
import org.slash64.deploy.bench.Histogram;
import org.slash64.deploy.bench.Latencies;
import org.slash64.deploy.bench.RoundTimes;
import org.slash64.schemas.EventKind;
import org.slash64.schemas.SmtpEvent;
import org.slash64.testkit.load.Mix;

class LatencyBenchTest {

    private static final Instant TIME = Instant.parse("2026-11-20T00:00:00Z");

    @Test
    void burst_isOneConnectionMoreThanTheLimitAllows_ofOneFreshClient() {
        Bursts bursts = new Bursts(Mix.standard().of(1_000, 100));
        Bursts.Burst first = bursts.next(TIME);
        Bursts.Burst second = bursts.next(TIME);
        assertThat(first.limit()).isEqualTo("2a04::/64 connections");
        assertThat(second.limit()).isEqualTo("2a04:0:1::/64 connections");
        assertThat(first.events())
                .hasSize(61)
                .allMatch(event -> event.getKind() == EventKind.CONNECTION)
                .allMatch(event -> event.getClient().equals("2a04::25"))
                .allMatch(event ->
                        event.getTime().equals(TIME) && event.getCountedAt().equals(TIME))
                .extracting(SmtpEvent::getId)
                .doesNotHaveDuplicates();
    }

    @Test
    void round_isAnHourDividedByThe99thPercentile_afterAWarmUp() throws Exception {
        List<Duration> sent = new ArrayList<>();
        List<String> found = new ArrayList<>();
        AtomicLong verdicts = new AtomicLong();
        RoundTimes times = new RoundTimes(Duration.ofSeconds(1), Duration.ofSeconds(2));
        LatencySide side = new LatencySide(
                time -> {
                    sent.add(time);
                    return new Latencies(8, time, 1_000_000, 1_500_000, 1_600_000);
                },
                () -> verdicts.getAndAdd(10),
                times,
                found::add);
        assertThat(side.round()).isEqualTo(2_400);
        assertThat(sent).containsExactly(times.warmUp(), times.time());
        assertThat(found).singleElement().asString().contains("8 limits", "p99 1,500,000 us", " events/s");
    }

    @Test
    void histogram_ofMilliseconds_goesBeyondASecond() {
        Histogram histogram = new Histogram(Duration.ofMillis(1));
        histogram.add(Duration.ofMillis(2_500).toNanos());
        histogram.add(Duration.ofDays(1).toNanos());
        assertThat(histogram.latencies(Duration.ofSeconds(1)))
                .extracting(Latencies::p50, Latencies::p99)
                .containsExactly(2_500_000L, 1_000_000_000L);
    }

    @Test
    void options_outOfBounds_areRefused() {
        assertRefused("--bursts: from 1 to 100", "--bursts", "0");
        assertRefused("--rate: from 1 to 1000000", "--rate", "0");
    }

    private static void assertRefused(String message, String... options) {
        StringWriter err = new StringWriter();
        List<String> arguments = new ArrayList<>(List.of("bench", "latency"));
        arguments.addAll(List.of(options));
        int code = Slash64.commandLine().setErr(new PrintWriter(err, true)).execute(arguments.toArray(String[]::new));
        assertThat(code).isEqualTo(2);
        assertThat(err.toString()).contains(message);
    }
}
