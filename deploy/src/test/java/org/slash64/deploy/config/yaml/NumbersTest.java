package org.slash64.deploy.config.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NumbersTest {

    @Test
    void wholeNumber_takesUnderscoresAndItsEnds() {
        Scalar<Long> type = Numbers.wholeNumber(-5, 2_000_000);
        assertThat(type.parser().apply("2_000_000")).isEqualTo(2_000_000);
        assertThat(type.parser().apply("-5")).isEqualTo(-5);
        assertThat(type.parser().apply("0")).isZero();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> type.parser().apply("-6"))
                .withMessage("is too small");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> type.parser().apply("2000001"))
                .withMessage("is too large");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> type.parser().apply("9223372036854775808"))
                .withMessage("is out of range");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-", "1.5", "1e3", "0x10", "010", "_1", "1_", "+1", "1,000", "many", "٣", "--1"})
    void wholeNumber_elsewise_isNone(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Numbers.count(0, 10).parser().apply(text))
                .withMessage("is no whole number");
    }

    @Test
    void share_isADecimalFromNoughtToOne() {
        assertThat(Numbers.share().parser().apply("0.5")).isEqualTo(0.5);
        assertThat(Numbers.share().parser().apply("1")).isEqualTo(1);
        assertThat(Numbers.share().parser().apply("0")).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "1.1", "-0.1", "50%", "1e-3", "0.5.5", ".NaN", "NaN", "0x1p3", "0.5f"})
    void share_elsewise_isNone(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Numbers.share().parser().apply(text))
                .withMessage("is no such share");
    }
}
