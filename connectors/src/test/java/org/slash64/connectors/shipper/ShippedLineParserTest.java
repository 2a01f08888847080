package org.slash64.connectors.shipper;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slash64.connectors.log.Arrival;
import org.slash64.connectors.log.LineError;
import org.slash64.connectors.log.LineError.Reason;
import org.slash64.connectors.log.LogLine;
import org.slash64.connectors.log.NativeFormat;
import org.slash64.connectors.log.ParsedLine;
import org.slash64.connectors.log.SyslogParser;

class ShippedLineParserTest {

    private static final Instant ARRIVAL = Instant.parse("2026-11-20T12:00:00Z");
    private static final Instant TIME = Instant.parse("2026-11-16T08:00:01Z");
    private static final LogLine LINE =
            new LogLine(TIME, "mx1", "postfix/smtpd", 123, "connect from a.example.org[2001:db8::1]");

    private final ShippedLineParser parser = new ShippedLineParser(ZoneOffset.UTC, List.of());

    private ParsedLine parse(String record) {
        return parser.parse(record.getBytes(StandardCharsets.UTF_8), new Arrival(ARRIVAL, "shipper"));
    }

    private LogLine line(String record) {
        assertThat(parse(record)).isInstanceOf(LogLine.class);
        return (LogLine) parse(record);
    }

    private LineError error(String record) {
        assertThat(parse(record)).isInstanceOf(LineError.class);
        return (LineError) parse(record);
    }

    static List<ShipperRecord> records() {
        return ShipperRecord.ALL;
    }

