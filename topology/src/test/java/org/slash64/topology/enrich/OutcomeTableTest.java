package org.slash64.topology.enrich;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slash64.schemas.AuthenticationOutcome;
import org.slash64.schemas.EventKind;
import org.slash64.schemas.Outcome;
import org.slash64.schemas.SmtpEvent;
import org.slash64.topology.Events;

class OutcomeTableTest {

    private static final String CLIENT = "2001:db8::1";

    private static Outcome of(SmtpEvent event) {
        OutcomeTable.Row row = OutcomeTable.of(event, Optional.empty());
        assertThat(row.row()).isNotBlank();
        return row.outcome();
    }

    private static SmtpEvent rejection(int code, String status, String reason) {
        return Events.rejection(CLIENT, Instant.EPOCH, code, status, reason);
    }

    @ParameterizedTest
    @EnumSource(AuthenticationOutcome.class)
    void of_message_isGoodOnlyWhereItIsAuthenticated(AuthenticationOutcome authentication) {
        SmtpEvent message = Events.event(EventKind.MESSAGE, CLIENT, Instant.EPOCH);
        assertThat(OutcomeTable.of(message, Optional.of(Events.authentication(authentication)))
                        .outcome())
                .isEqualTo(authentication == AuthenticationOutcome.PASSED ? Outcome.GOOD : Outcome.NEUTRAL);
    }

    @Test
    void of_messageAboutWhichNothingIsKnown_isNeutral() {
        assertThat(of(Events.event(EventKind.MESSAGE, CLIENT, Instant.EPOCH))).isEqualTo(Outcome.NEUTRAL);
    }

    @Test
    void of_connection_isNeutral() {
        assertThat(of(Events.connection(CLIENT, Instant.EPOCH))).isEqualTo(Outcome.NEUTRAL);
    }

    @ParameterizedTest
    @CsvSource({
        "550, 5.1.1, BAD",
        "554, 5.7.1, BAD",
        "550, , BAD",
        "501, 5.5.2, BAD",
        "535, 5.7.8, BAD",
        "530, 5.7.0, NEUTRAL",
        "450, 4.2.0, NEUTRAL",
        "421, 4.7.0, NEUTRAL",
        "451, , NEUTRAL",
        "552, 5.2.2, NEUTRAL",
        "552, 5.3.4, NEUTRAL",
        "550, 5.2.1, NEUTRAL",
        "550, 5.20.1, BAD",
        "550, 5, BAD"
    })
    void of_rejection_goesByCodeAndStatus(int code, String status, Outcome outcome) {
        assertThat(of(rejection(code, status, "no"))).isEqualTo(outcome);
    }

    @ParameterizedTest
    @CsvSource({"5.7.1, BAD", "4.7.1, NEUTRAL", ", NEUTRAL"})
    void of_rejectionWithoutACode_goesByItsStatus(String status, Outcome outcome) {
        SmtpEvent event = rejection(550, status, "no");
        event.setReplyCode(null);
        assertThat(of(event)).isEqualTo(outcome);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Service unavailable; Client host [2001:db8::1] blocked using bl.example.com; listed by slash64: 2001:db8::1",
                "<unknown[2001:db8::1]>: Client host rejected: listed by slash64: 2001:db8::/64",
                "listed by slash64"
            })
    void of_ownRefusal_isNeutral(String reason) {
        assertThat(of(rejection(554, "5.7.1", reason))).isEqualTo(Outcome.NEUTRAL);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<slash64@example.com>: Recipient address rejected: User unknown in local recipient table",
                "<\"> slash64\"@example.com>: Recipient address rejected: User unknown in local recipient table",
                "<slash64>: Helo command rejected: need fully-qualified hostname",
                "Service unavailable; Helo command [slash64.example] blocked using dbl.example.com"
            })
    void of_refusalThatQuotesTheClientsWords_isBadAllTheSame(String reason) {
        assertThat(of(rejection(550, "5.1.1", reason))).isEqualTo(Outcome.BAD);
    }

    @Test
    void of_failedLoginByThatName_isBadAllTheSame() {
        SmtpEvent event = rejection(535, null, "SASL LOGIN authentication failed: no, sasl_username=slash64");
        event.setStage("AUTH");
        assertThat(of(event)).isEqualTo(Outcome.BAD);
    }
}
