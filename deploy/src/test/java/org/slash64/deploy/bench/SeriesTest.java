package org.slash64.deploy.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

class SeriesTest {

    @Test
    void median_oddRounds_isTheMiddleOne() {
        assertThat(new Series(List.of(9.0, 1.0, 4.0)).median()).isEqualTo(4);
    }

    @Test
    void median_evenRounds_isBetweenTheTwoInTheMiddle() {
        assertThat(new Series(List.of(9.0, 1.0, 4.0, 5.0)).median()).isEqualTo(4.5);
    }

    @Test
    void minAndMax_areTheRange() {
        Series series = new Series(List.of(9.0, 1.0, 4.0));
        assertThat(series.min()).isEqualTo(1);
        assertThat(series.max()).isEqualTo(9);
    }

    @Test
    void noRounds_areRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Series(List.of()));
    }
}
