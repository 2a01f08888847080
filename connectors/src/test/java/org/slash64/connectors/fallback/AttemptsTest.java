package org.slash64.connectors.fallback;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.slash64.connectors.fallback.Attempts.Sender;
import org.slash64.schemas.Prefix;

class AttemptsTest {

    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
    private static final Duration DAY = Duration.ofDays(1);
    private static final Sender SENDER = sender("2001:db8:1:2::/64");

    private final Attempts attempts = new Attempts(3, DAY);

    private static Sender sender(String network) {
        return new Sender(Prefix.parse(network).orElseThrow(), "");
    }

    @Test
    void mayTell_untilToldOftenEnough_andAgainAfterTheWindow() {
        for (int i = 0; i < 3; i++) {
            assertThat(attempts.mayTell(SENDER, NOW.plusSeconds(i))).isTrue();
            attempts.tell(SENDER, NOW.plusSeconds(i));
        }
        assertThat(attempts.mayTell(SENDER, NOW.plusSeconds(3))).isFalse();
        assertThat(attempts.mayTell(sender("2001:db8:1:3::/64"), NOW)).isTrue();
        assertThat(attempts.mayTell(SENDER, NOW.plus(DAY).minusMillis(1))).isFalse();
        assertThat(attempts.mayTell(SENDER, NOW.plus(DAY))).isTrue();
        assertThat(attempts.senders()).isZero();
    }

    /** A flood must not have anybody told again too soon. */
    @Test
    void mayTell_whenFull_onlyThoseWhoAreKnown() {
        attempts.tell(SENDER, NOW);
        for (int i = 1; i < Attempts.MAX_SENDERS; i++) {
            attempts.tell(sender("2001:db8:%x:%x::/64".formatted(i >> 16 | 0x100, i & 0xffff)), NOW);
        }
        assertThat(attempts.mayTell(sender("2001:db8:9:9::/64"), NOW)).isFalse();
        assertThat(attempts.mayTell(SENDER, NOW)).isTrue();
        assertThat(attempts.mayTell(sender("2001:db8:9:9::/64"), NOW.plus(DAY))).isTrue();
    }

    @Test
    void sender_longerThanAnyAddress_isCut() {
        Prefix network = Prefix.parse("2001:db8:1:2::/64").orElseThrow();
        assertThat(new Sender(network, "a".repeat(5_000)).mailFrom()).hasSize(Attempts.MAX_MAIL_FROM);
    }
}
