package org.slash64.deploy.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.WaitForSelectorState;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slash64.deploy.bench.Slash64Process;
import org.slash64.deploy.pipeline.Endpoints;
import org.slash64.schemas.FeedbackKind;

/** The dashboard of a running demo, in the Chromium that is installed. Its pictures are in {@code target/dashboard}. */
@Timeout(value = 600, unit = TimeUnit.SECONDS)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DashboardIT {

    /** A minute and a half on an idle machine with two cores. */
    private static final Duration WHOLE_DEMO = Duration.ofMinutes(5);

    private static final Path PICTURES = Path.of("target", "dashboard");
    private static final String SPREADING = "2001:db8:bad0:100::/56";
    private static final Map<String, String> PAGES = Map.of(
            "overview", "#/",
            "prefixes", "#/prefixes",
            "domains", "#/domains",
            "listings", "#/listings",
            "status", "#/status",
            "prefix", "#/of/2001%3Adb8%3Abad0%3A100%3A%3A%2F56",
            "domain", "#/of/bigmail.example",
            "nothing", "#/of/nothing.example");

    private Slash64Process demo;
    private Browser browser;
    private Endpoints endpoints;
    private String url;

    @BeforeAll
    void start(@TempDir Path dir) throws Exception {
        assumeTrue(Browser.installed().isPresent(), "Chromium is not installed");
        Files.createDirectories(PICTURES);
        demo = Slash64Process.start(List.of(
                "demo", "--http", "127.0.0.1:0", "--data", dir.resolve("demo").toString()));
        demo.awaitLine(line -> line.startsWith("Ctrl-C"), WHOLE_DEMO);
        Matcher at = Pattern.compile("Kafka is at (\\S+), the schema registry at (\\S+?)\\. .*")
                .matcher(demo.awaitLine(line -> line.startsWith("Kafka is at"), Slash64Process.LONG));
        assertThat(at.matches()).isTrue();
        endpoints = new Endpoints(at.group(1), at.group(2));
        url = demo.awaitLine(line -> line.startsWith("Dashboard: "), Slash64Process.LONG)
                .substring("Dashboard: ".length());
        browser = new Browser(Browser.installed().get());
    }

    @AfterAll
    void stop() {
        if (browser != null) {
            browser.close();
        }
        if (demo != null) {
            demo.close();
        }
    }

    private Page open(String path, int width, boolean dark) {
        Page page = browser.page(width, 900, dark);
        page.navigate(url + path);
        settled(page);
        return page;
    }

    /** Nothing is being loaded any more. */
    private static void settled(Page page) {
        page.waitForSelector("main h1");
        page.waitForSelector(".loading", new Page.WaitForSelectorOptions().setState(WaitForSelectorState.DETACHED));
    }

    @Test
    @Order(1)
    void everyPage_atBothWidths_loadsWithoutComplaints_andIsAccessible() throws Exception {
        String axe = axe();
        for (Map.Entry<String, String> each : PAGES.entrySet()) {
            for (int width : List.of(1280, 390)) {
                boolean dark = width == 390;
                Page page = open(each.getValue(), width, dark);
                String name = each.getKey() + "-" + width + (dark ? "-dark" : "");
                page.screenshot(new Page.ScreenshotOptions()
                        .setPath(PICTURES.resolve(name + ".png"))
                        .setFullPage(true));
                assertThat((Integer) page.evaluate("document.documentElement.scrollWidth - innerWidth"))
                        .as("%s is wider than the screen", name)
                        .isLessThanOrEqualTo(0);
                assertThat(seriousIssues(page, axe)).as(name).isEqualTo("[]");
                page.context().close();
            }
        }
        assertThat(browser.complaints()).isEmpty();
    }

    private static String axe() throws Exception {
        try (InputStream in =
                DashboardIT.class.getResourceAsStream("/META-INF/resources/webjars/axe-core/4.6.3/axe.min.js")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** By the debugger, to which the page's Content-Security-Policy does not apply. */
    private static String seriousIssues(Page page, String axe) {
        page.evaluate(axe + "; undefined");
        return (String) page.evaluate("axe.run().then(found => JSON.stringify(found.violations"
                + ".filter(issue => issue.impact === 'serious' || issue.impact === 'critical')"
                + ".map(issue => issue.id + ': ' + issue.nodes.map(node => node.html).slice(0, 3))))");
    }

    @Test
    @Order(2)
    void search_findsAnAddress_byKeyboard() {
        Page page = open("#/", 1280, false);
        page.focus("#q");
        page.keyboard().type("2001:db8:bad0:113::5");
        page.keyboard().press("Enter");
        page.waitForSelector("h1:has-text('2001:db8:bad0:113::/64')");
        page.waitForSelector(".story:has-text('It lies within " + SPREADING + ", which is listed')");
        page.fill("#q", "no such thing");
        page.keyboard().press("Enter");
        assertThat(page.textContent("#search-error")).contains("2001:db8::/48");
        page.context().close();
    }

    @Test
    @Order(3)
    void networkPicture_showsEachPrefixSeen() {
        Page page = open("#/of/2001%3Adb8%3Abad0%3A100%3A%3A%2F56", 1280, false);
        assertThat(page.locator(".squares .sbad").count()).isGreaterThanOrEqualTo(5);
        page.locator(".squares .at").first().click();
        page.waitForSelector("h1:has-text('/64')");
        page.context().close();
    }

    @Test
    @Order(4)
    void themeSwitch_isKept() {
        Page page = open("#/", 1280, false);
        String light = (String) page.evaluate("getComputedStyle(document.body).backgroundColor");
        page.click("#theme");
        String dark = (String) page.evaluate("getComputedStyle(document.body).backgroundColor");
        page.reload();
        settled(page);
        assertThat(dark).isNotEqualTo(light);
        assertThat(page.evaluate("getComputedStyle(document.body).backgroundColor"))
                .isEqualTo(dark);
        page.context().close();
    }

    @Test
    @Order(5)
    void newListing_appearsWithoutReload_andHostileTextIsText() throws Exception {
        Page page = open("#/", 1280, false);
        page.waitForSelector(".live.on");
        page.evaluate("window.sameDocument = true");
        String hostile = "<img src=x onerror=alert(1)> \u202eturned\u202c \u0007bell " + "long ".repeat(2_000);
        new SentFeedback().send(endpoints, "2001:db8:abcd:1::/64", FeedbackKind.LIST, Instant.now(), hostile);
        Locator entry =
                page.locator(".feed li:has-text('2001:db8:abcd:1::/64')").first();
        entry.waitFor();
        assertThat(page.evaluate("window.sameDocument")).isEqualTo(true);
        assertThat(entry.textContent()).contains("<img src=x onerror=alert(1)>").contains("U+202E");
        assertThat(page.locator("main img").count()).isZero();
        page.navigate(url + "#/listings");
        page.waitForSelector("td:has-text('2001:db8:abcd:1::/64')");
        page.screenshot(new Page.ScreenshotOptions().setPath(PICTURES.resolve("hostile-1280.png")));
        page.context().close();
        assertThat(browser.complaints()).isEmpty();
    }
}
