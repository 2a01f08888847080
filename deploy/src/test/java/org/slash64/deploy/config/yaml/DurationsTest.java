package org.slash64.deploy.config.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {

    @ParameterizedTest
    @CsvSource({"500ms, PT0.5S", "90s, PT90S", "10m, PT10M", "24h, PT24H", "30d, P30D", "0s, PT0S", "P1DT12H, PT36H"})
    void parse_readsUnitsAndIso(String text, Duration expected) {
        assertThat(Durations.parse(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "10",
                "m",
                "10 m",
                "1.5h",
                "-5m",
                "10M",
                "1h30m",
                "10y",
                "٣m",
                "P",
                "PT",
                "P1M",
                "1000000000000d",
                "99999999999999999999s",
                "PT99999999999999999999S",
                "P999999999999D",
                "PT-",
                "pt10m"
            })
    void parse_elsewise_saysWhatADurationIs(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Durations.parse(text))
                .withMessageContaining("no duration such as");
    }

    @Test
    void between_takesItsEndsAndNothingBeyond() {
        Scalar<Duration> type = Durations.between(Duration.ofSeconds(10), Duration.ofDays(30));
        assertThat(type.name()).isEqualTo("duration from 10s to 30d");
        assertThat(type.parser().apply("10s")).isEqualTo(Duration.ofSeconds(10));
        assertThat(type.parser().apply("30d")).isEqualTo(Duration.ofDays(30));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> type.parser().apply("9s"))
                .withMessage("is too short");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> type.parser().apply("31d"))
                .withMessage("is too long");
    }

    @Test
    void multiplesOf_refusesARest() {
        Scalar<Duration> type = Durations.multiplesOf(Duration.ofSeconds(10), Duration.ofDays(1));
        assertThat(type.parser().apply("90s")).isEqualTo(Duration.ofSeconds(90));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> type.parser().apply("95s"))
                .withMessage("is no multiple of 10s");
    }

    @ParameterizedTest
    @CsvSource({"PT90M, 90m", "PT24H, 1d", "PT1.5S, 1500ms", "PT0S, 0s", "PT1S, 1s"})
    void print_takesTheLargestUnitWithoutRest(Duration duration, String expected) {
        assertThat(Durations.print(duration)).isEqualTo(expected);
        assertThat(Durations.parse(expected)).isEqualTo(duration);
    }
}