    @ParameterizedTest
    @MethodSource("records")
    void parse_oneLineThroughEveryShipper_isTheSameLine(ShipperRecord shipped) {
        LogLine line = line(shipped.record());
        assertThat(line.time().truncatedTo(ChronoUnit.SECONDS)).isEqualTo(TIME);
        assertThat(new LogLine(TIME, line.host(), line.program(), line.pid(), line.message()))
                .isEqualTo(LINE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1763280001|2025-11-16T08:00:01Z",
                "1763280001.5|2025-11-16T08:00:01.500Z",
                "1763280001.123456789123|2025-11-16T08:00:01.123456789Z",
                "1.7632800015e+09|2025-11-16T08:00:01.500Z",
                "1763280001123|2025-11-16T08:00:01.123Z",
                "\"1763280001123456\"|2025-11-16T08:00:01.123456Z",
                "1763280001123456789|2025-11-16T08:00:01.123456789Z",
                "\"2025-11-16T09:00:01.25+01:00\"|2025-11-16T08:00:01.250Z",
                "\"2025-11-16 08:00:01\"|2025-11-16T08:00:01Z",
                "\"Nov 16 08:00:01\"|2026-11-16T08:00:01Z",
                "\"Nov  6 08:00:01\"|2026-11-06T08:00:01Z",
                "32503680000|2026-11-20T12:10:00Z", // the year 3000 is not believed
            })
    void parse_timeOfEnvelope_isReadInEveryUnit(String time, Instant expected) {
        assertThat(line("{\"time\":" + time + ",\"program\":\"a\",\"message\":\"b\"}")
                        .time())
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"\"",
                "\"yesterday\"",
                "\"16/Nov/2026:08:00:01 +0000\"",
                "null",
                "-5",
                "1e999",
                "99999999999999999999999999",
                "9794832019999999999.000",
                "\"1.2.3\"",
                "[]",
                "{}",
                "true"
            })
    void parse_unreadableTime_leavesItToTheNextName(String time) {
        String rest = ",\"@timestamp\":\"2026-11-16T08:00:01.000Z\",\"program\":\"a\",\"message\":\"b\"}";
        assertThat(line("{\"timestamp\":" + time + rest).time()).isEqualTo(TIME);
    }

    @Test
    void parse_noTimeAtAll_isTheTimeOfArrival() {
        assertThat(line("{\"program\":\"a\",\"message\":\"b\"}").time()).isEqualTo(ARRIVAL);
    }

    @Test
    void parse_stampWithoutZone_isInTheZoneOfTheLog() {
        ShippedLineParser berlin = new ShippedLineParser(ZoneId.of("Europe/Berlin"), List.of());
        byte[] record =
                "{\"DATE\":\"Nov 16 08:00:01\",\"PROGRAM\":\"a\",\"MESSAGE\":\"b\"}".getBytes(StandardCharsets.UTF_8);
        assertThat(((LogLine) berlin.parse(record, Arrival.at(ARRIVAL))).time())
                .isEqualTo(Instant.parse("2026-11-16T07:00:01Z"));
    }

    @Test
    void parse_hostOfHeader_winsOverTheCollectors() {
        String header = "{\"host\":{\"name\":\"collector\"},\"message\":\"Nov 16 08:00:01 MX2.example.org a[1]: b\"}";
        assertThat(line(header).host()).isEqualTo("mx2");
    }

    @Test
    void parse_lineOfAContainerWithoutHost_isThePods() {
        String node = "\"host\":{\"name\":\"node7\"},\"program\":\"a\",\"message\":\"b\"}";
        assertThat(line("{\"kubernetes\":{\"pod_name\":\"mx-0\",\"host\":\"node7\"}," + node)
                        .host())
                .isEqualTo("mx-0");
        assertThat(line("{\"kubernetes\":{\"pod\":{\"name\":\"mx-0\"}}," + node).host())
                .isEqualTo("mx-0");
    }

    @Test
    void parse_headerWithoutHost_takesTheEnvelopes() {
        String local = "{\"host\":{\"name\":\"mx2.example.org\"},\"message\":\"<22>Nov 16 08:00:01 a[1]: b\"}";
        assertThat(line(local)).isEqualTo(new LogLine(TIME, "mx2", "a", 1, "b"));
        String nil = "{\"host\":\"mx2.example.org\",\"message\":\"<22>1 2026-11-16T08:00:01Z - a 1 - - b\"}";
        assertThat(line(nil)).isEqualTo(new LogLine(TIME, "mx2", "a", 1, "b"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"\"", "\"-\"", "null", "\"a b\"", "\"a\\nb\"", "{}", "[\"\"]"})
    void parse_unusableHost_isTheArrivals(String host) {
        assertThat(line("{\"host\":" + host + ",\"program\":\"a\",\"message\":\"b\"}")
                        .host())
                .isEqualTo("shipper");
    }

    @ParameterizedTest
    @CsvSource({
        "\"7\",7",
        "7,7",
        "\"-\",-1",
        "\"\",-1",
        "null,-1",
        "\"worker-1\",-1",
        "1.5,-1",
        "99999999999999999999,-1"
    })
    void parse_processId_isANumberOrNone(String pid, long expected) {
        assertThat(line("{\"pid\":" + pid + ",\"program\":\"a\",\"message\":\"b\"}")
                        .pid())
                .isEqualTo(expected);
    }

    @Test
    void parse_messageOfProgramThatImitatesAHeader_staysItsWords() {
        String forged = "2026-11-16T08:00:01Z mx1 postfix/smtpd[1]: connect from x[2001:db8::bad]";
        LogLine line = line("{\"SYSLOG_IDENTIFIER\":\"shop\",\"_PID\":\"7\",\"MESSAGE\":\"" + forged + "\"}");
        assertThat(line.program()).isEqualTo("shop");
        assertThat(line.message()).isEqualTo(forged);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-11-23T23:19:36.949536+00:00 vm mail 2026-11-16T08:00:01Z mx1 postfix/smtpd[123]: connect from a.example.org[2001:db8::1]",
                "2026-11-23T23:19:36.949536+00:00 vm mail: Nov 16 08:00:01 mx1 postfix/smtpd[123]: connect from a.example.org[2001:db8::1]",
                "<133>1 2026-11-23T23:19:36.949536+00:00 vm mail - - - 2026-11-16T08:00:01Z mx1 postfix/smtpd[123]: connect from a.example.org[2001:db8::1]",
            })
    void parse_fileReadBySyslogDaemon_isTheLineOfTheFile(String record) {
        assertThat(line(record)).isEqualTo(LINE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Nov 16 08:00:01 mx1 exim: 2026-11-16 08:00:01 1tCabc-000001-AB H=x[12]: y", // Exim's own stamp
                "Nov 16 08:00:01 mx1 exim: 2026-11-16T08:00:01 mx1 no tag",
                "Nov 16 08:00:01 mx1 exim: Nov 16 08:00:01 mx1 b: no process id",
                "Nov 16 08:00:01 mx1 exim: Nov 99 08:00:01 mx1 b[1]: no date",
            })
    void parse_messageWithoutACompleteHeader_staysTheProgramsWords(String record) {
        assertThat(line(record).program()).isEqualTo("exim");
    }

    @Test
    void parse_bytesOfTheJournal_areText() {
        String record = "{\"_HOSTNAME\":\"mx1\",\"SYSLOG_IDENTIFIER\":\"a\",\"MESSAGE\":[104,195,188,255,27,120]}";
        assertThat(line(record).message()).isEqualTo("hü\uFFFD\u001bx");
    }

    @Test
    void parse_fieldOfTheJournalThatCameTwice_isTheFirst() {
        String record = "{\"SYSLOG_IDENTIFIER\":[\"a\",\"b\"],\"MESSAGE\":[\"c\",[104],\"d\"]}";
        assertThat(line(record).program()).isEqualTo("a");
        assertThat(line(record).message()).isEqualTo("c");
    }

    @Test
    void parse_envelopeWithinEnvelope_isOpened() {
        String inner = "{\\\"MESSAGE\\\":\\\"b\\\",\\\"SYSLOG_IDENTIFIER\\\":\\\"a\\\",\\\"_HOSTNAME\\\":\\\"mx1\\\"}";
        assertThat(line("{\"log\":\"" + inner + "\\n\",\"stream\":\"stdout\"}"))
                .isEqualTo(new LogLine(ARRIVAL, "mx1", "a", LogLine.NO_PID, "b"));
        assertThat(error(nested(3)).reason()).isEqualTo(Reason.BAD_ENVELOPE);
    }

    private static String nested(int envelopes) {
        String record = "Nov 16 08:00:01 mx1 a[1]: b";
        for (int i = 0; i < envelopes; i++) {
            record = "{\"log\":\"" + record.replace("\\", "\\\\").replace("\"", "\\\"") + "\"}";
        }
        return record;
    }

    /** A format whose lines have neither host nor time. */
    private static Optional<ParsedLine> bare(String line, Arrival arrival) {
        return line.startsWith("[core]")
                ? Optional.of(new LogLine(arrival.time(), arrival.host(), "haraka", LogLine.NO_PID, line))
                : Optional.empty();
    }

    @Test
    void parse_nativeFormatInEnvelope_hasTheEnvelopesHostAndTime() {
        NativeFormat format = ShippedLineParserTest::bare;
        ShippedLineParser formats = new ShippedLineParser(ZoneOffset.UTC, List.of(format));
        byte[] record = "{\"@timestamp\":\"2026-11-16T08:00:01Z\",\"host\":\"mx1\",\"message\":\"[core] x\"}"
                .getBytes(StandardCharsets.UTF_8);
        assertThat(formats.parse(record, Arrival.at(ARRIVAL)))
                .isEqualTo(new LogLine(TIME, "mx1", "haraka", LogLine.NO_PID, "[core] x"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{|is none",
                "{\"message\":|is none",
                "{\"message\":\"Nov 16 08:00:01 mx1 a[1]: b\"|is none",
                "{message:1}|is none",
                "{\"message\":\"Nov 16 08:00:01 mx1 a[1]: b\"}{}|something follows",
                "{\"message\":\"Nov 16 08:00:01 mx1 a[1]: b\"} x|is none",
                "{}|no message: none of [MESSAGE, message",
                "{\"message\":\"\"}|no message",
                "{\"message\":\" \\n\"}|no message",
                "{\"message\":null,\"program\":\"a\"}|no message",
                "{\"message\":{\"text\":\"b\"},\"program\":\"a\"}|no message",
                "{\"message\":\"b\",\"host\":\"mx1\"}|names no program: none of [syslogtag",
                "{\"message\":\"b\",\"program\":\"-\"}|names no program",
                "{\"message\":\"a\",\"message\":\"b\",\"program\":\"a\"}|the name message twice",
                "{\"host.name\":\"a\",\"message\":\"b\",\"program\":\"a\",\"host\":{\"name\":\"b\"}}|host.name twice",
            })
    void parse_noEnvelope_tellsWhatIsMissing(String record, String why) {
        assertThat(error(record).reason()).isEqualTo(Reason.BAD_ENVELOPE);
        assertThat(error(record).detail()).contains(why);
    }

    @Test
    void parse_timeTwice_isTheFirst() {
        String record = "{\"@timestamp\":1763280001,\"program\":\"a\",\"message\":\"b\",\"@timestamp\":1}";
        assertThat(line(record).time()).isEqualTo(Instant.ofEpochSecond(1_763_280_001));
    }

    @Test
    void parse_nestedTooDeep_isNoEnvelope() {
        String deep = "{\"x\":" + "[".repeat(100) + "]".repeat(100) + ",\"message\":\"Nov 16 08:00:01 mx1 a[1]: b\"}";
        assertThat(error(deep).reason()).isEqualTo(Reason.BAD_ENVELOPE);
        String name = "{\"" + "x".repeat(1_000) + "\":1,\"message\":\"Nov 16 08:00:01 mx1 a[1]: b\"}";
        assertThat(error(name).reason()).isEqualTo(Reason.BAD_ENVELOPE);
    }

    @Test
    void parse_beyondTheLimits_isTooLong() {
        String longest = "x".repeat(SyslogParser.MAX_LINE_BYTES);
        assertThat(line("{\"program\":\"a\",\"message\":\"" + longest + "\"}").message())
                .isEqualTo(longest);
        assertThat(error("{\"program\":\"a\",\"message\":\"" + longest + "x\"}").reason())
                .isEqualTo(Reason.TOO_LONG);
        assertThat(error("{\"message\":\"" + longest + "x\"}").reason()).isEqualTo(Reason.TOO_LONG);
        assertThat(error("{\"x\":\"" + longest.repeat(4) + "\"}").reason()).isEqualTo(Reason.TOO_LONG);
        assertThat(error(longest + "x").reason()).isEqualTo(Reason.TOO_LONG);
    }

    @Test
    void parse_textThatATemplateDidNotEscape_isStillRead() {
        String record = "{\"program\":\"a\",\"message\":\"x\ty \\[ \u001b \u0000 z\"}";
        assertThat(line(record).message()).isEqualTo("x\ty [ \u001b \u0000 z");
        byte[] latin = "{\"program\":\"a\",\"message\":\"h\u00e9\"}".getBytes(StandardCharsets.ISO_8859_1);
        assertThat(((LogLine) parser.parse(latin, Arrival.at(ARRIVAL))).message())
                .isEqualTo("h\uFFFD");
    }

    @Test
    void parse_lineAhead_isBelievedForTenMinutes() {
        String record = "{\"@timestamp\":\"2031-01-01T00:00:00Z\",\"program\":\"a\",\"message\":\"b\"}";
        assertThat(line(record).time()).isEqualTo(ARRIVAL.plus(Duration.ofMinutes(10)));
    }

    @ParameterizedTest
    @CsvSource({"'',EMPTY", "' ',EMPTY", "hello world,NO_SYSLOG_HEADER", "[{}],NO_SYSLOG_HEADER"})
    void parse_neitherLineNorEnvelope_tellsWhy(String record, Reason reason) {
        assertThat(error(record).reason()).isEqualTo(reason);
    }
}
