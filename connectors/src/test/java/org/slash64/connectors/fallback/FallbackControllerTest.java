package org.slash64.connectors.fallback;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.slash64.connectors.answer.Ipv4Fallback;
import org.slash64.schemas.Address;
import org.slash64.schemas.FallbackChange;
import org.slash64.schemas.FallbackSender;
import org.slash64.schemas.Topics;

class FallbackControllerTest {

    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
    private static final Duration STALE = Duration.ofMinutes(5);
    private static final Address CLIENT = Address.parse("2001:db8:1:2::25").orElseThrow();
    private static final Address NEIGHBOUR = Address.parse("2001:db8:1:2::26").orElseThrow();
    private static final Address OTHER = Address.parse("2001:db8:1:3::25").orElseThrow();
    private static final Optional<String> FROM = Optional.of("a@example.org");
    private static final String NETWORK = "2001:db8:1:2::/64";

    private final FallbackController controller = controller(FallbackSettings.defaults());

    private static FallbackController controller(FallbackSettings settings) {
        FallbackController controller = new FallbackController(settings, STALE, Clock.fixed(NOW, ZoneOffset.UTC));
        controller.caughtUp(NOW);
        return controller;
    }

    private static FallbackSender sender(FallbackChange change) {
        return FallbackSender.newBuilder()
                .setNetwork(NETWORK)
                .setTold(3)
                .setDeferred(1)
                .setReturned(0)
                .setStayed(0)
                .setGone(0)
                .setFirstDeferred(NOW)
                .setLastDeferred(NOW)
                .setChange(change)
                .build();
    }

    private static FallbackSender exempt(Instant until) {
        FallbackSender sender = sender(FallbackChange.STAYED);
        sender.setExemptUntil(until);
        return sender;
    }

    private static FallbackSender returned() {
        FallbackSender sender = sender(FallbackChange.RETURNED);
        sender.setLastReturned(NOW);
        sender.setReturnTime(2_000L);
        return sender;
    }

    private void take(FallbackSender sender) {
        controller.take(Topics.FALLBACK_SENDERS.name(), NETWORK, sender);
    }

    private static int told(Ipv4Fallback fallback, Address client, Optional<String> from, Instant now) {
        int told = 0;
        while (told < 1_000 && fallback.mayTell(client, from, now)) {
            told++;
        }
        return told;
    }

    private Map<Ruling, Long> rulings() {
        return controller.statistics().rulings();
    }

    @Test
    void mayTell_oneSender_isToldSoOften_whateverItsAddress() {
        assertThat(told(controller, CLIENT, FROM, NOW)).isEqualTo(3);
        assertThat(controller.mayTell(NEIGHBOUR, Optional.of("b@example.org"), NOW))
                .isFalse();
        assertThat(controller.mayTell(OTHER, FROM, NOW)).isTrue();
        assertThat(rulings()).isEqualTo(Map.of(Ruling.TELL, 4L, Ruling.CAPPED, 2L));
    }

    @Test
    void mayTell_oneThatComesOverIpv4_isToldForEachEnvelopeSender() {
        take(returned());
        assertThat(told(controller, CLIENT, FROM, NOW)).isEqualTo(3);
        assertThat(told(controller, CLIENT, Optional.of("b@example.org"), NOW)).isEqualTo(3);
    }

    @Test
    void mayTell_exempt_isNotTold_untilThatEnds() {
        take(exempt(NOW.plusSeconds(60)));
        assertThat(controller.mayTell(NEIGHBOUR, FROM, NOW)).isFalse();
        assertThat(controller.mayTell(OTHER, FROM, NOW)).as("another network").isTrue();
        assertThat(rulings()).containsEntry(Ruling.EXEMPT, 1L);
        Instant later = NOW.plusSeconds(61).plus(KnownSenders.SLACK);
        controller.caughtUp(later);
        assertThat(controller.mayTell(CLIENT, FROM, later)).isTrue();
    }

    @Test
    void take_tombstoneOrReturn_endsTheExemption() {
        take(exempt(NOW.plusSeconds(60)));
        take(null);
        assertThat(controller.mayTell(CLIENT, FROM, NOW)).isTrue();
        take(exempt(NOW.plusSeconds(60)));
        take(returned());
        assertThat(controller.mayTell(CLIENT, FROM, NOW)).isTrue();
    }

