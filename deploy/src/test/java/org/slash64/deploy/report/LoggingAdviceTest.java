package org.slash64.deploy.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slash64.schemas.EventField;
import org.slash64.schemas.EventKind;
import org.slash64.schemas.SmtpEvent;

class LoggingAdviceTest {

    private final FieldCounts counts = new FieldCounts();

    private void messages(int number, EventField... seen) {
        SmtpEvent event = new SmtpEvent();
        event.setKind(EventKind.MESSAGE);
        event.setSeen(List.of(seen));
        event.setMissing(List.of());
        for (int i = 0; i < number; i++) {
            counts.add(event);
        }
    }

    private List<EventField> advised(String mta) {
        return LoggingAdvice.of(Map.of(mta, counts)).stream()
                .map(LoggingAdvice.Advice::field)
                .toList();
    }

    @Test
    void of_fieldThatFewEventsHave_saysWhatToSwitchOn() {
        messages(6, EventField.TLS_PROTOCOL);
        messages(4, EventField.HELO);
        assertThat(advised("postfix")).contains(EventField.HELO).doesNotContain(EventField.TLS_PROTOCOL);
    }

    @Test
    void of_fieldThatIsRare_saysItOnlyWhereNoEventHasIt() {
        messages(1_000);
        assertThat(advised("postfix")).contains(EventField.TLS_NAMES);
        messages(1, EventField.TLS_NAMES);
        assertThat(advised("postfix")).doesNotContain(EventField.TLS_NAMES);
    }

    @Test
    void of_serverThatLogsNoConnections_saysSo() {
        messages(1);
        assertThat(advised("exim")).contains(EventField.DURATION);
        assertThat(advised("postfix")).doesNotContain(EventField.COMMANDS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"postfix", "exim", "sendmail", "opensmtpd", "haraka"})
    void of_messagesWithoutVerdictsOfOthers_saysForEachServerWhereTheyComeFrom(String mta) {
        messages(10);
        assertThat(advised(mta)).contains(EventField.CLAIMS);
    }

    @Test
    void of_unknownServer_isNothing() {
        messages(1);
        assertThat(advised("other")).isEmpty();
    }
}
