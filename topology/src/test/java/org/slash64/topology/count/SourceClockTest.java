package org.slash64.topology.count;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class SourceClockTest {

    private static final long LATENESS = 60_000;
    private static final long WALL = 1_800_000_000_000L;

    private final SourceClock clock = new SourceClock(Duration.ofMillis(LATENESS));

    private long time(long now) {
        return clock.read(now).orElseThrow().time();
    }

    private boolean idle(long now) {
        return clock.read(now).orElseThrow().idle();
    }

    @Test
    void read_beforeTheFirstVerdict_isEmpty() {
        assertThat(clock.read(WALL)).isEmpty();
    }

    @Test
    void read_whileVerdictsFlow_isThePromiseOnABucketsBoundary() {
        clock.observe(1_000_000, 123_456, WALL);
        assertThat(time(WALL + 4_999)).isEqualTo(120_000);
        assertThat(idle(WALL + 4_999)).isFalse();
    }

    @Test
    void observe_olderVerdict_doesNotTurnTheClockBack() {
        clock.observe(1_000_000, 900_000, WALL);
        clock.observe(500_000, 400_000, WALL);
        assertThat(time(WALL)).isEqualTo(900_000);
        assertThat(clock.latest()).isEqualTo(1_000_000);
    }

    @Test
    void read_silentForFiveSeconds_isIdleAndLeavesLatenessOnly() {
        clock.observe(1_000_000, 123_456, WALL);
        assertThat(idle(WALL + 5_000)).isTrue();
        assertThat(time(WALL + 5_000)).isEqualTo(940_000);
        assertThat(time(WALL + 15_000)).isEqualTo(940_000);
    }

    @Test
    void read_silentForLonger_goesOnByWallTime() {
        clock.observe(1_000_000, 123_456, WALL);
        assertThat(time(WALL + 25_000)).isEqualTo(950_000);
        assertThat(time(WALL + 15_000 + 3_600_000)).isEqualTo(940_000 + 3_600_000);
    }

    @Test
    void restore_saysNothingUntilAVerdictOrSilence() {
        clock.restore(1_000_000, WALL);
        assertThat(clock.read(WALL + 4_999)).isEmpty();
        assertThat(time(WALL + 5_000)).isEqualTo(940_000);
        clock.observe(1_020_000, 960_000, WALL + 6_000);
        assertThat(time(WALL + 6_000)).isEqualTo(960_000);
    }

    @Test
    void readWaiting_oneHostIsFarAhead_isThePromiseAlone() {
        clock.observe(1_000_000, 123_456, WALL);
        assertThat(clock.readWaiting()).isEqualTo(new SourceClock.Reading(120_000, false));
    }

    @Test
    void readWaiting_afterAStart_isWhatTheEarlierRunCameToUntilSomethingIsPromised() {
        assertThat(clock.readWaiting().time()).isEqualTo(Long.MIN_VALUE);
        clock.restore(1_000_000, WALL);
        assertThat(clock.readWaiting().time()).isEqualTo(940_000);
        clock.observe(1_020_000, 960_000, WALL);
        assertThat(clock.readWaiting().time()).isEqualTo(960_000);
    }
}
