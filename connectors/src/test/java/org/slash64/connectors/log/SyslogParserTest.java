package org.slash64.connectors.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slash64.connectors.log.LineError.Reason;

class SyslogParserTest {

    private static final Instant ARRIVAL = Instant.parse("2026-11-20T12:00:00Z");
    private final SyslogParser parser = new SyslogParser(ZoneOffset.UTC);

    private LogLine line(String text) {
        return (LogLine) parser.parse(text, ARRIVAL);
    }

    private Reason error(String text) {
        return ((LineError) parser.parse(text, ARRIVAL)).reason();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Nov 16 08:00:01 mx1 postfix/smtpd[123]: connect from a[192.0.2.1]",
                "<22>Nov 16 08:00:01 mx1 postfix/smtpd[123]: connect from a[192.0.2.1]",
                "Nov 16 2026 08:00:01 mx1.example.org postfix/smtpd[123]: connect from a[192.0.2.1]",
                "2026-11-16T08:00:01Z MX1.example.org postfix/smtpd[123]: connect from a[192.0.2.1]",
                "2026-11-16T09:00:01+01:00 mx1 postfix/smtpd[123]: connect from a[192.0.2.1]\r\n",
                "2026-11-16T03:30:01-0430 mx1 postfix/smtpd[123]: connect from a[192.0.2.1]\n",
                "2026-11-16 08:00:01 mx1 postfix/smtpd[123]: connect from a[192.0.2.1]",
                "<22>1 2026-11-16T08:00:01Z mx1 postfix/smtpd 123 - - connect from a[192.0.2.1]",
                "1 2026-11-16T08:00:01Z mx1 postfix/smtpd 123 - - \uFEFFconnect from a[192.0.2.1]",
                "2026-11-16T08:00:01Z mx1 postfix/smtpd 123 - - connect from a[192.0.2.1]",
                "<22>1 2026-11-16T08:00:01Z mx1.example.org postfix/smtpd 123 - -  connect from a[192.0.2.1]",
                "<22> Nov 16 08:00:01 mx1 postfix/smtpd[123]: connect from a[192.0.2.1]",
                "Nov 16 08:00:01 <mail.info> mx1 postfix/smtpd[123]: connect from a[192.0.2.1]",
                "Nov 16 2026 08:00:01.000 UTC mx1 postfix/smtpd[123]: connect from a[192.0.2.1]",
                "2026-11-16 08:00:01 mx1 postfix/smtpd[123] connect from a[192.0.2.1]",
                "\uFEFF<22>1 2026-11-16T08:00:01Z mx1 postfix/smtpd 123 ID7 [a b=\"x]\\\"\"][c] connect from a[192.0.2.1]",
            })
    void parse_everyFraming_isTheSameLine(String text) {
        assertThat(line(text))
                .isEqualTo(new LogLine(
                        Instant.parse("2026-11-16T08:00:01Z"),
                        "mx1",
                        "postfix/smtpd",
                        123,
                        "connect from a[192.0.2.1]"));
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-16T08:00:01.5Z,           2026-11-16T08:00:01.500Z",
        "2026-11-16T08:00:01.123456+00:00, 2026-11-16T08:00:01.123456Z",
        "'2026-11-16 08:00:01,042',        2026-11-16T08:00:01.042Z",
        "2026-11-16T08:00:01.1234567891Z,  2026-11-16T08:00:01.123456789Z",
        "Nov 16 08:00:01.25,               2026-11-16T08:00:01.250Z",
        "Nov  6 08:00:01,                  2026-11-06T08:00:01Z",
        "Nov 6 08:00:01,                   2026-11-06T08:00:01Z",
        "2016-12-31T23:59:60Z,             2017-01-01T00:00:00Z",
    })
    void parse_stamp_isRead(String stamp, Instant expected) {
        assertThat(line(stamp + " mx1 a[1]: b").time()).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "Nov 21 11:59:59, 2026-11-21T11:59:59Z", // within the slack of a day, then capped below
        "Nov 21 12:00:01, 2025-11-21T12:00:01Z",
        "Dec 31 23:59:59, 2025-12-31T23:59:59Z",
        "Jan  1 00:00:00, 2026-01-01T00:00:00Z",
        "Feb 29 10:00:00, 2024-02-29T10:00:00Z",
    })
    void parse_stampWithoutYear_takesLatestYearThatIsNotAhead(String stamp, Instant expected) {
        Instant capped = ARRIVAL.plus(SyslogParser.MAX_AHEAD);
        Instant seen = expected.isAfter(capped) ? capped : expected;
        assertThat(line(stamp + " mx1 a[1]: b").time()).isEqualTo(seen);
    }

    @Test
    void parse_onNewYearsDay_lastYearsLinesStayInLastYear() {
        Instant newYear = Instant.parse("2027-01-01T00:00:05Z");
        LogLine old = (LogLine) parser.parse("Dec 31 23:59:58 mx1 a[1]: b", newYear);
        assertThat(old.time()).isEqualTo(Instant.parse("2026-12-31T23:59:58Z"));
    }

    @Test
    void parse_timeAhead_isCappedToTenMinutesAfterArrival() {
        assertThat(line("2026-11-20T12:09:59Z mx1 a[1]: b").time()).isEqualTo(Instant.parse("2026-11-20T12:09:59Z"));
        assertThat(line("2031-11-20T12:00:00Z mx1 a[1]: b").time()).isEqualTo(ARRIVAL.plus(Duration.ofMinutes(10)));
    }

    @Test
    void parse_stampWithoutOffset_isInTheZoneOfTheLog() {
        SyslogParser berlin = new SyslogParser(ZoneId.of("Europe/Berlin"));
        assertThat(((LogLine) berlin.parse("Jul 16 08:00:01 mx1 a[1]: b", ARRIVAL)).time())
                .isEqualTo(Instant.parse("2026-07-16T06:00:01Z"));
        assertThat(((LogLine) berlin.parse("2026-11-16 08:00:01 mx1 a[1]: b", ARRIVAL)).time())
                .isEqualTo(Instant.parse("2026-11-16T07:00:01Z"));
    }

    @ParameterizedTest
    @CsvSource({
        "postfix/submission/smtpd[7]: x, postfix/submission/smtpd, 7, x",
        "kernel: usb 1-1,                kernel,                  -1, usb 1-1",
        "systemd[abc]: x,                systemd,                 -1, x",
        "app[99999999999999999999]: x,   app,                     -1, x",
        "app[no end,                      app,                     -1, no end",
        "[1]: x,                          '',                      -1, [1]: x",
        "mail:info sendmail[7]: x,        sendmail,                 7, x", // AIX
        "mail: info x,                    mail,                    -1, info x",
        "mail:nothing x,                  mail,                    -1, nothing x",
        "smtpd[7]: [ID 197553 mail.info] x, smtpd,                  7, x", // Solaris
        "smtpd[7]: [ID without end,       smtpd,                    7, [ID without end",
        "last message repeated 3 times,  '',                      -1, last message repeated 3 times",
        "a:,                             a,                       -1, ''",
    })
    void parse_tag_isSplit(String rest, String program, long pid, String message) {
        LogLine line = line("Nov 16 08:00:01 mx1 " + rest);
        assertThat(line.program()).isEqualTo(program);
        assertThat(line.pid()).isEqualTo(pid);
        assertThat(line.message()).isEqualTo(message);
    }

    @ParameterizedTest
    @CsvSource({"MX1.Example.ORG, mx1", "192.0.2.7, 192.0.2.7", "2001:DB8::1, 2001:db8::1", "-, localhost", ".odd, .odd"
    })
    void parse_host_isFirstLabelInLowerCase(String host, String expected) {
        assertThat(line("2026-11-16T08:00:01Z " + host + " a[1]: b").host()).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<22>Nov 16 08:00:01 a[1]: b",
                "2026-11-16T08:00:01Z a[1]: b",
                "<22>1 2026-11-16T08:00:01Z - a 1 - - b",
            })
    void parse_noHost_isThatOfTheArrival(String text) {
        assertThat(parser.parse(text, new Arrival(ARRIVAL, "mx9")))
                .isEqualTo(new LogLine(Instant.parse("2026-11-16T08:00:01Z"), "mx9", "a", 1, "b"));
    }

    @Test
    void parse_addressThatEndsInColons_isAHost() {
        assertThat(line("Nov 16 08:00:01 2001:db8:: a[1]: b").host()).isEqualTo("2001:db8::");
    }

    @Test
    void parse_processIdThatIsNoNumber_isNone() {
        LogLine line = line("<22>1 2026-11-16T08:00:01Z mx1 postfix/smtpd worker-1 - - b");
        assertThat(line.program()).isEqualTo("postfix/smtpd");
        assertThat(line.pid()).isEqualTo(LogLine.NO_PID);
        assertThat(line.message()).isEqualTo("b");
    }

    @ParameterizedTest
    @CsvSource(
            value = {
                "''|EMPTY",
                "'  '|EMPTY",
                "hello world|NO_SYSLOG_HEADER",
                "{\"a\":1}|NO_SYSLOG_HEADER",
                "Nov 16 08:00:01|BAD_TIMESTAMP",
                "Nov 31 08:00:01 mx1 a[1]: b|BAD_TIMESTAMP",
                "Nov 16 25:00:01 mx1 a[1]: b|BAD_TIMESTAMP",
                "2026-13-01T00:00:00Z mx1 a[1]: b|BAD_TIMESTAMP",
                "2026-02-29T00:00:00Z mx1 a[1]: b|BAD_TIMESTAMP",
                "2026-11-16T08:00:01+99:00 mx1 a[1]: b|BAD_TIMESTAMP",
                "1 2026-11-16T08:00:01Z mx1 a b c d e|NO_SYSLOG_HEADER",
                "<22>1 - mx1 a 1 - - b|NO_SYSLOG_HEADER",
                "<9999>Nov 16 08:00:01 mx1 a[1]: b|NO_SYSLOG_HEADER",
            },
            delimiter = '|')
    void parse_noHeader_tellsWhy(String text, Reason reason) {
        assertThat(error(text)).isEqualTo(reason);
    }

    @Test
    void parse_binary_isBinary() {
        byte[] bytes = new byte[500];
        new Random(1).nextBytes(bytes);
        bytes[0] = 0;
        assertThat(((LineError) parser.parse(bytes, ARRIVAL)).reason()).isEqualTo(Reason.BINARY);
    }

    @Test
    void parse_invalidUtf8_isReplacedAndNoError() {
        byte[] bytes = "Nov 16 08:00:01 mx1 a[1]: b\u00e9c".getBytes(StandardCharsets.ISO_8859_1);
        assertThat(((LogLine) parser.parse(bytes, ARRIVAL)).message()).isEqualTo("b\uFFFDc");
    }

    @Test
    void parse_lineBeyondTheLimit_isTooLong() {
        String start = "Nov 16 08:00:01 mx1 a[1]: ";
        String longest = start + "x".repeat(SyslogParser.MAX_LINE_BYTES - start.length());
        assertThat(parser.parse(longest.getBytes(StandardCharsets.UTF_8), ARRIVAL))
                .isInstanceOf(LogLine.class);
        assertThat(error(longest + "x")).isEqualTo(Reason.TOO_LONG);
    }

    @Test
    void parse_randomCutsAndFlips_neverThrows() {
        Random random = new Random(7);
        String[] seeds = {
            "<22>1 2026-11-16T08:00:01.1+01:00 mx1 postfix/smtpd 123 ID7 [a b=\"x]\\\"\"][c] connect",
            "<22>Nov 16 2026 08:00:01 mx1 postfix/smtpd[123]: connect from a[192.0.2.1]",
        };
        for (int i = 0; i < 20_000; i++) {
            byte[] line = seeds[i % 2].getBytes(StandardCharsets.UTF_8);
            line[random.nextInt(line.length)] = (byte) random.nextInt(256);
            line[random.nextInt(line.length)] = (byte) random.nextInt(256);
            byte[] cut = java.util.Arrays.copyOf(line, random.nextInt(line.length + 1));
            assertThat(parser.parse(cut, ARRIVAL)).isNotNull();
        }
    }
}
