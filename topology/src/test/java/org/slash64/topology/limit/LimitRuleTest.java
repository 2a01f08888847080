package org.slash64.topology.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slash64.schemas.Level;
import org.slash64.schemas.LimitAction;

class LimitRuleTest {

    private static LimitRule rule(Duration period, long maximum, long burst) {
        return new LimitRule(
                "r",
                List.of(Level.IPV6_64),
                Set.of(),
                LimitRule.Metric.MESSAGES,
                period,
                maximum,
                burst,
                LimitAction.DEFER);
    }

    @ParameterizedTest
    @CsvSource({"PT9.999S,1,0", "PT0S,1,0", "PT-1M,1,0", "PT1M,0,0", "PT1M,-1,0", "PT1M,1,-1"})
    void new_badArguments_areRefusedByName(Duration period, long maximum, long burst) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> rule(period, maximum, burst))
                .withMessageContaining("limit r:");
    }

    @ParameterizedTest
    @CsvSource({"PT10S,10", "PT1M,10", "PT10M,10", "PT10M1S,20", "PT1H,60", "P1D,1440"})
    void sliceMillis_cutsAPeriodIntoAtMostSixtySlices(Duration period, long seconds) {
        LimitRule rule = rule(period, 1, 0);
        assertThat(rule.sliceMillis()).isEqualTo(seconds * 1000);
        assertThat((double) period.toMillis() / rule.sliceMillis()).isLessThanOrEqualTo(LimitRule.MAX_SLICES);
    }

    @Test
    void defaults_haveNamesOfTheirOwn() {
        assertThat(LimitRule.defaults().stream().map(LimitRule::name).collect(Collectors.toSet()))
                .hasSameSizeAs(LimitRule.defaults());
    }
}
