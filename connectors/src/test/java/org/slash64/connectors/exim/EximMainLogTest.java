package org.slash64.connectors.exim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.slash64.connectors.log.Arrival;
import org.slash64.connectors.log.LineError;
import org.slash64.connectors.log.LogLine;
import org.slash64.connectors.log.ParsedLine;

class EximMainLogTest {

    private static final Arrival ARRIVAL = new Arrival(Instant.parse("2026-11-20T00:00:00Z"), "mx");

    private final EximMainLog format = new EximMainLog(ZoneId.of("Europe/Berlin"));

    private Optional<ParsedLine> parse(String line) {
        return format.parse(line, ARRIVAL);
    }

    private static LogLine line(String time, long pid, String message) {
        return new LogLine(Instant.parse(time), "mx", "exim", pid, message);
    }

    @Test
    void stamp_isInTheZoneOfTheLog() {
        assertThat(parse("2026-11-16 08:00:01 1rPxyz-0006JK-G9 Completed\r\n"))
                .contains(line("2026-11-16T07:00:01Z", -1, "1rPxyz-0006JK-G9 Completed"));
    }

    @Test
    void stamp_withFractionOffsetAndProcess() {
        assertThat(parse("2026-11-16 08:00:01.123 -0500 [1487] H=x [192.0.2.1] Warning: x"))
                .contains(line("2026-11-16T13:00:01.123Z", 1487, "H=x [192.0.2.1] Warning: x"));
    }

    @Test
    void stamp_thatIsNoTime() {
        assertThat(parse("2026-13-16 08:00:01 1rPxyz-0006JK-G9 Completed").orElseThrow())
                .isInstanceOf(LineError.class);
    }

    @Test
    void stamp_aheadOfArrival_isTakenBack() {
        ParsedLine line =
                parse("2027-11-16 08:00:01 1rPxyz-0006JK-G9 Completed").orElseThrow();
        assertEquals(Instant.parse("2026-11-20T00:10:00Z"), ((LogLine) line).time());
    }

    @Test
    void statementsWithoutProcessAndQueueId() {
        for (String statement : List.of(
                "SMTP connection from [192.0.2.1] lost",
                "H=[192.0.2.1]: x",
                "login authenticator failed for (x) [192.0.2.1]: 535 no",
                "no host name found for IP address 192.0.2.1",
                "exim 4.96 daemon started: pid=1",
                "Start queue run: pid=1",
                "rejected HELO from [192.0.2.1]: x",
                "Connection from [192.0.2.1] refused: x",
                "U=root F=<a@b> rejected RCPT <c@d>")) {
            assertThat(parse("2026-11-16 08:00:01 " + statement)).contains(line("2026-11-16T07:00:01Z", -1, statement));
        }
    }

    @Test
    void syslogLinesWithTheSameStamp_areLeftAlone() {
        for (String rest : List.of(
                "mx1.example.org exim[29786]: login authenticator failed for (x) [192.0.2.1]: 535 no",
                "mx postfix/smtpd[1]: connect from x[192.0.2.1]",
                "rejected sendmail[3]: x",
                "exim exim[3]: x",
                "exim kernel: x",
                "SMTP haraka: x",
                "info exim[8003]: [8003] SMTP protocol error")) {
            assertThat(parse("2026-11-16 08:00:01 " + rest)).isEmpty();
        }
    }

    @Test
    void otherLines_areLeftAlone() {
        for (String line :
                List.of("", "2026", "2026-11-16 08:00:01", "Nov 16 08:00:01 mx exim[1]: x", "2026-11-16T08:00:01 x")) {
            assertThat(parse(line)).isEmpty();
        }
    }
}
