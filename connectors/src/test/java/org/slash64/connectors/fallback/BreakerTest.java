package org.slash64.connectors.fallback;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.slash64.connectors.fallback.Breaker.State;

class BreakerTest {

    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
    private static final Duration PAUSE = Duration.ofHours(1);
    private static final Duration UNHEARD = Duration.ofMinutes(15);

    private final Breaker breaker = new Breaker(new BreakerSettings(0.5, 10, PAUSE, 3, UNHEARD));

    private void came(int times, boolean overIpv4, Instant now) {
        for (int i = 0; i < times; i++) {
            breaker.heard(now);
            breaker.cameAgain(overIpv4, now);
        }
    }

    /** How often it lets somebody be told. */
    private int tell(Instant now) {
        int told = 0;
        while (told < 100 && breaker.mayTell(now)) {
            breaker.tell(now);
            told++;
        }
        return told;
    }

    @Test
    void mayTell_beforeThereAreEnoughCases_isClosed() {
        came(9, false, NOW);
        assertThat(breaker.mayTell(NOW)).isTrue();
        assertThat(breaker.state()).isEqualTo(State.CLOSED);
    }

    @Test
    void mayTell_enoughComeOverIpv4_isClosed() {
        came(100, true, NOW);
        came(5, false, NOW);
        assertThat(breaker.mayTell(NOW)).isTrue();
    }

    @Test
    void mayTell_tooFewOfTheLastComeOverIpv4_isOpenForThePause() {
        came(100, true, NOW);
        came(6, false, NOW);
        assertThat(breaker.mayTell(NOW)).isFalse();
        assertThat(breaker.why()).isEqualTo("only 4 of the last 10 that came again came over IPv4");
        assertThat(breaker.mayTell(NOW.plus(PAUSE).minusMillis(1))).isFalse();
    }

    @Test
    void mayTell_afterThePause_aFewTrials_andTheirSuccessClosesIt() {
        came(10, false, NOW);
        Instant after = NOW.plus(PAUSE);
        assertThat(tell(after)).isEqualTo(3);
        assertThat(breaker.state()).isEqualTo(State.HALF_OPEN);
        came(3, true, after);
        assertThat(breaker.state()).isEqualTo(State.CLOSED);
        assertThat(breaker.why()).isEmpty();
        assertThat(tell(after)).isEqualTo(100);
    }

    @Test
    void mayTell_trialsFail_isOpenAgain() {
        came(10, false, NOW);
        Instant after = NOW.plus(PAUSE);
        tell(after);
        came(2, false, after);
        came(1, true, after);
        assertThat(breaker.state()).isEqualTo(State.OPEN);
        assertThat(breaker.mayTell(after.plus(PAUSE).minusMillis(1))).isFalse();
    }

    @Test
    void mayTell_ofTrialsNobodyCameAgain_givesNewOnes() {
        came(10, false, NOW);
        assertThat(tell(NOW.plus(PAUSE))).isEqualTo(3);
        breaker.heard(NOW.plus(PAUSE));
        assertThat(tell(NOW.plus(PAUSE))).isZero();
        assertThat(tell(NOW.plus(PAUSE.multipliedBy(2)))).isEqualTo(3);
    }

    @Test
    void cameAgain_whileOpen_saysNothing() {
        came(10, false, NOW);
        came(50, true, NOW);
        assertThat(breaker.state()).isEqualTo(State.OPEN);
    }

    @Test
    void mayTell_nothingWasHeardOfA421_isOpen_untilSomethingIsHeardOfATrial() {
        breaker.tell(NOW);
        breaker.tell(NOW.plusSeconds(600));
        assertThat(breaker.mayTell(NOW.plus(UNHEARD))).isTrue();
        Instant late = NOW.plus(UNHEARD).plusMillis(1);
        assertThat(breaker.mayTell(late)).isFalse();
        assertThat(breaker.why()).isEqualTo("the pipeline reports no 421");
        breaker.heard(late);
        assertThat(breaker.mayTell(late)).isFalse();
        assertThat(tell(late.plus(PAUSE))).isEqualTo(3);
        breaker.heard(late.plus(PAUSE));
        assertThat(breaker.state()).isEqualTo(State.CLOSED);
    }

    @Test
    void mayTell_heardInBetween_isClosed() {
        breaker.tell(NOW);
        breaker.heard(NOW.plusSeconds(600));
        breaker.tell(NOW.plusSeconds(700));
        assertThat(breaker.mayTell(NOW.plus(UNHEARD).plusSeconds(600))).isTrue();
    }
}
