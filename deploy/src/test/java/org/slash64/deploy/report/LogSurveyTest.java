package org.slash64.deploy.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.slash64.connectors.log.Arrival;
import org.slash64.connectors.log.ParsedLine;
import org.slash64.connectors.mta.LogParsers;
import org.slash64.topology.correlate.CorrelatorSettings;
import org.slash64.topology.correlate.CorrelatorStatistics;
import org.slash64.topology.correlate.LogToEvents;
import org.slash64.topology.correlate.Reading;

class LogSurveyTest {

    private static final String LOG = """
            2026-11-16T08:00:01+00:00 mx1 postfix/smtpd[1]: connect from mail.example.org[2001:db8::1]
            2026-11-16T08:00:02+00:00 mx1 postfix/smtpd[1]: 4F8B2C0D1A: client=mail.example.org[2001:db8::1]
            2026-11-16T08:00:02+00:00 mx1 postfix/qmgr[2]: 4F8B2C0D1A: from=<a@example.org>, size=5360, nrcpt=1 (queue active)
            2026-11-16T08:00:03+00:00 mx1 postfix/smtpd[1]: disconnect from mail.example.org[2001:db8::1] ehlo=1 mail=1
            2026-11-16T08:00:03+00:00 mx1 dovecot: imap-login: Login: user=<u>
            2026-11-16T08:00:03+00:00 mx1 postfix/smtpd[1]: connect from mail.example.org[bad]
            no header 17
            no header 18

            """;

    private final CorrelatorStatistics statistics = new CorrelatorStatistics();
    private final LogSurvey survey = survey();

    private LogSurvey survey() {
        LogParsers parsers = LogParsers.all();
        LogSurvey made = new LogSurvey(parsers);
        Reading reading = new Reading(ZoneOffset.UTC, parsers);
        LogToEvents logToEvents = LogToEvents.inMemory(reading, CorrelatorSettings.defaults(), statistics);
        Arrival arrival = Arrival.at(Instant.parse("2026-11-17T00:00:00Z"));
        for (String line : LOG.lines().toList()) {
            byte[] raw = line.getBytes(StandardCharsets.UTF_8);
            ParsedLine parsed = reading.parts(raw, arrival);
            made.line(parsed, raw);
            logToEvents.accept(parsed, raw, arrival, made::event);
        }
        logToEvents.finish(made::event);
        return made;
    }

    @Test
    void json_tellsLinesFieldsShapesAndAdvice() {
        JsonNode report = new ParseReport(statistics).toJson(survey);
        assertThat(report.at("/lines").asInt()).isEqualTo(9);
        assertThat(report.at("/events/MESSAGE").asInt()).isEqualTo(1);
        assertThat(report.at("/services"))
                .extracting(JsonNode::toString)
                .contains(
                        "{\"server\":\"postfix\",\"service\":\"postfix/smtpd\",\"lines\":4}",
                        "{\"server\":\"other programs\",\"service\":\"dovecot\",\"lines\":1}");
        assertThat(report.at("/fields"))
                .extracting(JsonNode::toString)
                .contains(
                        "{\"mta\":\"postfix\",\"kind\":\"MESSAGE\",\"field\":\"MAIL_FROM\",\"filled_percent\":100.0,"
                                + "\"missing\":{}}",
                        "{\"mta\":\"postfix\",\"kind\":\"MESSAGE\",\"field\":\"HELO\",\"filled_percent\":0.0,"
                                + "\"missing\":{\"NOT_LOGGED\":1}}");
        assertThat(report.at("/not_understood"))
                .extracting(JsonNode::toString)
                .containsExactly(
                        "{\"lines\":2,\"why\":\"no syslog header\",\"shape\":\"no header N\"}",
                        "{\"lines\":1,\"why\":\"bad client address\",\"shape\":\"postfix/smtpd: connect from"
                                + " DOMAIN[bad]\"}");
        assertThat(report.at("/advice").findValuesAsText("field")).contains("HELO", "TLS_PROTOCOL");
    }

    @Test
    void print_tellsTheSame() {
        StringWriter text = new StringWriter();
        PrintWriter out = new PrintWriter(text);
        new ParseReport(statistics).print(out, survey);
        out.flush();
        assertThat(text.toString())
                .contains("9 lines", "Lines by mail server and service", "Fields filled, postfix", "no header N")
                .contains("header_checks", "smtpd_tls_loglevel = 1");
    }

    @Test
    void line_manyPrograms_areBounded() {
        Reading reading = new Reading(ZoneOffset.UTC, LogParsers.all());
        for (int i = 0; i < 2 * LogSurvey.MAX_SERVICES; i++) {
            byte[] raw = ("2026-11-16T08:00:01+00:00 mx1 p" + i + "[1]: x").getBytes(StandardCharsets.UTF_8);
            survey.line(reading.parts(raw, Arrival.at(Instant.EPOCH)), raw);
        }
        assertThat(survey.services()).hasSizeLessThanOrEqualTo(LogSurvey.MAX_SERVICES + 1);
        assertThat(survey.services())
                .containsKey(new LogSurvey.Service(LogSurvey.OTHER_PROGRAMS, LogSurvey.MORE_SERVICES));
    }
}
