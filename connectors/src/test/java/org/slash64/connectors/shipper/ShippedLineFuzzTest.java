package org.slash64.connectors.shipper;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;
import org.slash64.connectors.log.Arrival;
import org.slash64.connectors.log.LineError;
import org.slash64.connectors.log.LogLine;
import org.slash64.connectors.log.ParsedLine;
import org.slash64.connectors.log.SmtpFact;
import org.slash64.connectors.log.SyslogHost;
import org.slash64.connectors.log.SyslogParser;
import org.slash64.connectors.mta.LogParsers;

/** Any bytes are a line or tell why they are none; a line is the same in an envelope, and gives a fact that is safe to keep. */
class ShippedLineFuzzTest {

    private static final Arrival ARRIVAL = new Arrival(Instant.parse("2026-11-20T12:00:00Z"), "mx9");
    private static final int MAX_FACT = 64 * 1024;

    private final LogParsers parsers = LogParsers.all();
    private final ShippedLineParser shipped =
            new ShippedLineParser(ZoneOffset.UTC, LogParsers.nativeFormats(ZoneOffset.UTC));

    static Stream<byte[]> seeds() {
        return Stream.concat(ShipperRecord.ALL.stream().map(ShipperRecord::record), MtaLines.ALL.stream())
                .map(text -> text.getBytes(StandardCharsets.UTF_8));
    }

    @MethodSource("seeds")
    @FuzzTest
    void parse(byte[] bytes) {
        ParsedLine parsed = shipped.parse(bytes, ARRIVAL);
        if (parsed instanceof LogLine line) {
            assertLine(line);
            assertThat(inEnvelope(bytes)).isEqualTo(line);
            parsers.writing(line.program()).ifPresent(parser -> assertFact(parser.parse(line)));
        } else {
            assertThat(((LineError) parsed).detail()).isNotBlank();
        }
    }

    private static void assertLine(LogLine line) {
        assertThat(SyslogHost.isNamed(line.host())).isTrue();
        assertThat(line.time()).isBeforeOrEqualTo(ARRIVAL.time().plus(SyslogParser.MAX_AHEAD));
        assertThat(line.pid()).isGreaterThanOrEqualTo(LogLine.NO_PID);
        assertThat(line.message().length()).isLessThanOrEqualTo(SyslogParser.MAX_LINE_BYTES);
    }

    private static void assertFact(SmtpFact fact) {
        assertThat(fact.kind()).isNotNull();
        String texts = fact.toString();
        assertThat(texts.length()).isLessThan(MAX_FACT);
        assertThat(texts.chars().anyMatch(Character::isISOControl)).isFalse();
    }

    private ParsedLine inEnvelope(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        if (text.startsWith("{") || text.startsWith(" ")) {
            return shipped.parse(bytes, ARRIVAL);
        }
        String record =
                "{\"message\":\"" + new String(JsonStringEncoder.getInstance().quoteAsString(text)) + "\"}";
        return shipped.parse(record.getBytes(StandardCharsets.UTF_8), ARRIVAL);
    }
}
