package org.slash64.connectors.mta;

import static org.assertj.core.api.Assertions.assertThat;
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
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.slash64.connectors.log.Arrival;
import org.slash64.connectors.log.LineError;
import org.slash64.connectors.log.LogLine;
import org.slash64.connectors.log.LogParser;
import org.slash64.connectors.log.ParsedLine;
import org.slash64.connectors.log.SmtpFact;
import org.slash64.connectors.log.SmtpFact.Ignored;
import org.slash64.connectors.log.SmtpFact.InSession;
import org.slash64.connectors.log.SmtpFact.Kind;
import org.slash64.connectors.shipper.ShippedLineParser;
import org.slash64.schemas.Address;

/**
 * Every line of every public collection takes the way that a line in a topic takes, from bytes to a fact, and no one
 * says of which program it is.
 */
class AllLogsConformanceTest {

    private static final String FOLDER = "shared/conformance/logs";

    /** When lines were logged of which nobody tells. */
    private static final Instant LOGGED = Instant.parse("2026-11-24T00:00:00Z");

    private static final int SECONDS_ON_THE_WAY = 60;
    private static final DateTimeFormatter EXPECTED_TIME = DateTimeFormatter.ofPattern("uuuu-MM-d'T'HH:mm:ss");

    /** Patterns of parts of lines. */
    private static final Set<String> PARTS = Set.of("command_counter_data", "delays", "relay", "tls_features");

    /** As syslog daemons write by default, read in another way than the parser's. */
    private static final Pattern HEADER = Pattern.compile("[A-Z][a-z]{2} +\\d+ [0-9:]{8} (?:<[a-z.]+> )?"
            + "([A-Za-z][\\w-]*)(?:\\.[\\w.-]*)? ([A-Za-z][\\w./-]*)(?:\\[(\\d+)])?: .*");

    /**
     * Why a line is not what is expected of all.
     *
     * @param file where the line stands
     * @param text what the line holds, its end as a line feed; empty for a whole file
     */
    private record Exemption(String file, String text, String reason) {

        boolean covers(Sample sample) {
            return sample.file().equals(file) && (sample.line() + '\n').contains(text);
        }

        @Override
        public String toString() {
            return file + (text.isEmpty() ? "" : ": " + text.strip()) + " (" + reason + ")";
        }
    }

    private static final String EXIM_SUITE = "exim-testsuite/mainlog-tenth.txt";
    private static final String OWN_WORDS = "words of the test's configuration, which Exim logs as they are";

    /** What is in no form that is read, or written by no program that is read, or in words that nobody knows. */
    private static final List<Exemption> NOT_READ = List.of(
            new Exemption("fail2ban/assp.log", "", "a proxy before mail servers that is not read"),
            new Exemption("fail2ban/courier-smtp.log", "", "a mail server that is not read"),
            new Exemption("fail2ban/cyrus-imap.log", "", "a server of mailboxes"),
            new Exemption("fail2ban/domino-smtp.log", "", "a mail server that is not read"),
            new Exemption("fail2ban/dovecot.log", "", "a server of mailboxes and of submission, not read"),
            new Exemption("fail2ban/kerio.log", "", "a mail server that is not read"),
            new Exemption("fail2ban/oracleims.log", "", "a mail server that is not read"),
            new Exemption("fail2ban/qmail.log", "", "a mail server that is not read"),
            new Exemption(
                    "fail2ban/exim.log", "mail.example.com exim[3751842]: ", "a header of which the time was cut"),
            new Exemption("opensmtpd-formats/format-strings.tsv", " smtpd[7]: x: x\n", "a name that nobody knows"),
            new Exemption(EXIM_SUITE, " Suggested action: either", "goes on with the line before, without a stamp"),
            new Exemption(EXIM_SUITE, " Messages received: ", OWN_WORDS),
            new Exemption(EXIM_SUITE, " Messages accepted: ", OWN_WORDS),
            new Exemption(EXIM_SUITE, " Recipients:        ", OWN_WORDS),
            new Exemption(EXIM_SUITE, " Accepted:          ", OWN_WORDS),
            new Exemption(EXIM_SUITE, " Auth ACL called, after smtp cmd ", OWN_WORDS),
            new Exemption(EXIM_SUITE, " \"rcpt ACL\"", OWN_WORDS),
            new Exemption(EXIM_SUITE, " rcpt_acl: macro: ", OWN_WORDS),
            new Exemption(EXIM_SUITE, " acl_conn: ocsp in status: ", OWN_WORDS),
            new Exemption(EXIM_SUITE, " acl_mail: ocsp in status: ", OWN_WORDS),
            new Exemption(EXIM_SUITE, " prdr_requested: <", OWN_WORDS),
            new Exemption(EXIM_SUITE, " tls session:   ", OWN_WORDS),
            new Exemption(EXIM_SUITE, " proxy session: ", OWN_WORDS),
            new Exemption(EXIM_SUITE, " proxy internal [", OWN_WORDS),
            new Exemption(EXIM_SUITE, " proxy external [", OWN_WORDS),
            new Exemption(EXIM_SUITE, " local          [", OWN_WORDS),
            new Exemption(EXIM_SUITE, " remote         [", OWN_WORDS),
            new Exemption(EXIM_SUITE, " 1: Server sends good staple on request", OWN_WORDS),
            new Exemption(EXIM_SUITE, " 2: Server does not staple an outdated response", OWN_WORDS),
            new Exemption(EXIM_SUITE, " 3: Server does not staple a response for a revoked cert", OWN_WORDS),
            new Exemption(EXIM_SUITE, " 4: Connection functions when server is prepared", OWN_WORDS),
            new Exemption(EXIM_SUITE, " ACL for QUIT returned ERROR: ", "a mistake in the test's configuration"));

