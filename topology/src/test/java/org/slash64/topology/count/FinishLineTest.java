package org.slash64.topology.count;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FinishLineTest {

    private static final long WALL = 1_800_000_000_000L;

    private final FinishLine line = new FinishLine(Long.MIN_VALUE);

    private void tell(int source, long time, boolean idle) {
        line.observe(source, new SourceClock.Reading(time, idle));
    }

    @Test
    void advance_withoutSources_staysWhereItWas() {
        FinishLine restored = new FinishLine(500_000);
        assertThat(restored.advance(WALL)).isFalse();
        assertThat(restored.advance(WALL + 10_000)).isFalse();
        assertThat(restored.finished()).isEqualTo(500_000);
    }

    @Test
    void advance_movesOnlyAfterTheClocksHaveStoodThere() {
        tell(0, 100_000, false);
        assertThat(line.advance(WALL)).isFalse();
        assertThat(line.advance(WALL + 2_999)).isFalse();
        assertThat(line.advance(WALL + 3_000)).isTrue();
        assertThat(line.finished()).isEqualTo(100_000);
        assertThat(line.advance(WALL + 9_000)).as("nothing new").isFalse();
    }

    @Test
    void advance_slowestSourceCounts() {
        tell(0, 900_000, false);
        tell(1, 100_000, false);
        line.advance(WALL);
        line.advance(WALL + 3_000);
        assertThat(line.finished()).isEqualTo(100_000);
    }

    @Test
    void advance_slowSourceHeardOfLate_getsItsTurn() {
        tell(0, 900_000, false);
        line.advance(WALL);
        tell(1, 100_000, false);
        line.advance(WALL + 1_000);
        line.advance(WALL + 3_000);
        assertThat(line.finished()).isEqualTo(100_000);
    }

    @Test
    void advance_idleSource_holdsNobodyBack() {
        tell(0, 900_000, false);
        tell(1, 100_000, true);
        line.advance(WALL);
        line.advance(WALL + 3_000);
        assertThat(line.finished()).isEqualTo(900_000);
    }

    @Test
    void advance_allIdle_furthestCounts() {
        tell(0, 900_000, true);
        tell(1, 100_000, true);
        line.advance(WALL);
        line.advance(WALL + 3_000);
        assertThat(line.finished()).isEqualTo(900_000);
    }

    @Test
    void advance_clockThatGoesBack_doesNotTurnTheLineBack() {
        tell(0, 900_000, false);
        line.advance(WALL);
        line.advance(WALL + 3_000);
        tell(0, 100_000, false);
        assertThat(line.advance(WALL + 4_000)).isFalse();
        assertThat(line.advance(WALL + 8_000)).isFalse();
        assertThat(line.finished()).isEqualTo(900_000);
    }
}
