package org.slash64.connectors.exim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.slash64.connectors.log.Arrival;
import org.slash64.connectors.log.LogLine;
import org.slash64.connectors.log.ParsedLine;
import org.slash64.connectors.log.SmtpFact;
import org.slash64.connectors.log.SmtpFact.Claimed;
import org.slash64.connectors.log.SmtpFact.Disconnected;
import org.slash64.connectors.log.SmtpFact.Ignored;
import org.slash64.connectors.log.SmtpFact.Ignored.Why;
import org.slash64.connectors.log.SmtpFact.InSession;
import org.slash64.connectors.log.SmtpFact.Kind;
import org.slash64.connectors.log.SmtpFact.Received;
import org.slash64.connectors.log.SmtpFact.Rejected;
import org.slash64.connectors.log.SyslogParser;

/** Public collections of Exim lines, with what others read in them. */
class EximLogConformanceTest {

    private static final String FOLDER = "shared/conformance/logs";
    private static final Arrival ARRIVAL = Arrival.at(Instant.parse("2026-12-01T00:00:00Z"));

    /** Beginnings of lines that others take for attacks and that are no event, with the reason. */
    private static final Map<String, String> WITHOUT_EVENT = Map.of(
            "no host name found for IP address ", "a warning about a name refuses nothing",
            "no IP address found for host ", "a warning about a name refuses nothing");

    private final EximParser parser = new EximParser();
    private final EximMainLog mainLog = new EximMainLog(ZoneOffset.UTC);

    private static Path file(String name) {
        Path at = Path.of("").toAbsolutePath();
        while (at != null && !Files.exists(at.resolve(FOLDER).resolve(name))) {
            at = at.getParent();
        }
        Assumptions.assumeTrue(at != null, () -> "skipped: no file " + FOLDER + "/" + name + " beside the checkout");
        return at.resolve(FOLDER).resolve(name);
    }

    private static List<String> lines(String name) throws IOException {
        return new String(Files.readAllBytes(file(name)), StandardCharsets.UTF_8)
                .lines()
                .toList();
    }

    private LogLine line(String text) {
        ParsedLine parsed = mainLog.parse(text, ARRIVAL)
                .orElseGet(() -> new SyslogParser(ZoneOffset.UTC).parse(text, ARRIVAL.time()));
        assertThat(parsed).as(text).isInstanceOf(LogLine.class);
        return (LogLine) parsed;
    }