    /** What others take for an attack, and what names no client here. */
    private static final List<Exemption> WITHOUT_CLIENT = List.of(
            new Exemption("fail2ban/exim.log", " no host name found for IP address ", "a warning refuses nothing"),
            new Exemption("fail2ban/exim.log", " no IP address found for host ", "a warning refuses nothing"),
            new Exemption("fail2ban/exim.log", " sender verify fail for ", "the refusal stands on a line of its own"),
            new Exemption("fail2ban/exim-spam.log", " SA: Action: ", "the message's own line names the client"),
            new Exemption("fail2ban/postfix.log", ": warning: hostname ", "a warning refuses nothing"),
            new Exemption("fail2ban/postfix.log", ": improper command pipelining after ", "refuses nothing by itself"),
            new Exemption("fail2ban/postfix.log", ": PREGREET ", "refuses nothing by itself"));

    /**
     * A line of a collection.
     *
     * @param line each character is one of the bytes
     * @param logged when it was logged
     * @param client that others read in it, or null
     */
    private record Sample(String file, String line, Instant logged, Address client) {

        /** The same behind a syslog header of today's. */
        Sample behindHeader(String program) {
            return new Sample(file, logged + " mx " + program + "[7]: " + line, logged, client);
        }

        /** As in Exim's own files. */
        boolean isExims() {
            return file.contains("exim") && Character.isDigit(line.charAt(0)) && !line.contains(" exim[");
        }
    }

    /**
     * What became of a sample.
     *
     * @param line null where it has no parts
     * @param fact null where nobody reads it
     * @param unread why it is not read; null where it is
     */
    private record Outcome(LogLine line, SmtpFact fact, String unread) {}

    private final ShippedLineParser lines =
            new ShippedLineParser(ZoneOffset.UTC, LogParsers.nativeFormats(ZoneOffset.UTC));
    private final LogParsers parsers = LogParsers.all();

    private static Path folder() {
        Path at = Path.of("").toAbsolutePath();
        while (at != null && !Files.isDirectory(at.resolve(FOLDER))) {
            at = at.getParent();
        }
        Assumptions.assumeTrue(at != null, () -> "skipped: no folder " + FOLDER + " beside the checkout");
        return at.resolve(FOLDER);
    }

    private static List<String> files() throws IOException {
        Path folder = folder();
        try (Stream<Path> found = Files.walk(folder)) {
            return found.filter(Files::isRegularFile)
                    .map(file -> folder.relativize(file).toString().replace('\\', '/'))
                    .sorted()
                    .toList();
        }
    }

    @TestFactory
    Stream<DynamicTest> everyLine_isReadOrExempt() throws IOException {
        List<String> files = files();
        assertThat(files).hasSizeGreaterThan(200);
        return files.stream()
                .map(file -> dynamicTest(
                        file,
                        () -> assertThat(samples(file).map(this::mistake).filter(Objects::nonNull))
                                .isEmpty()));
    }

