package org.slash64.topology.count;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slash64.schemas.AuthenticationOutcome;
import org.slash64.schemas.Counts;
import org.slash64.schemas.EventKind;
import org.slash64.schemas.FcrdnsResult;
import org.slash64.schemas.Outcome;
import org.slash64.schemas.SmtpEvent;
import org.slash64.schemas.SmtpVerdict;
import org.slash64.topology.Events;

class SumsTest {

    private static final Instant AT = Instant.parse("2026-11-16T08:00:00Z");

    private static Counts of(SmtpEvent event, FcrdnsResult fcrdns, Outcome outcome) {
        return Sums.of(Events.verdict(event, fcrdns, outcome));
    }

    @Test
    void of_connection_countsItAndItsConfirmedName() {
        SmtpEvent connection = Events.connection("2001:db8::1", AT);
        assertThat(of(connection, FcrdnsResult.PASS, Outcome.NEUTRAL))
                .isEqualTo(
                        Counts.newBuilder().setConnections(1).setFcrdnsPass(1).build());
        assertThat(of(connection, FcrdnsResult.TEMPERROR, Outcome.NEUTRAL))
                .isEqualTo(
                        Counts.newBuilder().setConnections(1).setTemperrors(1).build());
    }

    @Test
    void of_message_countsItsBytesWhereTheyAreKnown() {
        SmtpEvent message = Events.event(EventKind.MESSAGE, "2001:db8::1", AT);
        assertThat(of(message, FcrdnsResult.PASS, Outcome.GOOD))
                .isEqualTo(Counts.newBuilder().setMessages(1).setGood(1).build());
        message.setSize(7L);
        assertThat(of(message, FcrdnsResult.PASS, Outcome.GOOD).getBytes()).isEqualTo(7);
    }

    @Test
    void of_lateRejection_isBadAndLate() {
        SmtpEvent rejection = Events.rejection("2001:db8::1", AT, 550, "5.1.1", "no");
        rejection.setLate(true);
        assertThat(of(rejection, FcrdnsResult.FAIL, Outcome.BAD))
                .isEqualTo(Counts.newBuilder()
                        .setRejections(1)
                        .setBad(1)
                        .setLate(1)
                        .build());
    }

    @Test
    void of_rejectionThatSlash64Caused_isInNoOtherSum() {
        SmtpEvent rejection = Events.rejection("2001:db8::1", AT, 554, "5.7.1", "refused by slash64");
        assertThat(of(rejection, FcrdnsResult.TEMPERROR, Outcome.NEUTRAL))
                .isEqualTo(Counts.newBuilder().setOwnRejections(1).build());
        assertThat(Sums.events(of(rejection, FcrdnsResult.PASS, Outcome.NEUTRAL)))
                .isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"PASSED, 1, 0", "FAILED, 0, 1", "TEMPERROR, 0, 0", "NOT_KNOWN, 0, 0"})
    void of_authentication_countsWhatIsSettled(AuthenticationOutcome outcome, long passed, long failed) {
        SmtpVerdict verdict =
                Events.verdict(Events.event(EventKind.MESSAGE, "2001:db8::1", AT), FcrdnsResult.PASS, Outcome.NEUTRAL);
        verdict.setAuthentication(Events.authentication(outcome));
        assertThat(Sums.of(verdict).getAuthenticated()).isEqualTo(passed);
        assertThat(Sums.of(verdict).getUnauthenticated()).isEqualTo(failed);
    }

    @Test
    void add_addsEveryField() {
        Counts sum = new Counts(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 10L, 11L, 12L, 13L, 14L, 15L, 16L, 17L);
        Sums.add(
                sum,
                new Counts(
                        10L, 20L, 30L, 40L, 50L, 60L, 70L, 80L, 90L, 100L, 110L, 120L, 130L, 140L, 150L, 160L, 170L));
        assertThat(sum)
                .isEqualTo(new Counts(
                        11L, 22L, 33L, 44L, 55L, 66L, 77L, 88L, 99L, 110L, 121L, 132L, 143L, 154L, 165L, 176L, 187L));
    }

    @Test
    void allLate_marksEveryEventOnceAndChangesNothing() {
        Counts counts = new Counts(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 2L, 0L, 0L, 0L, 0L, 0L, 0L, 0L, 9L);
        assertThat(Sums.allLate(counts).getLate()).isEqualTo(15);
        assertThat(counts.getLate()).isEqualTo(2);
    }
}
