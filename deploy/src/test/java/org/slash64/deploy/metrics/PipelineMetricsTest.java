package org.slash64.deploy.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slash64.enrichers.dns.DnsClient;
import org.slash64.enrichers.dns.DnsOutcome;
import org.slash64.schemas.DeadLetter;
import org.slash64.topology.PipelineStatistics;

class PipelineMetricsTest {

    private final PipelineMetrics metrics = new PipelineMetrics(Clock.systemUTC());

    @AfterEach
    void close() {
        metrics.close();
    }

    @Test
    void scrape_givesCountsOfTheSteps() {
        PipelineStatistics statistics = new PipelineStatistics();
        metrics.watch(statistics);
        statistics.waiting(3);
        statistics.deadLetters().count(DeadLetter.of(new byte[0], "TOO_LONG", "too long"));
        assertThat(metrics.scrape().lines())
                .contains(
                        "slash64_events_kept 3.0",
                        "slash64_dead_letters_total{reason=\"too_long\"} 1.0",
                        "slash64_dead_letters_total{reason=\"not_avro\"} 0.0",
                        "slash64_events_total{kind=\"message\"} 0.0",
                        "# TYPE slash64_verdicts_total counter");
    }

    @Test
    void scrape_hasEverySeriesOnce() {
        metrics.watch(new PipelineStatistics());
        assertThat(metrics.scrape()
                        .lines()
                        .filter(line -> !line.startsWith("#"))
                        .map(line -> line.substring(0, line.lastIndexOf(' '))))
                .doesNotHaveDuplicates()
                .anyMatch(series -> series.startsWith("jvm_memory_used_bytes"))
                .anyMatch(series -> series.startsWith("process_cpu_usage"));
    }

    @Test
    void dnsObserver_timesAnswersByOutcome() {
        metrics.dnsObserver().answered(DnsOutcome.ANSWER, Duration.ofMillis(3).toNanos());
        metrics.dnsObserver().answered(DnsOutcome.TIMEOUT, Duration.ofSeconds(5).toNanos());
        assertThat(metrics.scrape().lines())
                .contains(
                        "slash64_dns_answer_seconds_bucket{outcome=\"answer\",le=\"0.001\"} 0",
                        "slash64_dns_answer_seconds_bucket{outcome=\"answer\",le=\"0.005\"} 1",
                        "slash64_dns_answer_seconds_count{outcome=\"timeout\"} 1",
                        "slash64_dns_answer_seconds_count{outcome=\"nxdomain\"} 0");
    }

    @Test
    void scrape_ofAClient_goesOnAsItCounts() {
        try (DnsClient client = new DnsClient(List.of(InetSocketAddress.createUnresolved("127.0.0.1", 9)))) {
            metrics.watch(client);
            assertThat(metrics.scrape().lines()).contains("slash64_dns_questions_total 0.0", "slash64_dns_open 0.0");
        }
    }
}
