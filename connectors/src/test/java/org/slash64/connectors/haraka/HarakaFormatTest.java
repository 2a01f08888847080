package org.slash64.connectors.haraka;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slash64.connectors.log.Arrival;
import org.slash64.connectors.log.LogLine;

class HarakaFormatTest {

    private static final Arrival ARRIVAL = new Arrival(Instant.parse("2026-11-16T12:00:00Z"), "mx");
    private final HarakaFormat format = new HarakaFormat();

    @ParameterizedTest
    @ValueSource(strings = {"[NOTICE] [-] [core] text", "level=NOTICE uuid=- origin=core message=text"})
    void parse_lineWithoutTime_hasThatOfItsArrival(String line) {
        assertThat(format.parse(line + "\n", ARRIVAL))
                .contains(new LogLine(ARRIVAL.time(), "mx", "haraka", LogLine.NO_PID, line));
    }

    @Test
    void parse_lineWithTime_hasIt() {
        assertThat(format.parse("2026-11-16T08:00:01.123Z [INFO] [-] [core] x", ARRIVAL))
                .contains(new LogLine(
                        Instant.parse("2026-11-16T08:00:01.123Z"),
                        "mx",
                        "haraka",
                        LogLine.NO_PID,
                        "[INFO] [-] [core] x"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[NOTE] [-] [core] x",
                "[INFO]",
                "[INFO] text",
                "level=warn ts=1",
                "level=INFO msg=x",
                "2026-11-16T08:00:01Z mx haraka[1]: [INFO] [-] [core] x",
                "Nov 16 08:00:01 mx haraka[1]: [INFO] [-] [core] x",
            })
    void parse_lineOfAnotherFormat_isEmpty(String line) {
        assertThat(format.parse(line, ARRIVAL)).isEmpty();
    }
}
