package org.slash64.connectors.sendmail;

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
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.slash64.connectors.log.LogLine;
import org.slash64.connectors.log.SmtpFact;
import org.slash64.connectors.log.SmtpFact.Helo;
import org.slash64.connectors.log.SmtpFact.InSession;
import org.slash64.connectors.log.SmtpFact.Kind;
import org.slash64.connectors.log.SmtpFact.Rejected;
import org.slash64.connectors.log.SyslogParser;
import org.slash64.schemas.Address;

/** Public collections of Sendmail lines, with what others read in them. */
class SendmailLogConformanceTest {

    private static final String FOLDER = "shared/conformance/logs";
    private static final Instant ARRIVAL = Instant.parse("2005-12-31T00:00:00Z");

    private final SendmailParser parser = new SendmailParser();

    private static List<String> lines(String name) throws IOException {
        Path at = Path.of("").toAbsolutePath();
        while (at != null && !Files.exists(at.resolve(FOLDER).resolve(name))) {
            at = at.getParent();
        }
        Assumptions.assumeTrue(at != null, () -> "skipped: no file " + FOLDER + "/" + name + " beside the checkout");
        byte[] content = Files.readAllBytes(at.resolve(FOLDER).resolve(name));
        return new String(content, StandardCharsets.UTF_8).lines().toList();
    }

    /** Some daemons put the facility and the priority before the host. */
    private static LogLine line(String text) {
        String withoutPriority = text.replaceFirst(" <mail\\.[a-z]+> ", " ");
        return (LogLine) new SyslogParser(ZoneOffset.UTC).parse(withoutPriority, ARRIVAL);
    }

    /** What fail2ban calls an attack names the client. */
    @TestFactory
    Stream<DynamicTest> fail2ban() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        for (String name : List.of("fail2ban/sendmail-auth.log", "fail2ban/sendmail-reject.log")) {
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
        LogLine line = line(text);
        SmtpFact fact = parser.parse(line);
        if (line.message().contains("... User unknown") || line.message().contains("... No such user")) {
            assertThat(fact)
                    .isInstanceOf(Rejected.class); // of the process's session: only its other lines name the client
        }
        if (line.message().contains(", nrcpts=0, ")) {
            assertThat(fact).isInstanceOf(Helo.class); // the refusals have lines of their own
        }
        if (expected.path("match").asBoolean()) {
            String time = expected.path("time").asText().replace("2004-", "2005-"); // the year is not logged
            assertEquals(LocalDateTime.parse(time).toInstant(ZoneOffset.UTC), line.time());
            Address host = Address.parse(expected.path("host").asText()).orElseThrow();
            assertEquals(host, ((InSession) fact).session().client());
        }
        if (line.message().contains(", reject=")) {
            Rejected rejected = (Rejected) fact;
            String reject = line.message().substring(line.message().lastIndexOf(", reject=") + 9);
            assertThat(reject)
                    .startsWith(rejected.reply().code() + " " + rejected.reply().enhancedStatus());
        }
    }

    @TestFactory
    Stream<DynamicTest> logcrux() throws IOException {
        List<Kind> expected = List.of(
                Kind.RECEIVED,
                Kind.IGNORED,
                Kind.IGNORED,
                Kind.REJECTED,
                Kind.RECEIVED,
                Kind.IGNORED,
                Kind.IGNORED,
                Kind.IGNORED);
        List<String> lines = lines("logcrux-synthetic/sendmail.log");
        assertThat(lines).hasSameSizeAs(expected);
        return Stream.iterate(0, i -> i + 1)
                .limit(lines.size())
                .map(i -> dynamicTest(
                        lines.get(i),
                        () -> assertEquals(
                                expected.get(i),
                                parser.parse(line(lines.get(i))).kind())));
    }
}
