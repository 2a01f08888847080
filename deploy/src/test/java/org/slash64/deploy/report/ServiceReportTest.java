package org.slash64.deploy.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
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

    private static MilterStatistics milter(long rejected, long failedOpen) {
        ServerStatistics connections = new ServerStatistics(1, 1, 0, 0, 0);
        return new MilterStatistics(connections, 12_345, 0, 12_000, 0, 0, rejected, 0, 0, failedOpen, 0, 0, 0, 0);
    }
}