    @Test
    void mayTell_sendersNotKnown_orTooLongAgo_isNotSaid() {
        FallbackController fresh =
                new FallbackController(FallbackSettings.defaults(), STALE, Clock.fixed(NOW, ZoneOffset.UTC));
        assertThat(fresh.mayTell(CLIENT, FROM, NOW)).isFalse();
        assertThat(fresh.statistics().rulings()).containsEntry(Ruling.NOT_KNOWN, 1L);
        assertThat(controller.mayTell(CLIENT, FROM, NOW.plus(STALE))).isTrue();
        assertThat(controller.mayTell(CLIENT, FROM, NOW.plus(STALE).plusMillis(1)))
                .isFalse();
    }

    @Test
    void mayTell_overTheBudget_isNotSaid() {
        FallbackController small =
                controller(new FallbackSettings(100, Duration.ofDays(1), 5, BreakerSettings.defaults()));
        assertThat(told(small, CLIENT, FROM, NOW)).isEqualTo(5);
        assertThat(small.mayTell(OTHER, FROM, NOW)).isFalse();
        assertThat(small.statistics().rulings()).containsEntry(Ruling.OVER_BUDGET, 2L);
    }

    @Test
    void mayTell_whenFewComeOverIpv4_theBreakerHolds_andSaysWhy() {
        for (int i = 0; i < BreakerSettings.defaults().cases(); i++) {
            take(sender(FallbackChange.STAYED));
        }
        assertThat(controller.mayTell(OTHER, FROM, NOW)).isFalse();
        assertThat(rulings()).containsEntry(Ruling.BREAKER_OPEN, 1L);
        assertThat(controller.statistics().breaker()).isEqualTo("open");
        assertThat(controller.statistics().why()).startsWith("only 0 of the last 20");
    }

    /** Most who send unauthenticated mail are spam robots, which never come again. */
    @Test
    void mayTell_whenMostNeverComeAgain_itGoesOn() {
        for (int i = 0; i < 1_000; i++) {
            take(sender(FallbackChange.GONE));
        }
        assertThat(controller.mayTell(OTHER, FROM, NOW)).isTrue();
    }

    @Test
    void statistics_countWhatIsNews_notWhatWasThereBefore() {
        FallbackController fresh =
                new FallbackController(FallbackSettings.defaults(), STALE, Clock.fixed(NOW, ZoneOffset.UTC));
        fresh.take(Topics.FALLBACK_SENDERS.name(), NETWORK, returned());
        fresh.caughtUp(NOW);
        assertThat(fresh.statistics().returned()).isZero();
        fresh.take(Topics.FALLBACK_SENDERS.name(), NETWORK, returned());
        fresh.take(Topics.FALLBACK_SENDERS.name(), NETWORK, sender(FallbackChange.GONE));
        fresh.take(Topics.FALLBACK_SENDERS.name(), NETWORK, exempt(NOW.plusSeconds(60)));
        fresh.take(Topics.FALLBACK_SENDERS.name(), "no prefix", sender(FallbackChange.DEFERRED));
        fresh.take(Topics.FALLBACK_SENDERS.name(), null, null);
        assertThat(fresh.statistics())
                .isEqualTo(
                        new FallbackStatistics(Map.of(), 1, 1, 1, Optional.of(Duration.ofSeconds(2)), 1, "closed", ""));
    }

    @Test
    void rehearsal_saysTheSame_andNothingFollowsFromIt() {
        Ipv4Fallback rehearsal = controller.rehearsal();
        assertThat(told(rehearsal, CLIENT, FROM, NOW)).isEqualTo(1_000);
        assertThat(rulings()).isEmpty();
        assertThat(told(controller, CLIENT, FROM, NOW)).isEqualTo(3);
        assertThat(rehearsal.mayTell(CLIENT, FROM, NOW)).isFalse();
        take(exempt(NOW.plusSeconds(60)));
        assertThat(rehearsal.mayTell(NEIGHBOUR, FROM, NOW)).isFalse();
    }
}
