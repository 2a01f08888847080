package org.slash64.connectors.rspamd;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slash64.connectors.log.Arrival;
import org.slash64.connectors.log.LogLine;

class RspamdFormatTest {

    private static final Arrival ARRIVAL = new Arrival(Instant.parse("2026-11-16T12:00:00Z"), "mx");
    private final RspamdFormat format = new RspamdFormat(ZoneId.of("Europe/Berlin"));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-11-16 08:00:01 #1234(rspamd_proxy) <tag>; proxy; f: text",
                "2026-11-16 08:00:01 [info] #1234(rspamd_proxy) <tag>; proxy; f: text\r\n",
            })
    void parse_lineOfTheFile_isInTheZone(String line) {
        assertThat(format.parse(line, ARRIVAL))
                .contains(new LogLine(
                        Instant.parse("2026-11-16T07:00:01Z"),
                        "mx",
                        "rspamd",
                        1234,
                        "(rspamd_proxy) <tag>; proxy; f: text"));
    }

    @Test
    void parse_fraction_isKept() {
        LogLine line = (LogLine) format.parse("2026-11-16 08:00:01.123456 #1(normal) <>; x; f: y", ARRIVAL)
                .orElseThrow();
        assertThat(line.time()).isEqualTo(Instant.parse("2026-11-16T07:00:01.123456Z"));
        assertThat(new RspamdParser().parse(line).kind()).isNotNull();
    }

    @Test
    void parse_timeAhead_isTakenBack() {
        LogLine line = (LogLine) format.parse("2027-11-16 08:00:01 #1(normal) <a>; x; f: y", ARRIVAL)
                .orElseThrow();
        assertThat(line.time()).isEqualTo(Instant.parse("2026-11-16T12:10:00Z"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Nov 16 08:00:01 mx rspamd[1]: <a>; task; x: y",
                "2026-11-16T08:00:01Z mx rspamd[1]: <a>; task; x: y",
                "2026-11-16 08:00:01 mx rspamd[1]: <a>; task; x: y",
                "2026-11-16 08:00:01 1abcde-000001-AB <= a@example.org",
                "2026-11-16 08:00:01 #x(normal) <a>; task; x: y",
                "2026-11-16 08:00:01 #1",
                "2026-13-16 08:00:01 #1(normal) <a>; x; f: y",
            })
    void parse_lineOfAnotherFormat_isEmpty(String line) {
        assertThat(format.parse(line, ARRIVAL)).isEmpty();
    }
}
