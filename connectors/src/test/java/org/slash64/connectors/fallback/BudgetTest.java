package org.slash64.connectors.fallback;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class BudgetTest {

    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");

    private final Budget budget = new Budget(6);

    private int use(Instant now) {
        int used = 0;
        while (budget.isLeft(now)) {
            budget.take();
            used++;
        }
        return used;
    }

    @Test
    void isLeft_aMinutesWorthAtOnce_andThenAsTimePasses() {
        assertThat(use(NOW)).isEqualTo(6);
        assertThat(use(NOW.plusSeconds(9))).isZero();
        assertThat(use(NOW.plusSeconds(10))).isEqualTo(1);
        assertThat(use(NOW.plusSeconds(40))).isEqualTo(3);
        assertThat(use(NOW.plusSeconds(4_000))).isEqualTo(6);
    }

    @Test
    void isLeft_clockSetBack_goesOn() {
        assertThat(use(NOW)).isEqualTo(6);
        assertThat(use(NOW.minusSeconds(3_600))).isZero();
        assertThat(use(NOW.minusSeconds(3_590))).isEqualTo(1);
    }
}
