package org.slash64.connectors.postfix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.slash64.connectors.log.LogLine;
import org.slash64.connectors.log.SmtpFact;
import org.slash64.connectors.log.SmtpFact.AuthFailed;
import org.slash64.connectors.log.SmtpFact.Claimed;
import org.slash64.connectors.log.SmtpFact.ConnectionLost;
import org.slash64.connectors.log.SmtpFact.Disconnected;
import org.slash64.connectors.log.SmtpFact.Envelope;
import org.slash64.connectors.log.SmtpFact.Header;
import org.slash64.connectors.log.SmtpFact.Helo;
import org.slash64.connectors.log.SmtpFact.Ignored;
import org.slash64.connectors.log.SmtpFact.InSession;
import org.slash64.connectors.log.SmtpFact.MessageId;
import org.slash64.connectors.log.SmtpFact.OfMessage;
import org.slash64.connectors.log.SmtpFact.Queued;
import org.slash64.connectors.log.SmtpFact.Rejected;
import org.slash64.connectors.log.SmtpFact.Sender;
import org.slash64.connectors.log.SmtpFact.TlsStarted;
import org.slash64.connectors.log.SyslogParser;

/** Public collections of Postfix lines, with what others read in them. */
class PostfixLogConformanceTest {

    private static final String FOLDER = "shared/conformance/logs";

    /** Lines that are no event, with the reason. */
    private static final Map<String, String> WITHOUT_EVENT = Map.ofEntries(
            Map.entry("smtpd_0006", "a warning about a name refuses nothing"),
            Map.entry("smtpd_0015", "improper pipelining alone refuses nothing; a rejection or a disconnect follows"),
            Map.entry("smtpd_0019", "a failed TLS handshake; a lost connection follows"),
            Map.entry("smtpd_0023", "a failed TLS handshake; a lost connection follows"),
            Map.entry("smtpd_0024", "a failed TLS handshake; a lost connection follows"),
            Map.entry("smtpd_0025", "a failed TLS handshake; a lost connection follows"),
            Map.entry("smtpd_0032", "no client address"),
            Map.entry("smtpd_0036", "a bare line feed alone refuses nothing; a rejection or a disconnect follows"),
            Map.entry("smtpd_0039", "about the server's own settings"),
            Map.entry("cleanup_0005", "a warning about a lookup"),
            Map.entry("cleanup_0007", "a header of a local message"),
            Map.entry("cleanup_0012", "a warning about a lookup"),
            Map.entry("postscreen_0001", "about the server's own cache"),
            Map.entry("postscreen_0008", "an entry of the server's own list; a rejection or a disconnect follows"),
            Map.entry("postscreen_0009", "a client that is on the server's own list did not pass a test"),
            Map.entry("postscreen_0010", "a test of the client; a rejection or a disconnect follows"),
            Map.entry("postscreen_0021", "a test of the client; a disconnect follows"),
            Map.entry("postscreen_0022", "a test of the client; a rejection or a disconnect follows"),
            Map.entry("postscreen_0025", "a test of the client; a rejection or a disconnect follows"),
            Map.entry("postscreen_0026", "a test of the client; a rejection or a disconnect follows"),
            Map.entry("postscreen_0029", "a warning about a socket"),
            Map.entry("postscreen_0030", "a client that is on the server's own list did not pass a test"),
            Map.entry("qmgr_0003", "a warning about settings"),
            Map.entry("qmgr_0004", "about delivery"),
            Map.entry("qmgr_0005", "about delivery"),
            Map.entry("qmgr_0006", "about delivery"),
            Map.entry("pickup_0001", "a local message"));

    private static final Set<String> DAEMONS = Set.of("smtpd", "cleanup", "qmgr", "pickup", "postscreen");

    private final PostfixParser parser = new PostfixParser();

    private static Path folder(String name) {
        Path at = Path.of("").toAbsolutePath();
        while (at != null && !Files.isDirectory(at.resolve(FOLDER).resolve(name))) {
            at = at.getParent();
        }
        Assumptions.assumeTrue(at != null, () -> "skipped: no folder " + FOLDER + "/" + name + " beside the checkout");
        return at.resolve(FOLDER).resolve(name);
    }