    /** What covers nothing, or lines that need no reason, is wrong in itself. */
    @TestFactory
    Stream<DynamicTest> everyExemption_isNeededForAllItCovers() {
        folder();
        return Stream.concat(NOT_READ.stream(), WITHOUT_CLIENT.stream())
                .map(exemption -> dynamicTest(exemption.toString(), () -> checkNeeded(exemption)));
    }

    private void checkNeeded(Exemption exemption) {
        List<Sample> covered =
                samples(exemption.file()).filter(exemption::covers).toList();
        assertThat(covered).isNotEmpty().allSatisfy(sample -> {
            Outcome outcome = outcome(sample);
            if (NOT_READ.contains(exemption)) {
                assertThat(outcome.unread()).isNotNull();
            } else {
                assertThat(outcome.fact()).isNotInstanceOf(InSession.class);
            }
        });
    }

    /** Time, host, program and process, for lines in the form that most of them have. */
    @Test
    void everyHeader_isRead() throws IOException {
        List<String> wrong = new ArrayList<>();
        int seen = 0;
        for (String file : files()) {
            for (Sample sample : samples(file).toList()) {
                Matcher header = HEADER.matcher(sample.line());
                if (header.matches()) {
                    seen++;
                    if (!parts(header).equals(parts(outcome(sample).line()))) {
                        wrong.add(sample.line());
                    }
                }
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(seen).isGreaterThan(200);
    }

    /** Whether Exim writes to its files or to syslog. */
    @Test
    void eximsLine_saysTheSameBehindHeader() throws IOException {
        List<String> wrong = new ArrayList<>();
        int seen = 0;
        for (String file : files()) {
            for (Sample sample : samples(file).filter(Sample::isExims).toList()) {
                Outcome bare = outcome(sample);
                seen++;
                if (bare.unread() == null
                        && !bare.fact()
                                .equals(outcome(sample.behindHeader("exim")).fact())) {
                    wrong.add(sample.line());
                }
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(seen).isGreaterThan(1_000);
    }

    private static List<String> parts(Matcher header) {
        String pid = header.group(3) == null ? Long.toString(LogLine.NO_PID) : header.group(3);
        return List.of(header.group(1).toLowerCase(Locale.ROOT), header.group(2), pid);
    }

    private static List<String> parts(LogLine line) {
        return line == null ? List.of() : List.of(line.host(), line.program(), Long.toString(line.pid()));
    }

    private Outcome outcome(Sample sample) {
        Arrival arrival = Arrival.at(sample.logged().plusSeconds(SECONDS_ON_THE_WAY));
        ParsedLine parsed = lines.parse(sample.line().getBytes(StandardCharsets.ISO_8859_1), arrival);
        if (parsed instanceof LineError error) {
            return new Outcome(null, null, error.reason().name());
        }
        LogLine line = (LogLine) parsed;
        LogParser parser = parsers.writing(line.program()).orElse(null);
        SmtpFact fact = parser == null ? null : parser.parse(line);
        return new Outcome(line, fact, fact == null ? "no parser for " + line.program() : unread(fact));
    }

    private static String unread(SmtpFact fact) {
        if (fact instanceof Ignored ignored) {
            return switch (ignored.why()) {
                case UNKNOWN_STATEMENT, OTHER_PROGRAM -> ignored.why().name();
                case NOT_RECEPTION, WARNING, NOT_REFUSED, NO_EVENT, NO_CLIENT_ADDRESS, LOCAL_ORIGIN, AUTH_UNAVAILABLE ->
                    null;
            };
        }
        return fact.kind() == Kind.MALFORMED ? fact.toString() : null;
    }

    /** Null where all is well. */
    private String mistake(Sample sample) {
        Outcome outcome = outcome(sample);
        boolean read = outcome.unread() == null;
        if (!read && NOT_READ.stream().noneMatch(exemption -> exemption.covers(sample))) {
            return outcome.unread() + ": " + sample.line();
        }
        if (outcome.line() != null && !isTimely(sample, outcome.line())) {
            return outcome.line().time() + " instead of " + sample.logged() + ": " + sample.line();
        }
        boolean named = !read
                || sample.client() == null
                || isNamed(sample.client(), outcome.fact())
                || WITHOUT_CLIENT.stream().anyMatch(exemption -> exemption.covers(sample));
        return named ? null : outcome.fact() + " instead of " + sample.client() + ": " + sample.line();
    }

    /** Nobody tells the time of most lines. */
    private static boolean isTimely(Sample sample, LogLine line) {
        long late = line.time().getEpochSecond() - sample.logged().getEpochSecond();
        return late == 0 || (late < 0 && sample.logged().equals(LOGGED));
    }

    private static boolean isNamed(Address client, SmtpFact fact) {
        return fact instanceof InSession told && client.equals(told.session().client());
    }

    private static Stream<Sample> samples(String file) {
        String content;
        try {
            content = Files.readString(folder().resolve(file), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        List<Sample> samples = file.endsWith(".yaml")
                ? casesOfYaml(file, content)
                : file.endsWith(".tsv") ? formats(file, content) : linesOfLog(file, content);
        return samples.stream()
                .flatMap(sample ->
                        sample.isExims() ? Stream.of(sample, sample.behindHeader("exim")) : Stream.of(sample));
    }

    /** Messages without a header; those of Exim begin with its own. */
    private static List<Sample> casesOfYaml(String file, String content) {
        List<Sample> samples = new ArrayList<>();
        String program = "";
        for (String line : content.lines().map(String::strip).toList()) {
            if (line.startsWith("pattern: ")) {
                program = line.replaceAll(".*POSTFIX_(\\w+).*", "$1").toLowerCase(Locale.ROOT);
            } else if (line.startsWith("data: ") && !PARTS.contains(program)) {
                Sample sample = new Sample(file, scalar(line.substring("data: ".length())), LOGGED, null);
                boolean bare = program.isEmpty();
                samples.add(bare ? sample : sample.behindHeader("postfix/" + program.replace('_', '-')));
            }
        }
        return samples;
    }

    private static String scalar(String value) {
        String inner = value.length() > 1 ? value.substring(1, value.length() - 1) : "";
        return switch (value.charAt(0)) {
            case '"' -> inner.replace("\\\"", "\"").replace("\\n", "\n").replace("\\r", "\r");
            case '\'' -> inner.replace("''", "'");
            default -> value;
        };
    }

    private static List<Sample> formats(String file, String content) {
        return content.lines()
                .filter(line -> !line.startsWith("#"))
                .map(line -> filled(line.split("\t", 4)[3]))
                .map(message -> new Sample(file, message, LOGGED, null).behindHeader("smtpd"))
                .toList();
    }

    /** The format with values as OpenSMTPD writes them. */
    private static String filled(String format) {
        return format.replace("<%s%s%s>", "<a@example.org>")
                .replace("%016llx", "0123456789abcdef")
                .replace("%08x", "5f6a7b8c")
                .replace("address=%s", "address=192.0.2.1")
                .replace("result=\"%.*s\"", "result=\"535 no\"")
                .replaceAll("%(zu|llu|lu|d)", "3")
                .replaceAll("%[a-z.*]+", "x");
    }

    private static List<Sample> linesOfLog(String file, String content) {
        List<Sample> samples = new ArrayList<>();
        JsonNode expected = null;
        for (String line : content.lines().toList()) {
            if (line.startsWith("# failJSON:")) {
                expected = json(line.substring("# failJSON:".length()));
            } else if (!line.isBlank() && !line.startsWith("#") && !line.startsWith("****")) {
                samples.add(sample(file, line, expected));
                expected = null;
            }
        }
        return samples;
    }

    private static JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Sample sample(String file, String line, JsonNode expected) {
        if (expected == null) {
            return new Sample(file, unmasked(line), LOGGED, null);
        }
        String time = expected.path("time").asText();
        Instant logged = time.isEmpty()
                ? LOGGED
                : LocalDateTime.parse(time, EXPECTED_TIME).toInstant(ZoneOffset.UTC);
        String host = expected.path("match").asBoolean() ? expected.path("host").asText() : "";
        return new Sample(file, line, logged, Address.parse(host).orElse(null));
    }

    /** Exim's tests mask what differs from host to host. */
    private static String unmasked(String line) {
        return line.replace("ip4.ip4.ip4.ip4", "192.0.2.1")
                .replace("V4NET.", "10.")
                .replace("PORT_D", "1225");
    }
}
