package org.slash64.enrichers.dns;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import org.junit.jupiter.api.Test;

class RandomBitsTest {
    private final RandomBits random = new RandomBits();

    @Test
    void sixteen_drawnOften_coversTheWholeRange() {
        BitSet seen = new BitSet();
        for (int i = 0; i < 2_000_000; i++) { // e^-30 of the values are missed
            seen.set(random.sixteen());
        }
        assertThat(seen.cardinality()).isEqualTo(1 << 16);
        assertThat(seen.length()).isEqualTo(1 << 16);
    }

    @Test
    void below_drawnOften_coversTheBound() {
        BitSet seen = new BitSet();
        for (int i = 0; i < 10_000; i++) {
            seen.set(random.below(33));
        }
        assertThat(seen.cardinality()).isEqualTo(33);
        assertThat(seen.length()).isEqualTo(33);
    }

    @Test
    void one_drawnOften_isHalfOfTheTime() {
        int ones = 0;
        for (int i = 0; i < 100_000; i++) {
            ones += random.one() ? 1 : 0;
        }
        assertThat(ones).isBetween(48_000, 52_000); // twelve standard deviations
    }
}
