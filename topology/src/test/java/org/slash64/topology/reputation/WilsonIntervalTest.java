package org.slash64.topology.reputation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WilsonIntervalTest {

    @Test
    void of_noOutcomes_saysNothing() {
        WilsonInterval none = WilsonInterval.of(0, 0);
        assertThat(none).isEqualTo(new WilsonInterval(0, 0.5, 1));
        assertThat(none.confidence()).isZero();
    }

    /** The first three by hand from the formula, the last two from Newcombe (1998), Statistics in Medicine 17:857-872, table I. */
    @ParameterizedTest
    @CsvSource({
        "1, 0, 0.2065, 1.0000",
        "20, 0, 0.8389, 1.0000",
        "0, 20, 0.0000, 0.1611",
        "81, 182, 0.2553, 0.3662",
        "1, 28, 0.0061, 0.1718"
    })
    void of_knownFigures(double good, double bad, double lower, double upper) {
        WilsonInterval interval = WilsonInterval.of(good, bad);
        assertThat(interval.lower()).isCloseTo(lower, within(0.0001));
        assertThat(interval.upper()).isCloseTo(upper, within(0.0001));
        assertThat(interval.confidence()).isCloseTo(1 - upper + lower, within(0.0002));
    }

    @Test
    void of_extremes_staysWithinZeroAndOne() {
        for (double good : new double[] {0, 1e-300, 1, 1e15}) {
            for (double bad : new double[] {0, 1e-300, 1, 1e15}) {
                WilsonInterval interval = WilsonInterval.of(good, bad);
                assertThat(interval.lower()).isBetween(0.0, interval.centre());
                assertThat(interval.upper()).isBetween(interval.centre(), 1.0);
            }
        }
    }
}
