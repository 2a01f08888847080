package org.slash64.deploy.bench.soak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

class FlatnessTest {

    @Test
    void of_risesAndFallsAgain_isFlat() {
        Flatness flat = Flatness.of("heap", List.of(100L, 180L, 900L, 900L, 190L, 110L), 20, 0);
        assertThat(flat).isEqualTo(new Flatness("heap", 100, 110, 120));
        assertThat(flat.isFlat()).isTrue();
    }

    @Test
    void of_neverFallsBack_isNotFlat() {
        assertThat(Flatness.of("heap", List.of(100L, 110L, 115L, 118L, 121L, 125L), 20, 0)
                        .isFlat())
                .isFalse();
    }

    @Test
    void of_absoluteAllowance_isAdded() {
        assertThat(Flatness.of("threads", List.of(50L, 52L, 54L), 0, 4).isFlat())
                .isTrue();
        assertThat(Flatness.of("threads", List.of(50L, 52L, 55L), 0, 4).isFlat())
                .isFalse();
    }

    @Test
    void of_tooFewSamples_isRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> Flatness.of("heap", List.of(1L, 2L), 0, 0));
    }
}