    @TestFactory
    Stream<DynamicTest> postfixGrokPatterns() throws IOException {
        List<Path> files;
        try (Stream<Path> listed = Files.list(folder("postfix-grok-patterns"))) {
            files = listed.filter(file -> DAEMONS.contains(daemon(file)))
                    .sorted()
                    .toList();
        }
        assertThat(files).hasSizeGreaterThan(50);
        return files.stream().map(file -> dynamicTest(name(file), () -> check(file)));
    }

    private static String name(Path file) {
        return file.getFileName().toString().replace(".yaml", "");
    }

    private static String daemon(Path file) {
        return name(file).replaceAll("_[0-9]+$", "");
    }

    private void check(Path file) throws IOException {
        Map<String, String> fixture = fixture(file);
        LogLine line = new LogLine(Instant.EPOCH, "mx", "postfix/" + daemon(file), 1, fixture.get("data"));
        SmtpFact fact = parser.parse(line);
        boolean event = !WITHOUT_EVENT.containsKey(name(file));
        assertEquals(!event, fact instanceof Ignored, () -> name(file) + " gives " + fact);
        if (event) {
            Map<String, String> expected = expected(fixture);
            if (fact instanceof Helo) {
                expected.keySet().removeAll(Set.of("stage", "code", "status")); // nothing was refused
            }
            assertThat(seen(fact)).containsAllEntriesOf(expected);
        }
    }

    /** Reads the few YAML forms of these files: {@code key: value}, plain or in double quotes. */
    private static Map<String, String> fixture(Path file) throws IOException {
        Map<String, String> fields = new HashMap<>();
        for (String line : Files.readAllLines(file)) {
            int colon = line.indexOf(": ");
            if (colon > 0 && !line.startsWith("#")) {
                fields.put(
                        line.substring(0, colon).strip(),
                        scalar(line.substring(colon + 2).strip()));
            }
        }
        return fields;
    }

    private static String scalar(String value) {
        boolean quoted = value.length() > 1 && value.startsWith("\"") && value.endsWith("\"");
        return quoted
                ? value.substring(1, value.length() - 1)
                        .replace("\\\"", "\"")
                        .replace("\\n", "\n")
                        .replace("\\r", "\r")
                : value;
    }

    private static Map<String, String> expected(Map<String, String> fixture) {
        Map<String, String> expected = new HashMap<>();
        take(fixture, "postfix_client_ip", expected, "client");
        take(fixture, "postfix_queueid", expected, "queueId");
        take(fixture, "postfix_smtp_stage", expected, "stage");
        take(fixture, "postfix_proxy_smtp_stage", expected, "stage");
        take(fixture, "postfix_status_code", expected, "code");
        take(fixture, "postfix_proxy_status_code", expected, "code");
        take(fixture, "postfix_status_code_enhanced", expected, "status");
        take(fixture, "postfix_tls_version", expected, "tls");
        take(fixture, "postfix_tls_cipher", expected, "cipher");
        take(fixture, "postfix_message-id", expected, "messageId");
        String host = fixture.get("postfix_client_hostname");
        if (host != null && !host.equals("unknown")) {
            expected.put("clientName", host);
        }
        if (fixture.containsKey("postfix_command_counter_data")) {
            expected.put("commands", counters(fixture.get("postfix_command_counter_data")));
        }
        pairs(fixture.getOrDefault("postfix_keyvalue_data", ""), expected);
        expected.remove("queueId", "NOQUEUE");
        return expected;
    }

    private static void take(Map<String, String> from, String key, Map<String, String> to, String name) {
        if (from.containsKey(key)) {
            to.put(name, from.get(key));
        }
    }

    private static void pairs(String data, Map<String, String> expected) {
        for (String pair : data.split(",? ", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                String value = pair.substring(equals + 1);
                expected.put(pair.substring(0, equals), value.replaceAll("^<|>$", ""));
            }
        }
        String client = expected.get("client");
        if (client != null && client.endsWith("]")) {
            expected.put("client", client.substring(client.indexOf('[') + 1, client.length() - 1));
        }
    }

    private static String counters(String data) {
        List<String> sorted = new ArrayList<>();
        for (String counter : data.split(" ", -1)) {
            if (!counter.startsWith("commands=")) {
                sorted.add(counter);
            }
        }
        sorted.sort(null);
        return String.join(" ", sorted);
    }

