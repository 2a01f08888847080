package org.slash64.deploy.bench.soak;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.slash64.schemas.Counts;
import org.slash64.schemas.EventKind;
import org.slash64.schemas.FcrdnsResult;
import org.slash64.schemas.FcrdnsVerdict;
import org.slash64.schemas.Outcome;
import org.slash64.schemas.PrefixCount;
import org.slash64.schemas.SmtpEvent;
import org.slash64.schemas.SmtpVerdict;
import org.slash64.testkit.load.LoadEvents;
import org.slash64.testkit.load.LoadZone;
import org.slash64.testkit.load.Mix;

class WindowRecountTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Instant NOON = Instant.parse("2026-11-16T12:00:00Z");
    private static final Instant WRITTEN = NOON.plusSeconds(30);
    private static final String CLIENT = "2001:db8:1:2::25";
    private static final List<String> LEVELS = List.of("2001:db8:1:2::/64", "2001:db8:1::/56", "2001:db8:1::/48");

    private final LoadEvents events = new LoadEvents(new LoadZone(Mix.standard().of(10, 10)));
    private final WindowRecount recount = new WindowRecount(List.of(MINUTE));

    private SmtpVerdict connection(Instant counted) {
        SmtpEvent event = events.next();
        while (event.getKind() != EventKind.CONNECTION) {
            event = events.next();
        }
        event.setClient(CLIENT);
        event.setCountedAt(counted);
        return new SmtpVerdict(
                event,
                new FcrdnsVerdict(FcrdnsResult.NONE, List.of(), List.of(), "", List.of(), false),
                null,
                Outcome.NEUTRAL,
                "",
                List.of(),
                null,
                null,
                List.of(),
                0,
                List.of(),
                null);
    }

    private void publish(Instant start, long connections, long late, boolean closed) {
        LEVELS.forEach(prefix -> publish(prefix, start, connections, late, closed));
    }

    private void publish(String prefix, Instant start, long connections, long late, boolean closed) {
        Counts counts =
                Counts.newBuilder().setConnections(connections).setLate(late).build();
        recount.take(new PrefixCount(prefix, MINUTE.toString(), start, start.plus(MINUTE), counts, 1L, 1L, closed));
    }

    private void takeTwo() {
        recount.take(connection(NOON), WRITTEN);
        recount.take(connection(NOON.plusSeconds(20)), WRITTEN);
    }

    @Test
    void windows_lastPublishedSumsAreTheRecount_balance() {
        takeTwo();
        publish(NOON, 1, 0, false);
        publish(NOON, 2, 0, true);
        assertThat(recount.windows()).isEqualTo(new Account("windows", 3, 3, 0, 0));
        assertThat(recount.series().expected()).isZero();
        assertThat(recount.closed()).isEqualTo(3);
    }

    @Test
    void windows_anEventIsLost_doNotBalance() {
        takeTwo();
        publish(NOON, 1, 0, true);
        assertThat(recount.windows().missing()).isEqualTo(3);
    }

    @Test
    void windows_anEventIsCountedTwice_doNotBalance() {
        takeTwo();
        publish(NOON, 3, 0, true);
        assertThat(recount.windows().unaccounted()).isEqualTo(3);
    }

    @Test
    void windows_aWholeWindowIsLost_doNotBalance() {
        takeTwo();
        assertThat(recount.windows()).isEqualTo(new Account("windows", 3, 0, 3, 0));
    }

    @Test
    void windows_ofNoEvent_areSurplus() {
        publish(NOON, 1, 0, true);
        assertThat(recount.windows()).isEqualTo(new Account("windows", 0, 3, 0, 3));
    }

    @Test
    void windows_closedTwiceOrChangedAfterClosing_areSurplus() {
        takeTwo();
        publish(NOON, 2, 0, true);
        publish(LEVELS.get(0), NOON, 2, 0, true);
        publish(LEVELS.get(1), NOON, 2, 0, false);
        assertThat(recount.windows().surplus()).isEqualTo(2);
    }

    @Test
    void series_anEventCountsLateInALaterWindow_balance() {
        takeTwo();
        publish(NOON, 1, 0, true);
        publish(NOON.plus(MINUTE), 1, 1, true);
        assertThat(recount.windows().expected()).isZero();
        assertThat(recount.series()).isEqualTo(new Account("sums of prefixes with late events", 3, 3, 0, 0));
    }

    @Test
    void series_aLateEventIsLostOrCountedTwice_doNotBalance() {
        takeTwo();
        publish(NOON.plus(MINUTE), 1, 1, true);
        assertThat(recount.series().missing()).isEqualTo(3);
        publish(NOON.plus(MINUTE), 3, 1, true);
        assertThat(recount.series().missing()).isEqualTo(3);
    }

    @Test
    void series_anEventTooFarAheadToBeBelieved_countsAtAnotherTime() {
        recount.take(connection(NOON.plus(Duration.ofDays(30))), WRITTEN);
        publish(NOON.plus(Duration.ofMinutes(10)), 1, 0, true);
        assertThat(recount.windows().expected()).isZero();
        assertThat(recount.series().unaccounted()).isZero();
    }

    @Test
    void take_exempt_isNotCounted() {
        SmtpVerdict exempt = connection(NOON);
        exempt.setExempt("own network");
        recount.take(exempt, WRITTEN);
        assertThat(recount.windows().expected()).isZero();
    }
}
