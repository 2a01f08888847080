package org.slash64.deploy.bench.dkim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slash64.deploy.bench.RoundTimes;
import org.slash64.deploy.bench.Workload;

class DkimBenchTest {

    @Test
    void verify_allSignaturesPassOnBothSides() throws Exception {
        new DkimBench(new RoundTimes()).verify();
    }

    @Test
    void workloads_rsaAloneCounts() {
        List<Workload> workloads = new DkimBench(new RoundTimes()).workloads();
        assertThat(workloads)
                .filteredOn(Workload::counts)
                .extracting(Workload::name)
                .containsExactly("RSA-2048");
        assertThat(workloads).hasSize(2);
    }

    @ParameterizedTest
    @EnumSource(KeyKind.class)
    void sample_otherKeys_failOnOurSide(KeyKind kind) {
        DkimSample sample = DkimSample.of(kind);
        String other = sample.records().values().iterator().next();
        sample.records().replaceAll((name, record) -> other);
        Slash64Dkim dkim = new Slash64Dkim(sample.records());
        long passed = sample.messages().stream()
                .filter(message -> dkim.passes(message.material()))
                .count();
        assertThat(passed).isEqualTo(DkimSample.MESSAGES / DkimSample.KEYS);
    }
}