    private static Map<String, String> seen(SmtpFact fact) {
        Map<String, String> seen = new HashMap<>();
        if (fact instanceof InSession session) {
            put(seen, "client", session.session().client());
            put(seen, "clientName", session.session().clientName());
        }
        if (fact instanceof OfMessage message) {
            put(seen, "queueId", message.queueId());
        }
        if (fact instanceof Queued queued) {
            put(seen, "queueId", queued.queueId());
        } else if (fact instanceof MessageId id) {
            put(seen, "messageId", id.messageId());
        } else if (fact instanceof Sender sender) {
            put(seen, "from", sender.from());
            put(seen, "size", sender.size());
            put(seen, "nrcpt", sender.recipients());
        } else if (fact instanceof ConnectionLost lost) {
            put(seen, "stage", lost.stage());
        } else if (fact instanceof TlsStarted tls) {
            put(seen, "tls", tls.tls().protocol());
            put(seen, "cipher", tls.tls().cipher());
        } else if (fact instanceof Disconnected end) {
            put(seen, "commands", counters(end));
        } else if (fact instanceof Rejected rejected) {
            rejection(seen, rejected);
        } else if (fact instanceof Claimed claimed) {
            put(seen, "client", claimed.session().client());
        } else if (fact instanceof Helo helo) {
            said(seen, helo.envelope());
        } else if (fact instanceof Header header) {
            said(seen, header.envelope());
        }
        return seen;
    }

    private static void rejection(Map<String, String> seen, Rejected rejected) {
        put(seen, "queueId", rejected.queueId());
        put(seen, "stage", rejected.stage());
        put(seen, "code", rejected.reply().code());
        put(seen, "status", rejected.reply().enhancedStatus());
        said(seen, rejected.envelope());
    }

    private static void said(Map<String, String> seen, Envelope envelope) {
        put(seen, "from", envelope.from());
        put(seen, "to", envelope.to());
        put(seen, "proto", envelope.protocol());
        put(seen, "helo", envelope.helo());
    }

    private static String counters(Disconnected end) {
        List<String> sorted = new ArrayList<>();
        end.succeeded().forEach((name, good) -> {
            Integer bad = end.failed().get(name);
            sorted.add(name + "=" + good + (bad == null ? "" : "/" + (good + bad)));
        });
        sorted.sort(null);
        return String.join(" ", sorted);
    }

    private static void put(Map<String, String> map, String key, Object value) {
        if (value != null) {
            map.put(key, value.toString());
        }
    }

    /** What fail2ban calls an attack names the client; of these, what other programs logged is not ours to read. */
    @TestFactory
    Stream<DynamicTest> fail2ban() throws IOException {
        List<String> lines = Files.readAllLines(folder("fail2ban").resolve("postfix.log"));
        List<DynamicTest> tests = new ArrayList<>();
        JsonNode expectation = null;
        for (int i = 0; i < lines.size(); i++) {
            String text = lines.get(i);
            if (text.startsWith("# failJSON:")) {
                expectation = json(text.substring("# failJSON:".length()));
            } else if (!text.isBlank() && !text.startsWith("#")) {
                JsonNode expected = expectation;
                tests.add(dynamicTest("line " + (i + 1), () -> checkAttack(text, expected)));
                expectation = null;
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
        LogLine line = (LogLine) new SyslogParser(ZoneOffset.UTC).parse(text, Instant.parse("2005-12-31T00:00:00Z"));
        SmtpFact fact = parser.parse(line);
        assertThat(fact.kind()).isNotEqualTo(SmtpFact.Kind.MALFORMED);
        boolean match = expected != null && expected.path("match").asBoolean();
        if (match && !isNoEvent(line)) {
            assertEquals(
                    expected.path("host").asText(),
                    ((InSession) fact).session().client().toString());
        }
        if (line.message().contains("reject: ") && line.program().endsWith("smtpd")) {
            assertTrue(fact instanceof Rejected);
        }
        if (line.message().contains(" authentication failed:") && match) {
            assertTrue(fact instanceof AuthFailed);
        }
    }

    /** Lines that alone refuse nothing. */
    private static boolean isNoEvent(LogLine line) {
        String text = line.message().toLowerCase(Locale.ROOT);
        return text.startsWith("pregreet ")
                || text.startsWith("improper command pipelining")
                || text.startsWith("warning: hostname ");
    }
}
