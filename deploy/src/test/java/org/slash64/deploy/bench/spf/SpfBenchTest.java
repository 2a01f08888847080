package org.slash64.deploy.bench.spf;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slash64.deploy.bench.RoundTimes;
import org.slash64.enrichers.spf.SpfStatus;

class SpfBenchTest {

    @Test
    void verify_bothSidesSayTheSame() throws IOException {
        new SpfBench(new RoundTimes()).verify();
    }

    @ParameterizedTest
    @ValueSource(strings = {SpfSample.ONE_RECORD, SpfSample.THREE_INCLUDES})
    void sample_passesAboutHalfOfItsClients(String workload) {
        SpfSample sample = SpfSample.of(workload);
        Slash64Spf spf = new Slash64Spf(sample.records());
        Map<SpfStatus, Long> statuses = sample.cases().stream()
                .map(each -> spf.check(each).status())
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
        assertThat(statuses).containsOnlyKeys(SpfStatus.PASS, SpfStatus.SOFTFAIL);
        assertThat(statuses.get(SpfStatus.PASS)).isBetween(SpfSample.CASES * 4 / 10L, SpfSample.CASES * 6 / 10L);
    }

    @Test
    void sample_includes_areAsked() {
        SpfSample sample = SpfSample.of(SpfSample.THREE_INCLUDES);
        Slash64Spf spf = new Slash64Spf(sample.records());
        assertThat(sample.cases()).anyMatch(each -> spf.check(each).queries() == 4);
        assertThat(sample.cases().stream().map(SpfCase::client).distinct()).hasSize(SpfSample.CASES);
    }
}
