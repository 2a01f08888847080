package org.slash64.topology.fallback;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.slash64.schemas.FallbackChange;
import org.slash64.schemas.FallbackSender;
import org.slash64.schemas.state.FallbackState;
import org.slash64.schemas.state.MailOutcome;

class SenderHistoryTest {

    private static final FallbackRules RULES = FallbackRules.defaults();
    private static final Instant START = Instant.parse("2026-11-16T08:00:00Z");
    private static final Duration HOUR = Duration.ofHours(1);
    private static final int ENOUGH = RULES.exemptAfter();

    private final FallbackState state = SenderHistory.none("2001:db8:1:2::/64");
    private final SenderHistory history = new SenderHistory(RULES, state);

    private FallbackSender apply(FallbackChange change, Duration at, Duration first, int tries) {
        history.apply(new MailOutcome(
                change, START.plus(at).toEpochMilli(), START.plus(first).toEpochMilli(), tries));
        return state.getSender();
    }

    @Test
    void apply_toldAndReturned_isCountedWithItsTime() {
        apply(FallbackChange.DEFERRED, Duration.ZERO, Duration.ZERO, 1);
        apply(FallbackChange.AGAIN, HOUR, Duration.ZERO, 2);
        FallbackSender sender = apply(FallbackChange.RETURNED, HOUR.plusSeconds(2), Duration.ZERO, 2);
        assertThat(sender.getTold()).isEqualTo(2);
        assertThat(sender.getDeferred()).isEqualTo(1);
        assertThat(sender.getReturned()).isEqualTo(1);
        assertThat(sender.getReturnTime()).isEqualTo(3_602_000);
        assertThat(sender.getFirstDeferred()).isEqualTo(START);
        assertThat(sender.getLastDeferred()).isEqualTo(START.plus(HOUR));
        assertThat(sender.getLastReturned()).isEqualTo(START.plus(HOUR).plusSeconds(2));
    }

    @Test
    void apply_manyReturns_haveTheQuickestAndTheMedianOfTheLast() {
        LongStream.rangeClosed(1, 100)
                .forEach(i -> apply(FallbackChange.RETURNED, Duration.ofSeconds(i), Duration.ZERO, 1));
        assertThat(state.getSender().getQuickestReturn()).isEqualTo(1_000);
        assertThat(state.getSender().getMedianReturn()).isEqualTo(88_000);
        assertThat(state.getReturnTimes()).hasSize(SenderHistory.MAX_RETURNS);
    }

    @Test
    void apply_toldInVainOftenAndLongEnough_isExempt() {
        assertThat(apply(FallbackChange.STAYED, HOUR, Duration.ZERO, ENOUGH).getExemptUntil())
                .isEqualTo(START.plus(HOUR).plus(RULES.exemptFor()));
    }

    @Test
    void apply_toldInVainByDifferentMails_addsUp() {
        apply(FallbackChange.STAYED, HOUR, Duration.ZERO, ENOUGH - 1);
        assertThat(state.getSender().getExemptUntil()).isNull();
        apply(FallbackChange.STAYED, HOUR.multipliedBy(2), HOUR, 1);
        assertThat(state.getSender().getExemptUntil()).isNotNull();
    }

    @Test
    void apply_toldInVainInAShortTime_isNotExempt() {
        assertThat(apply(FallbackChange.STAYED, RULES.exemptOver().minusSeconds(1), Duration.ZERO, 10 * ENOUGH)
                        .getExemptUntil())
                .isNull();
    }

    /** Spam robots never come again: they must not earn anything by it. */
    @Test
    void apply_gone_earnsNothing() {
        for (int i = 0; i < 100; i++) {
            apply(FallbackChange.GONE, HOUR.multipliedBy(i), HOUR.multipliedBy(i), 1);
        }
        assertThat(state.getSender().getGone()).isEqualTo(100);
        assertThat(state.getSender().getExemptUntil()).isNull();
    }

    @Test
    void apply_returned_isExemptNoLonger_andWhatWasInVainIsForgotten() {
        apply(FallbackChange.STAYED, HOUR, Duration.ZERO, ENOUGH);
        assertThat(apply(FallbackChange.RETURNED, HOUR.multipliedBy(2), HOUR, 1).getExemptUntil())
                .isNull();
        apply(FallbackChange.STAYED, HOUR.multipliedBy(4), HOUR.multipliedBy(3), ENOUGH - 1);
        apply(FallbackChange.RETURNED, HOUR.multipliedBy(5), HOUR.multipliedBy(4), 1);
        assertThat(apply(FallbackChange.STAYED, HOUR.multipliedBy(7), HOUR.multipliedBy(6), ENOUGH - 1)
                        .getExemptUntil())
                .isNull();
    }

    @Test
    void apply_stayedWhileAnotherMailReturned_isNotInVain() {
        apply(FallbackChange.RETURNED, HOUR, HOUR, 1);
        assertThat(apply(FallbackChange.STAYED, HOUR.multipliedBy(2), Duration.ZERO, ENOUGH)
                        .getExemptUntil())
                .isNull();
    }

    @Test
    void forgottenAt_isLongAfterTheLast421_andNotBeforeTheExemptionEnds() {
        apply(FallbackChange.DEFERRED, HOUR, HOUR, 1);
        assertThat(history.forgottenAt())
                .isEqualTo(START.plus(HOUR).plus(RULES.forgottenAfter()).toEpochMilli());
        apply(FallbackChange.STAYED, HOUR.multipliedBy(2), HOUR, ENOUGH);
        assertThat(history.forgottenAt())
                .isEqualTo(
                        START.plus(HOUR.multipliedBy(2)).plus(RULES.exemptFor()).toEpochMilli());
    }
}
