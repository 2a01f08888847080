package org.slash64.deploy.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.WaitForSelectorState;
import java.io.StringWriter;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slash64.deploy.Slash64;
import org.slash64.deploy.bench.Slash64Process;
import org.slash64.deploy.pipeline.Endpoints;
import org.slash64.schemas.FeedbackKind;

/** Names that a sender made up, from the log line to whoever looks: text everywhere, and never more than that. */
@Timeout(value = 600, unit = TimeUnit.SECONDS)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class HostileNamesIT {

    private static final List<String> NAMES = List.of(
            "<script>window.hostile=1</script>",
            "\"><img src=x onerror=window.hostile=1>",
            "\u202egro.elpmaxe\u202c\u2066x\u2069\u200f\u061c\ufeff",
            "\u001b[2J\u001b]0;owned\u0007\u009b31mred\u0085\u0090 over\rwritten",
            "a\u0000b\u0008\u007f\u2028line\u2029x\udb40\udc01y",
            "';\"$(reboot)`id`\\$INCLUDE @ ; { } , # %s ${jndi:ldap://x.test/}",
            "=cmd|'/c calc'!A0",
            "a".repeat(10_000),
            "x" + "\ud83d\ude80".repeat(2_000));

    private static final String SCRIPT = NAMES.get(0);
    private static final String TURNED = NAMES.get(2);
    private static final int REFUSALS = 30;
    private static final String POSTFIX = "2001:db8:666:1::/64";
    private static final String EXIM = "2001:db8:666:2::/64";

    /** Of a name or reason; whoever shows it cuts it later. */
    private static final int SHOWN = 100;

    private static final Duration MOST = Duration.ofMinutes(3);
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> ALL_OF_UNICODE = List.of(
            "-Dfile.encoding=UTF-8",
            "-Dstdout.encoding=UTF-8",
            "-Dstderr.encoding=UTF-8",
            "-Dsun.stdout.encoding=UTF-8",
            "-Dsun.stderr.encoding=UTF-8");

    private Path dir;
    private Path log;
    private Path data;
    private SampleZone dns;
    private Slash64Process program;
    private Endpoints endpoints;
    private String url;
    private final List<String> told = new ArrayList<>();

    @BeforeAll
    @Timeout(value = 600, unit = TimeUnit.SECONDS)
    void run(@TempDir Path folder) throws Exception {
        dir = folder;
        data = dir.resolve("data");
        log = Files.writeString(dir.resolve("mail.log"), String.join("\n", lines()) + "\n");
        dns = SampleZone.serve();
        program = Slash64Process.start(ALL_OF_UNICODE, dns.run(data, "--log", log.toString()));
        endpoints = program.awaitEndpoints();
        url = program.awaitLine(line -> line.startsWith("Dashboard: "), Slash64Process.LONG)
                .substring("Dashboard: ".length());
        await(() -> listed(JSON.readTree(get("api/listings?limit=100")).get("items"), "subject")
                .containsAll(List.of(POSTFIX, EXIM)));
        quoteInReasons();
    }

    @AfterAll
    void stop() throws Exception {
        if (program != null) {
            program.close();
        }
        if (dns != null) {
            dns.close();
        }
    }

    /** Two clients that are refused for each name in turn, one by Postfix, one by Exim; then time goes on. */
    private static List<String> lines() {
        List<String> lines = new ArrayList<>();
        Instant start = Instant.now().minus(1, ChronoUnit.DAYS).truncatedTo(ChronoUnit.HOURS);
        for (int i = 0; i < REFUSALS * NAMES.size(); i++) {
            Instant at = start.plusSeconds(10L * i);
            String name = NAMES.get(i % NAMES.size());
            lines.add(at + " mx1 postfix/smtpd[7]: NOQUEUE: reject: RCPT from unknown[2001:db8:666:1::5]: 550 5.1.1"
                    + " <a@example.com>: Recipient address rejected: User unknown; from=<a@" + name
                    + "> to=<a@example.com> proto=ESMTP helo=<" + name + ">");
            lines.add(at + " mx1 exim[8]: H=(" + name + ") [2001:db8:666:2::5]:4242 F=<" + name
                    + "@x.test> rejected RCPT <a@example.com>: 550 5.1.1 " + name);
        }
        for (String name : NAMES) {
            lines.add(start + " mx1 postfix/smtpd[9]: connect from " + name + "[2001:db8:666:3::5]");
            lines.add(start + " mx1 postfix/smtpd[9]: " + name);
            lines.add(start + " mx1 " + name + "[9]: hello");
            lines.add(start + " " + name + " postfix/smtpd[9]: hello");
            lines.add(name);
        }
        Instant later = start.plus(3, ChronoUnit.HOURS);
        lines.add(later + " mx1 postfix/smtpd[9]: connect from unknown[2001:db8:1::1]");
        lines.add(later + " mx1 postfix/smtpd[9]: disconnect from unknown[2001:db8:1::1] ehlo=1 quit=1 commands=2");
        return lines;
    }

    /** Reasons that quote the name, as somebody writes who looked into the log; told to those who follow what happens. */
    private void quoteInReasons() throws Exception {
        HttpRequest follow = HttpRequest.newBuilder(URI.create(url + "api/events"))
                .header("Accept", "text/event-stream")
                .build();
        try (Stream<String> events = CLIENT.send(follow, BodyHandlers.ofLines()).body()) {
            SentFeedback feedback = new SentFeedback();
            for (int i = 0; i < NAMES.size(); i++) {
                feedback.send(endpoints, quoted(i), FeedbackKind.LIST, Instant.now(), NAMES.get(i));
            }
            Iterator<String> lines = events.iterator();
            Set<String> awaited = new TreeSet<>(subjects());
            awaited.removeAll(List.of(POSTFIX, EXIM));
            while (!awaited.isEmpty()) {
                String line = lines.next();
                told.add(line);
                if (line.startsWith("data:")) {
                    JsonNode event = JSON.readTree(line.substring("data:".length()));
                    awaited.removeIf(subject -> event.has("listing")
                            && event.get("subject").asText().equals(subject));
                }
            }
        }
    }

    private static String quoted(int name) {
        return "2001:db8:667:" + (name + 1) + "::/64";
    }

    private static List<String> subjects() {
        List<String> subjects = new ArrayList<>(List.of(POSTFIX, EXIM));
        for (int i = 0; i < NAMES.size(); i++) {
            subjects.add(quoted(i));
        }
        return subjects;
    }

    /** Returns when it is so; looks a few times in a second. */
    private static void await(Callable<Boolean> condition) throws Exception {
        long end = System.nanoTime() + MOST.toNanos();
        while (!condition.call()) {
            if (System.nanoTime() > end) {
                throw new TimeoutException("it did not come to be so");
            }
            TimeUnit.MILLISECONDS.sleep(200);
        }
    }

    private static Set<String> listed(JsonNode entries, String field) {
        Set<String> listed = new TreeSet<>();
        entries.forEach(entry -> listed.add(entry.get(field).asText()));
        return listed;
    }

    /** The beginning of a name as a reason quotes it: in one line. */
    private static String said(String name) {
        String line =
                name.codePoints().limit(SHOWN).mapToObj(Character::toString).collect(Collectors.joining());
        return replaced(line, Character::isISOControl, c -> " ").strip();
    }

    private static String replaced(String text, IntPredicate which, IntFunction<String> by) {
        return text.codePoints()
                .mapToObj(c -> which.test(c) ? by.apply(c) : Character.toString(c))
                .collect(Collectors.joining());
    }

    private static void assertPrintable(String text) {
        assertThat(text.codePoints()
                        .filter(c -> c != '\n' && c != '\t' && steers(c))
                        .mapToObj(c -> String.format("U+%04X", c)))
                .isEmpty();
    }

    private static boolean steers(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }

    private static void assertAscii(String text) {
        assertPrintable(text);
        assertThat(text.chars()).as("ASCII").allMatch(character -> character < 128);
    }

    @Test
    void page_showsText() {
        Optional<Path> chromium = Browser.installed();
        assumeTrue(chromium.isPresent(), "Chromium is not installed");
        try (Browser browser = new Browser(chromium.get())) {
            Page page = browser.page(1280, 900, false);
            for (String path : List.of("#/", "#/listings", "#/prefixes", "#/domains", "#/status")) {
                open(page, path);
                assertInert(page);
            }
            for (String subject : subjects()) {
                open(page, of(subject));
                page.waitForSelector(".story:has-text('" + subject + " is listed')");
                assertInert(page);
                int i = subjects().indexOf(subject) - 2;
                if (i >= 0) {
                    assertThat(page.textContent(".story"))
                            .contains(replaced(
                                    said(NAMES.get(i)), HostileNamesIT::steers, c -> String.format("U+%04X", c)));
                }
            }
            assertThat(browser.complaints()).isEmpty();
            for (String name : NAMES) { // no subject; the browser notes that it is refused
                open(page, of(name));
                assertInert(page);
            }
        }
    }

    private static String of(String subject) {
        return "#/of/" + URLEncoder.encode(subject, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** Anew, not within the page that is open; returns when nothing is being loaded any more. */
    private void open(Page page, String path) {
        page.navigate("about:blank");
        page.navigate(url + path);
        page.waitForSelector("main h1");
        page.waitForSelector(".loading", new Page.WaitForSelectorOptions().setState(WaitForSelectorState.DETACHED));
    }

    private static void assertInert(Page page) {
        assertThat(page.evaluate("window.hostile === undefined")).isEqualTo(true);
        assertThat(page.locator("main img, main script").count()).isZero();
        assertPrintable(page.textContent("body"));
    }

    @Test
    void api_isJsonInAscii() throws Exception {
        for (String path : List.of(
                "api/listings?limit=100", "api/history?limit=100", "api/limits", "api/domains", "api/prefixes")) {
            assertThat(JSON.readTree(get(path)).has("items")).as(path).isTrue();
        }
        for (int i = 0; i < NAMES.size(); i++) {
            JsonNode story = JSON.readTree(get("api/explain?subject=" + quoted(i)));
            assertThat(story.at("/listing/reason").asText()).contains(said(NAMES.get(i)));
        }
        for (String name : NAMES) {
            HttpResponse<String> refused =
                    answer("api/explain?subject=" + URLEncoder.encode(name, StandardCharsets.UTF_8));
            assertThat(refused.statusCode()).isBetween(400, 499);
        }
        assertAscii(answer("metrics").body());
        told.forEach(HostileNamesIT::assertAscii);
    }

    private String get(String path) throws Exception {
        HttpResponse<String> response = answer(path);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type").orElse("")).startsWith("application/json");
        assertThat(response.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
        return response.body();
    }

    private HttpResponse<String> answer(String path) throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(url + path)).timeout(MOST).build();
        HttpResponse<String> response = CLIENT.send(request, BodyHandlers.ofString(StandardCharsets.UTF_8));
        assertAscii(response.body());
        return response;
    }

    /** What a command prints; nothing of it, nor of what it says beside, steers a terminal. */
    private static String terminal(String... command) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        assertThat(Slash64.commandLine(out, err).execute(command))
                .as(err.toString())
                .isZero();
        assertPrintable(out.toString());
        assertPrintable(err.toString());
        return out.toString();
    }

    @Test
    void explain_printsText() throws Exception {
        for (String subject : List.of(POSTFIX, EXIM)) {
            assertThat(terminal("explain", subject, "--url", url)).contains(subject + " is listed");
        }
        for (int i = 0; i < NAMES.size(); i++) {
            String reason = said(NAMES.get(i));
            assertThat(terminal("explain", quoted(i), "--url", url))
                    .contains(quoted(i) + " is listed")
                    .contains(replaced(reason, HostileNamesIT::steers, c -> "?"));
            String json = terminal("explain", quoted(i), "--url", url, "--json");
            assertAscii(json);
            assertThat(JSON.readTree(json).at("/listing/reason").asText()).contains(reason);
        }
    }

    @Test
    void parse_printsText() throws Exception {
        String report = terminal("parse", "--report", log.toString());
        assertThat(report).contains("<script>", "?gro.");
        assertThat(JSON.readTree(terminal("parse", "--report", "--json", log.toString()))
                        .get("not_understood")
                        .toString())
                .contains("<script>");
        String events = terminal("parse", "--json", log.toString());
        assertAscii(events);
        List<String> helos = new ArrayList<>();
        for (String line : events.lines().toList()) {
            helos.add(JSON.readTree(line).path("helo").asText());
        }
        assertThat(helos).contains(SCRIPT, TURNED);
    }

    /** What was logged is kept as it was, but for control characters; who shows it makes it safe. */
    @Test
    void events_keepTheNames() throws Exception {
        List<String> kept = TopicContents.of(endpoints).events().values().stream()
                .flatMap(List::stream)
                .map(event -> String.valueOf(event.getHelo()))
                .toList();
        assertThat(kept).contains(SCRIPT, TURNED);
    }

    @Test
    void export_writesListsThatAreWellFormed() throws Exception {
        Path out = dir.resolve("out");
        terminal(
                "export",
                "--bootstrap-servers",
                endpoints.bootstrapServers(),
                "--schema-registry",
                endpoints.registryUrl(),
                "--out",
                out.toString());
        assertListsAreWellFormed(out);
    }

    private static JsonNode prefixes(Path folder) throws Exception {
        return JSON.readTree(Files.readString(folder.resolve("blocklist.json"))).get("prefixes");
    }

    private static void assertListsAreWellFormed(Path folder) throws Exception {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                assertPrintable(Files.readString(file).replace("\r\n", "\n"));
            }
        }
        assertThat(listed(prefixes(folder), "prefix")).containsExactlyInAnyOrderElementsOf(subjects());
        assertAscii(Files.readString(folder.resolve("blocklist.json")));
        assertEachLine(
                folder,
                "blocklist.ip6trie",
                "#.*|[$](SOA|NS|TTL|TIMESTAMP) .*|:127[.]0[.]0[.]2:.*|[0-9a-f:]+/[0-9]+ :127[.]0[.]0[.]2:[ -~&&[^$\\\\]]*");
        assertEachLine(folder, "blocklist.cidr", "#.*|[0-9a-f:]+/[0-9]+ REJECT [0-9.]+ slash64: [ -~&&[^$\\\\]]*");
        assertEachLine(
                folder,
                "blocklist.csv",
                "version,.*|[0-9]+,snapshot,,,,[^,]+,,"
                        + "|[0-9]+,prefix,\"[0-9a-f:]+/[0-9]+\",\"([^\"]|\"\")*\",[0-9]+,[^,]+,[^,]+,(true|false)");
        for (String name : List.of("blocklist.ip6trie", "blocklist.cidr", "blocklist.csv")) {
            List<String> lines = Files.readAllLines(folder.resolve(name));
            for (String subject : subjects()) {
                assertThat(lines.stream().filter(line -> line.matches("(.*,)?\"?\\Q" + subject + "\\E[\",: \t].*")))
                        .as("%s in %s", subject, name)
                        .hasSize(1);
            }
        }
        assertEachLine(
                folder,
                "blocklist.nft",
                "#.*|table inet slash64 [{]|\tset blocked[46] [a-z0-9_;,{} ]*|[}]|flush set inet slash64 blocked[46]"
                        + "|add element inet slash64 blocked[46] [{]|[0-9a-f:./-]+ timeout [0-9]+s,");
        assertEachLine(folder, "blocklist.rpz", ";.*|[$]TTL 60|@ (SOA|NS) .*|[0-9a-z.]+[.]rpz-ip CNAME [.]");
    }

    private static void assertEachLine(Path folder, String name, String shape) throws Exception {
        assertThat(Files.readAllLines(folder.resolve(name)))
                .as(name)
                .filteredOn(line -> !line.isBlank())
                .allMatch(line -> line.matches(shape));
    }

    @Test
    @Order(Integer.MAX_VALUE)
    void run_atItsEnd_hasPrintedText_andPublishedListsThatAreWellFormed() throws Exception {
        program.terminate();
        assertThat(program.awaitExit(Slash64Process.LONG)).as(program.output()).isIn(0, 143);
        assertThat(program.out()).anyMatch(line -> line.startsWith("Dashboard: "));
        assertPrintable(program.output());
        assertListsAreWellFormed(data.resolve("zones"));
    }
}
