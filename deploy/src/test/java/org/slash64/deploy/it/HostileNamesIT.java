package org.slash64.deploy.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.Page;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slash64.deploy.pipeline.Endpoints;
import org.slash64.schemas.FeedbackKind;
import org.slash64.schemas.Topics;

/** Names that a sender made up, from the log line to whoever looks: text everywhere, and never more than that. */
@Timeout(value = 900, unit = TimeUnit.SECONDS)
class HostileNamesIT {

    private static final List<String> NAMES = List.of(
            "<script>window.hostile=1</script>",
            "\"><img src=x onerror=window.hostile=1>",
            "\u202egro.elpmaxe\u202c\u2066x\u2069\u200f\u061c\ufeff",
            "\u001b[2J\u001b]0;owned\u0007\u009b31mred\u0085\u0090",
            "a\u0000b\u0008\u007f\u2028line\u2029x\udb40\udc01y",
            "';\"$(reboot)`id`\\$INCLUDE @ ; { } , # %s ${jndi:ldap://x.test/}",
            "=cmd|'/c calc'!A0",
            "a".repeat(10_000));

    private static final int REFUSALS = 30;
    private static final String POSTFIX = "2001:db8:666:1::/64";
    private static final String EXIM = "2001:db8:666:2::/64";
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final List<String> UTF_8 = List.of(
            "-Dfile.encoding=UTF-8",
            "-Dstdout.encoding=UTF-8",
            "-Dstderr.encoding=UTF-8",
            "-Dsun.stdout.encoding=UTF-8",
            "-Dsun.stderr.encoding=UTF-8");

    @TempDir
    Path dir;

    @Test
    void namesOfALog_areTextOnThePage_inTheApi_onTheTerminal_andInLists() throws Exception {
        Path log = Files.writeString(dir.resolve("mail.log"), String.join("\n", lines()) + "\n");
        Path data = dir.resolve("data");
        try (SampleZone dns = SampleZone.serve()) {
            List<String> whole = new ArrayList<>(dns.run(data, "--log", log.toString()));
            whole.add("--until-idle");
            assertThat(terminal(whole)).contains(" events, ");
            try (Slash64Process program = Slash64Process.start(UTF_8, dns.run(data, "--log", log.toString()))) {
                Endpoints endpoints = program.awaitEndpoints();
                String url = program.awaitLine(line -> line.startsWith("Dashboard: "), Slash64Process.LONG)
                        .substring("Dashboard: ".length());
                long before = Watch.count(endpoints, Topics.BLOCKLIST);
                quoteInReasons(endpoints);
                Watch.await(endpoints, Topics.BLOCKLIST, before + NAMES.size());
                assertPageShowsText(url);
                assertApiIsJson(url);
                for (String subject : subjects()) {
                    assertThat(terminal(List.of("explain", subject, "--url", url)))
                            .contains(subject + " is listed");
                }
                assertThat(new ObjectMapper()
                                .readTree(terminal(List.of("explain", quoted(2), "--url", url, "--json")))
                                .toString())
                        .contains(NAMES.get(2));
                program.terminate();
                program.awaitExit(Slash64Process.LONG);
                assertPrintable(program.output());
            }
        }
        assertEventsKeepTheNames(TopicContents.ofStopped(data));
        terminal(List.of("parse", "--report", log.toString()));
        terminal(List.of("parse", "--json", log.toString()));
        terminal(List.of(
                "export", "--data", data.toString(), "--out", dir.resolve("out").toString(), "--confirm"));
        assertListsAreWellFormed(dir.resolve("out"));
    }

    /** Two clients that are refused for each name in turn, one by Postfix, one by Exim; then time goes on. */
    private static List<String> lines() {
        List<String> lines = new ArrayList<>();
        Instant start = Instant.now().minus(1, ChronoUnit.DAYS).truncatedTo(ChronoUnit.HOURS);
        for (int i = 0; i < REFUSALS * NAMES.size(); i++) {
            Instant at = start.plusSeconds(10L * i);
            String name = NAMES.get(i % NAMES.size());
            lines.add(at + " mx1 postfix/smtpd[7]: NOQUEUE: reject: RCPT from unknown[2001:db8:666:1::5]: 550 5.1.1"
                    + " <a@example.com>: Recipient address rejected: User unknown; from=<" + name
                    + "> to=<a@example.com> proto=ESMTP helo=<" + name + ">");
            lines.add(at + " mx1 exim[8]: H=(" + name + ") [2001:db8:666:2::5]:4242 F=<" + name
                    + "@x.test> rejected RCPT <a@example.com>: 550 5.1.1 " + name);
        }
        Instant later = start.plus(3, ChronoUnit.HOURS);
        lines.add(later + " mx1 postfix/smtpd[9]: connect from unknown[2001:db8:1::1]");
        lines.add(later + " mx1 postfix/smtpd[9]: disconnect from unknown[2001:db8:1::1] ehlo=1 quit=1 commands=2");
        return lines;
    }

