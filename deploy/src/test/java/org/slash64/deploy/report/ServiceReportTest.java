package org.slash64.deploy.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.slash64.connectors.fallback.FallbackStatistics;
import org.slash64.connectors.fallback.Ruling;
import org.slash64.connectors.milter.MilterStatistics;
import org.slash64.connectors.policy.PolicyStatistics;
import org.slash64.connectors.socket.ServerStatistics;

class ServiceReportTest {

    @Test
    void counts_thatAreZero_areLeftOut() {
        assertThat(ServiceReport.of(milter(0, 0))).isEqualTo("milter: 12,345 messages");
        assertThat(ServiceReport.of(milter(3, 2)))
                .isEqualTo("milter: 12,345 messages; 2 let pass undecided, 3 rejected");
        assertThat(ServiceReport.of(new PolicyStatistics(), 0)).isEqualTo("policy server: 0 requests");
        assertThat(ServiceReport.of(new PolicyStatistics(), 7))
                .isEqualTo("policy server: 0 requests; 7 connections refused");
    }

    @Test
    void fallback_tellsHowOftenItWasSaid_andWhatCameOfIt() {
        assertThat(ServiceReport.of(new FallbackStatistics(Map.of(), 0, 0, 0, Optional.empty(), 0, "closed", "")))
                .isEqualTo("421: 0 said");
        assertThat(ServiceReport.of(new FallbackStatistics(
                        Map.of(Ruling.TELL, 1_200L, Ruling.EXEMPT, 7L, Ruling.CAPPED, 3L),
                        9,
                        3,
                        40,
                        Optional.of(Duration.ofMillis(2_300)),
                        2,
                        "open",
                        "the pipeline reports no 421")))
                .isEqualTo("421: 1,200 said; 7 exempt, 3 told often enough; exempt now: 2; over IPv4 came 9 of"
                        + " 12 mails that came again (75%), median 2.3 s; 40 never came again; breaker open: the"
                        + " pipeline reports no 421");
    }

    private static MilterStatistics milter(long rejected, long failedOpen) {
        ServerStatistics connections = new ServerStatistics(1, 1, 0, 0, 0);
        return new MilterStatistics(connections, 12_345, 0, 12_000, 0, 0, rejected, 0, 0, failedOpen, 0, 0, 0, 0);
    }
}