    /** What fail2ban calls an attack names the client. */
    @TestFactory
    Stream<DynamicTest> fail2ban() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        for (String name : List.of("fail2ban/exim.log", "fail2ban/exim-spam.log")) {
            JsonNode expectation = null;
            for (String text : lines(name)) {
                if (text.startsWith("# failJSON:")) {
                    expectation = json(text.substring("# failJSON:".length()));
                } else if (!text.isBlank() && !text.startsWith("#")) {
                    JsonNode expected = expectation;
                    tests.add(dynamicTest(text, () -> checkAttack(text, expected)));
                }
            }
        }
        assertThat(tests).hasSizeGreaterThan(50);
        return tests.stream();
    }

    private static JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void checkAttack(String text, JsonNode expected) {
        boolean journal = text.startsWith("mail.example.com "); // the export of a journal, cut: no time before the host
        LogLine line = line(journal ? "2021-07-17T23:20:49Z " + text : text);
        SmtpFact fact = parser.parse(line);
        if (expected.has("time")) {
            assertEquals(LocalDateTime.parse(expected.path("time").asText()).toInstant(ZoneOffset.UTC), line.time());
        }
        if (WITHOUT_EVENT.keySet().stream().anyMatch(line.message()::startsWith)) {
            assertEquals(new Ignored(Why.WARNING), fact);
        } else if (line.message().contains(" sender verify fail ")) {
            assertEquals(new Ignored(Why.NO_EVENT), fact); // the refusal stands on a line of its own
        } else if (line.message().contains(" SA: Action: ")) {
            assertThat(fact).isInstanceOf(Claimed.class); // the message's own line names the client
        } else {
            String host = expected.path("host").asText();
            assertEquals(host, ((InSession) fact).session().client().toString());
        }
    }

    @TestFactory
    Stream<DynamicTest> logstashPatterns() throws IOException {
        List<Map<String, String>> cases = cases(lines("logstash-patterns-core/exim.yaml"));
        assertThat(cases).hasSizeGreaterThan(5);
        return cases.stream().map(fields -> dynamicTest(fields.get("name"), () -> checkCase(fields)));
    }

    /** Reads the few YAML forms of the file: a list of cases, {@code key: value}, plain or in single quotes. */
    private static List<Map<String, String>> cases(List<String> lines) {
        List<Map<String, String>> cases = new ArrayList<>();
        for (String text : lines) {
            String line = text.strip();
            if (line.startsWith("- name: ")) {
                cases.add(new LinkedHashMap<>());
                line = line.substring(2);
            }
            int colon = line.indexOf(": ");
            if (colon > 0 && !cases.isEmpty()) {
                cases.get(cases.size() - 1).put(line.substring(0, colon), scalar(line.substring(colon + 2)));
            }
        }
        return cases;
    }

    private static String scalar(String value) {
        boolean quoted = value.length() > 1 && value.startsWith("'") && value.endsWith("'");
        return quoted ? value.substring(1, value.length() - 1).replace("''", "'") : value;
    }

    private void checkCase(Map<String, String> fields) {
        LogLine line = line(fields.get("data"));
        SmtpFact fact = parser.parse(line);
        if (fields.containsKey("timestamp")) {
            String time = fields.get("timestamp").replace(' ', 'T') + 'Z';
            assertEquals(Instant.parse(time), line.time());
        }
        if (fields.containsKey("pid")) {
            assertEquals(fields.get("pid"), Long.toString(line.pid()));
        }
        if (fields.get("data").contains(" ** ")) {
            assertEquals(new Ignored(Why.NOT_RECEPTION), fact);
        } else if ("local".equals(fields.get("protocol"))) {
            assertEquals(new Ignored(Why.LOCAL_ORIGIN), fact);
        } else {
            checkReceived(fields, (Received) fact);
        }
    }

    private static void checkReceived(Map<String, String> fields, Received fact) {
        Map<String, Object> seen = new LinkedHashMap<>();
        seen.put("message_id", fact.queueId());
        seen.put("sender", fact.envelope().from());
        seen.put("size", fact.size());
        seen.put("header_id", fact.messageId());
        seen.put("recipient", fact.envelope().to());
        seen.put("source_host", fact.session().clientName());
        seen.put("source_ip", fact.session().client());
        seen.put("helo", fact.envelope().helo());
        seen.forEach((name, value) -> {
            if (fields.containsKey(name)) {
                assertEquals(fields.get(name), String.valueOf(value), name);
            }
        });
        assertThat(fields.get("protocol").toUpperCase(Locale.ROOT))
                .startsWith(fact.envelope().protocol());
        if (fields.containsKey("source_port")) {
            assertThat(fact.session().id()).endsWith(":" + fields.get("source_port"));
        }
    }

    @TestFactory
    Stream<DynamicTest> logcrux() throws IOException {
        List<Kind> expected = List.of(
                Kind.RECEIVED,
                Kind.IGNORED,
                Kind.REMOVED,
                Kind.IGNORED,
                Kind.IGNORED,
                Kind.REJECTED,
                Kind.AUTH_FAILED,
                Kind.RECEIVED);
        List<String> lines = lines("logcrux-synthetic/exim.log");
        assertThat(lines).hasSameSizeAs(expected);
        return Stream.iterate(0, i -> i + 1)
                .limit(lines.size())
                .map(i -> dynamicTest(
                        lines.get(i),
                        () -> assertEquals(
                                expected.get(i),
                                parser.parse(line(lines.get(i))).kind())));
    }

    /** The logs of Exim's own tests, with the host's address masked; each statement about a client names it. */
    @TestFactory
    Stream<DynamicTest> testsuite() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        for (String text : lines("exim-testsuite/mainlog-tenth.txt")) {
            String unmasked = text.replace("ip4.ip4.ip4.ip4", "192.0.2.1")
                    .replace("V4NET.", "10.")
                    .replace("PORT_D", "1225");
            if (!text.startsWith("#") && Character.isDigit(text.isEmpty() ? '#' : text.charAt(0))) {
                tests.add(dynamicTest(text, () -> checkOwn(unmasked)));
            }
        }
        assertThat(tests).hasSizeGreaterThan(1_000);
        return tests.stream();
    }

    private void checkOwn(String text) {
        ParsedLine parsed = mainLog.parse(text, ARRIVAL).orElse(null);
        if (!(parsed instanceof LogLine line)) {
            assertThat(text)
                    .doesNotContain(" <= ", " rejected ", "SMTP c", " Completed"); // an administrator's own words
            return;
        }
        SmtpFact fact = parser.parse(line);
        String message = line.message();
        boolean local = !message.contains("H=") && !message.matches(".* \\[[0-9.]+].*");
        assertThat(fact.kind()).as(text).isNotEqualTo(Kind.MALFORMED);
        if (message.contains(" <= ") && !local) {
            checkArrival(message, (Received) fact);
        } else if (message.endsWith(" Completed")) {
            assertEquals(Kind.REMOVED, fact.kind());
        } else if (message.contains("rejected ") && !message.contains(" == ") && !message.contains(" ** ")) {
            assertEquals(local || message.startsWith("U=") ? Kind.IGNORED : Kind.REJECTED, kindOfRefusal(fact));
        } else if (message.contains(" lost ") || message.contains(" dropped: ") || message.contains("timeout (mess")) {
            assertThat(fact).isInstanceOfAny(Disconnected.class, Ignored.class);
        }
    }

    private static Kind kindOfRefusal(SmtpFact fact) {
        if (fact instanceof Rejected rejected) {
            assertThat(rejected.session().client()).isNotNull();
            assertThat(rejected.stage()).isNotEmpty();
            assertThat(rejected.reply().code()).isBetween(400, 599);
        }
        return fact.kind();
    }

    private static void checkArrival(String message, Received fact) {
        assertThat(message).startsWith(fact.queueId() + " <= ");
        assertThat(message).contains("[" + fact.session().client() + "]");
        String from = fact.envelope().from();
        assertThat(message).contains(" <= " + (from.isEmpty() ? "<>" : from) + " ");
        if (message.contains(" id=")) {
            assertThat(message).contains(" id=" + fact.messageId());
        }
        if (message.contains(" P=esmtpa ") || message.contains(" P=esmtpsa ")) {
            assertThat(message).contains(" A=" + fact.envelope().saslMethod());
        }
        if (message.contains(" X=TLS")) {
            assertThat(fact.tls().protocol()).startsWith("TLS");
        }
    }
}