    /** Reasons that quote the name, as somebody writes who looked into the log. */
    private static void quoteInReasons(Endpoints endpoints) throws Exception {
        SentFeedback feedback = new SentFeedback();
        for (int i = 0; i < NAMES.size(); i++) {
            feedback.send(endpoints, quoted(i), FeedbackKind.LIST, Instant.now(), NAMES.get(i));
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

    /** What a command prints, on both streams; nothing of it steers a terminal. */
    private static String terminal(List<String> command) throws Exception {
        try (Slash64Process program = Slash64Process.start(UTF_8, command)) {
            assertThat(program.awaitExit(Slash64Process.LONG))
                    .as(program.output())
                    .isZero();
            assertPrintable(program.output());
            return String.join("\n", program.out());
        }
    }

    private static void assertPrintable(String text) {
        assertThat(text.codePoints().filter(HostileNamesIT::steers).mapToObj(c -> String.format("U+%04X", c)))
                .isEmpty();
    }

    private static boolean steers(int c) {
        int type = Character.getType(c);
        boolean blank = c == '\n' || c == '\t';
        return !blank
                && (type == Character.CONTROL
                        || type == Character.FORMAT
                        || type == Character.LINE_SEPARATOR
                        || type == Character.PARAGRAPH_SEPARATOR);
    }

    private static void assertPageShowsText(String url) {
        Optional<Path> chromium = Browser.installed();
        if (chromium.isEmpty()) {
            return; // the terminal, the API and the lists remain
        }
        try (Browser browser = new Browser(chromium.get())) {
            Page page = browser.page(1280, 900, false);
            for (String path : List.of("#/", "#/listings", "#/prefixes", "#/domains")) {
                page.navigate(url + path);
                page.waitForSelector("main h1");
                assertInert(page);
            }
            for (String subject : subjects()) {
                page.navigate(url + "#/of/" + subject.replace(":", "%3A").replace("/", "%2F"));
                page.waitForSelector(".story:has-text('" + subject + " is listed')");
                assertInert(page);
            }
            for (int i = 0; i < 3; i++) {
                page.navigate(url + "#/of/" + quoted(i).replace(":", "%3A").replace("/", "%2F"));
                page.waitForSelector(".story:has-text('" + quoted(i) + " is listed')");
                assertThat(page.textContent(".story")).contains(i == 2 ? "U+202Egro.elpmaxeU+202C" : NAMES.get(i));
            }
            assertThat(browser.complaints()).isEmpty();
        }
    }

    private static void assertInert(Page page) {
        assertThat(page.evaluate("window.hostile === undefined")).isEqualTo(true);
        assertThat(page.locator("main img, main script").count()).isZero();
        assertPrintable(page.textContent("body"));
    }

    private static void assertApiIsJson(String url) throws Exception {
        for (String path : List.of("api/listings?limit=100", "api/history?limit=100", "api/limits", "api/domains")) {
            String text = get(url + path);
            assertPrintable(text);
            assertThat(new ObjectMapper().readTree(text).isEmpty()).as(path).isFalse();
        }
        JsonNode story = new ObjectMapper().readTree(get(url + "api/explain?subject=2001:db8:667:3::5"));
        assertThat(story.get("listing").get("reason").asText()).contains(NAMES.get(2));
    }

    private static String get(String url) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url))
                .timeout(Duration.ofMinutes(2))
                .build();
        HttpResponse<String> response =
                CLIENT.send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return response.body();
    }

    /** What was logged is kept as it was, but for control characters; who shows it makes it safe. */
    private static void assertEventsKeepTheNames(TopicContents topics) {
        List<String> told = topics.events().values().stream()
                .flatMap(List::stream)
                .map(Object::toString)
                .toList();
        for (int kept : List.of(0, 2)) {
            assertThat(told).anyMatch(event -> event.contains(NAMES.get(kept)));
        }
    }

    private static void assertListsAreWellFormed(Path folder) throws Exception {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                assertPrintable(Files.readString(file));
            }
        }
        JsonNode prefixes = new ObjectMapper()
                .readTree(Files.readString(folder.resolve("blocklist.json")))
                .get("prefixes");
        assertThat(prefixes).hasSize(subjects().size());
        assertEachLine(folder, "blocklist.ip6trie", "[#:$!].*|[0-9a-f:]+/[0-9]+ .*");
        assertEachLine(folder, "blocklist.cidr", "#.*|[0-9a-f:]+/[0-9]+\\s+(REJECT|DUNNO|[45][0-9][0-9]) .*");
        assertEachLine(folder, "blocklist.csv", "#.*|subject,.*|[a-z]+,.*|\"?[0-9a-f:]+/[0-9]+\"?,.*");
        for (String name : List.of("blocklist.ip6trie", "blocklist.cidr", "blocklist.csv")) {
            List<String> lines = Files.readAllLines(folder.resolve(name));
            for (String subject : subjects()) {
                assertThat(lines.stream().filter(line -> line.matches("(.*,)?\"?\\Q" + subject + "\\E[\",: \t].*")))
                        .as("%s in %s", subject, name)
                        .hasSize(1);
            }
        }
        assertThat(Files.readString(folder.resolve("blocklist.nft"))).doesNotContain("reboot");
        assertEachLine(folder, "blocklist.rpz", ";.*|[$@].*|\\s.*|[0-9a-z.*-]+\\s.*");
    }

    private static void assertEachLine(Path folder, String name, String shape) throws Exception {
        assertThat(Files.readAllLines(folder.resolve(name)))
                .as(name)
                .filteredOn(line -> !line.isBlank())
                .allMatch(line -> line.matches(shape));
    }
}
