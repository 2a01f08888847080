package org.slash64.deploy.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.slash64.deploy.view.Sample.NOON;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.javalin.Javalin;
import io.javalin.http.HandlerType;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.streams.state.HostInfo;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slash64.connectors.publish.PublishedState;
import org.slash64.connectors.socket.ListenAddress;
import org.slash64.deploy.explain.Storyteller;
import org.slash64.deploy.metrics.PipelineMetrics;
import org.slash64.deploy.state.StateUnavailableException;
import org.slash64.deploy.state.SubjectState;
import org.slash64.deploy.state.SubjectStates;
import org.slash64.deploy.view.Figures;
import org.slash64.deploy.view.Sample;
import org.slash64.deploy.view.TopicView;
import org.slash64.schemas.Address;
import org.slash64.schemas.AllowEntry;
import org.slash64.schemas.Change;
import org.slash64.schemas.Feedback;
import org.slash64.schemas.FeedbackKind;
import org.slash64.schemas.Prefix;
import org.slash64.schemas.Standing;
import org.slash64.schemas.Topics;

/** The server over HTTP, on a state made up. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class HttpApiIT {

    private static final String TOKEN = "0123456789abcdef";
    private static final Figures SOME = new Figures(12, 7, 2, 3, 0, 2, 3, 7, 2, 0, 0, 0, 0, 0, 0);
    private static final SubjectState KNOWN = new SubjectState(
            true,
            List.of(new SubjectState.Slice(NOON, SOME)),
            SOME,
            4,
            2,
            1,
            3,
            Optional.of(NOON),
            List.of(new SubjectState.Below("2001:db8:1:1::/64", 64, true, SOME)),
            true,
            false,
            "127.0.0.1:1");

    private final List<String> ordered = new ArrayList<>();
    private final List<String> notReady = new ArrayList<>();
    private final LiveEvents events = new LiveEvents(1);
    private final TopicView view = new TopicView(List.of(Duration.ofMinutes(1), Duration.ofDays(1)), events);
    private final PublishedState published = new PublishedState(List.of());
    private final PipelineMetrics metrics = new PipelineMetrics(Clock.systemUTC());
    private final HttpClient client = HttpClient.newHttpClient();
    private HttpServer server;

    private final Orders orders = new Orders() {
        @Override
        public void send(Feedback feedback) {
            ordered.add(feedback.getKind() + " " + feedback.getSubject() + " by " + feedback.getSource() + ": "
                    + feedback.getComment());
        }

        @Override
        public void allow(String subject, Optional<AllowEntry> entry) {
            ordered.add((entry.isPresent() ? "ALLOW " : "DISALLOW ") + subject);
        }
    };

    private Running.Status status() {
        return new Running.Status(
                "1",
                "i",
                List.of(),
                "RUNNING",
                notReady,
                Optional.empty(),
                NOON,
                NOON,
                1,
                2,
                3,
                0,
                Map.of(),
                1,
                0,
                Optional.of(7L),
                Optional.empty(),
                true);
    }

    private List<Routes> routes(Optional<String> token) {
        SubjectStates states = subject -> {
            if (subject.toString().startsWith("2001:db8:5")) {
                throw new StateUnavailableException("restoring");
            }
            return KNOWN;
        };
        Running running = this::status;
        return List.of(
                new ReadRoutes(running, published, view, new Storyteller(published, view, states), states),
                new WriteRoutes(token, orders, Clock.fixed(NOON, ZoneOffset.UTC)),
                events,
                new HealthRoutes(running),
                new MetricsRoute(metrics),
                new DescriptionRoute());
    }

    private static HttpSettings settings(int requestsPerSecond) {
        HttpSettings defaults = HttpSettings.defaults();
        return new HttpSettings(
                new ListenAddress.Tcp(Address.parse("127.0.0.1").orElseThrow(), 0),
                Optional.empty(),
                List.of("slash64.example.net"),
                Optional.of(TOKEN),
                Optional.empty(),
                requestsPerSecond,
                defaults.eventStreams());
    }

    @BeforeEach
    void start() throws IOException {
        published.take(Topics.BLOCKLIST.name(), "2001:db8:1::/48", Sample.listing("2001:db8:1::/48", "spread"));
        published.take(Topics.BLOCKLIST.name(), "192.0.2.1/32", Sample.listing("192.0.2.1/32", "loud"));
        published.take(Topics.BLOCKLIST.name(), "bad.example", Sample.listing("bad.example", "reputation"));
        view.take(Topics.DOMAIN_REPUTATION.name(), "good.example", Sample.domain("good.example", Standing.GOOD, 40));
        view.take(
                Topics.BLOCKLIST_HISTORY.name(),
                "bad.example",
                Sample.change("bad.example", Change.LISTED, "reputation"));
        view.take(
                Topics.PREFIX_COUNTS.name(), "k", Sample.count("2001:db8:1::/48", Duration.ofDays(1), NOON, 9, false));
        view.caughtUp(NOON);
        server = HttpServer.start(settings(100_000), routes(Optional.of(TOKEN)));
    }

    @AfterEach
    void stop() {
        events.close();
        server.close();
        metrics.close();
    }

    private HttpResponse<String> get(String path) throws Exception {
        return client.send(
                HttpRequest.newBuilder(URI.create(server.url() + path)).build(), BodyHandlers.ofString());
    }

    private JsonNode json(String path) throws Exception {
        HttpResponse<String> response = get(path);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return new ObjectMapper().readTree(response.body());
    }

    private String refused(int status, HttpResponse<String> response) throws Exception {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type").orElse("")).startsWith("application/problem+json");
        JsonNode problem = new ObjectMapper().readTree(response.body());
        assertThat(problem.get("status").asInt()).isEqualTo(status);
        return problem.get("detail").asText();
    }

    private HttpResponse<String> post(String path, String token, String type, String body) throws Exception {
        return client.send(
                HttpRequest.newBuilder(URI.create(server.url() + path))
                        .header("Authorization", "Bearer " + token)
                        .header("Content-Type", type)
                        .POST(BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }

    private HttpResponse<String> post(String path, String body) throws Exception {
        return post(path, TOKEN, "application/json", body);
    }

    @Test
    void listings_filteredAndPaged() throws Exception {
        assertThat(json("api/listings").get("total").asInt()).isEqualTo(3);
        assertThat(json("api/listings?kind=domain").at("/items/0/subject").asText())
                .isEqualTo("bad.example");
        assertThat(json("api/listings?within=2001:db8::/32").get("total").asInt())
                .isEqualTo(1);
        assertThat(json("api/listings?q=LOUD").at("/items/0/subject").asText()).isEqualTo("192.0.2.1/32");
        JsonNode second = json("api/listings?limit=1&offset=1");
        assertThat(second.get("items")).hasSize(1);
        assertThat(second.get("total").asInt()).isEqualTo(3);
    }

    @Test
    void stories_ofPrefixDomainAndAddress() throws Exception {
        JsonNode prefix = json("api/prefixes/2001:db8:1::/48");
        assertThat(prefix.get("state").asText()).isEqualTo("listed");
        assertThat(prefix.at("/evidence/below/0/prefix").asText()).isEqualTo("2001:db8:1:1::/64");
        assertThat(json("api/explain?subject=2001:db8:1::77")
                        .at("/covering/0/subject")
                        .asText())
                .isEqualTo("2001:db8:1::/48");
        assertThat(json("api/domains/good.example").at("/reputation/standing").asText())
                .isEqualTo("good");
        assertThat(json("api/explain?subject=2001:db8:5::1").get("complete").asBoolean())
                .isFalse();
    }

    @Test
    void lists_ofPrefixesDomainsHistory() throws Exception {
        assertThat(json("api/prefixes?level=48").at("/items/0/figures/bad").asInt())
                .isEqualTo(9);
        assertThat(json("api/prefixes?level=48&within=2001:db8:2::/48").get("items"))
                .isEmpty();
        assertThat(json("api/domains?standing=good").get("total").asInt()).isEqualTo(1);
        assertThat(json("api/domains?standing=bad").get("total").asInt()).isZero();
        assertThat(json("api/history?change=listed,escalated")
                        .at("/items/0/why")
                        .asText())
                .isEqualTo("reputation");
        assertThat(json("api/history?change=delisted").get("items")).isEmpty();
        assertThat(json("api/status").get("published").asInt()).isEqualTo(7);
    }

    @Test
    void badParameters_areNamed() throws Exception {
        assertThat(refused(400, get("api/prefixes?level=60"))).contains("level").contains("64, 56, 48");
        assertThat(refused(400, get("api/listings?limit=0"))).contains("limit").contains("1 to 1000");
        assertThat(refused(400, get("api/listings?limit=x"))).contains("limit");
        assertThat(refused(400, get("api/listings?within=2001:db8::1/32"))).contains("within");
        assertThat(refused(400, get("api/series?period=P99D"))).contains("7 days");
        assertThat(refused(400, get("api/explain"))).contains("subject");
        assertThat(refused(400, get("api/explain?subject=%3Cscript%3E"))).contains("<script>");
        assertThat(refused(400, get("api/prefixes/2001:db8::1/48"))).contains("host bits");
        assertThat(refused(400, get("api/explain?subject=" + "a".repeat(400)))).contains("300");
        refused(404, get("api/nothing"));
        assertThat(refused(406, get("api/events"))).contains("text/event-stream");
        refused(503, get("api/state?subject=2001:db8:5::/48"));
    }

    @Test
    void everyAnswer_hasTheHeadersThatBrowsersHeed() throws Exception {
        for (String path : List.of("", "api/status", "app.js", "health/live", "api/nothing")) {
            HttpResponse<String> response = get(path);
            assertThat(response.headers().firstValue("Content-Security-Policy").orElse(""))
                    .as(path)
                    .contains("default-src 'none'")
                    .contains("frame-ancestors 'none'")
                    .doesNotContain("unsafe");
            assertThat(response.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
            assertThat(response.headers().firstValue("Referrer-Policy")).contains("no-referrer");
            assertThat(response.headers().firstValue("Access-Control-Allow-Origin"))
                    .isEmpty();
            assertThat(response.headers().firstValue("Server")).isEmpty();
        }
    }

    @Test
    void hostNamesOfOthers_areNotAnswered() throws Exception {
        assertThat(withHost("rebound.example")).contains(" 421 ");
        assertThat(withHost("slash64.example.net:80")).contains(" 200 ");
        assertThat(withHost("LOCALHOST")).contains(" 200 ");
        assertThat(withHost("[2001:db8::1]:8064")).contains(" 200 ");
    }

    private String withHost(String host) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.getOutputStream()
                    .write(("GET /health/live HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))
                    .readLine();
        }
    }

    @Test
    void tooManyRequests_areRefused() throws Exception {
        server.close();
        server = HttpServer.start(settings(3), routes(Optional.of(TOKEN)));
        List<Integer> answers = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            answers.add(get("health/live").statusCode());
        }
        assertThat(answers).contains(200).contains(429);
    }

    @Test
    void writing_withTheToken_isWritten() throws Exception {
        assertThat(post("api/list", "{\"subject\":\"2001:db8:7::/48\",\"comment\":\"seen\",\"by\":\"ann\"}")
                        .statusCode())
                .isEqualTo(202);
        post("api/delist", "{\"subject\":\"bad.example\"}");
        post("api/allow", "{\"subject\":\"192.0.2.7\"}");
        post("api/disallow", "{\"subject\":\"192.0.2.7/32\"}");
        post("api/feedback", "{\"subject\":\"bad.example\",\"kind\":\"spamtrap\",\"at\":\"2026-11-16T10:00:00Z\"}");
        assertThat(ordered)
                .containsExactly(
                        FeedbackKind.LIST + " 2001:db8:7::/48 by ann: seen",
                        "DELIST bad.example by http: ",
                        "ALLOW 192.0.2.7/32",
                        "DISALLOW 192.0.2.7/32",
                        "SPAMTRAP bad.example by http: ");
    }

    @Test
    void writing_wrongly_isRefusedAndSaysWhatToDo() throws Exception {
        String order = "{\"subject\":\"bad.example\"}";
        assertThat(refused(401, post("api/list", "wrong", "application/json", order)))
                .contains("Bearer");
        assertThat(refused(415, post("api/list", TOKEN, "text/plain", order))).contains("application/json");
        assertThat(refused(400, post("api/list", "{\"subject\":\"2001:db8::/32\"}")))
                .contains("subject");
        assertThat(refused(400, post("api/list", "{\"subjct\":\"x\"}")))
                .contains("subjct")
                .contains("subject, comment");
        assertThat(refused(400, post("api/list", "{"))).contains("subject");
        assertThat(refused(400, post("api/list", "null"))).contains("null");
        assertThat(refused(400, post("api/list", "{\"subject\":\"bad.example\",\"comment\":\"\\u0007\"}")))
                .contains("comment");
        assertThat(refused(400, post("api/feedback", "{\"subject\":\"bad.example\",\"kind\":\"x\"}")))
                .contains("SPAMTRAP");
        assertThat(refused(
                        400,
                        post(
                                "api/feedback",
                                "{\"subject\":\"bad.example\",\"kind\":\"LIST\",\"at\":\"2030-01-01T00:00:00Z\"}")))
                .contains("future");
        assertThat(post("api/list", "{\"comment\":\"" + "x".repeat(HttpSettings.MAX_BODY) + "\"}")
                        .statusCode())
                .isEqualTo(413);
        assertThat(ordered).isEmpty();
    }

    @Test
    void writing_withoutATokenConfigured_isOff() throws Exception {
        server.close();
        server = HttpServer.start(settings(100), routes(Optional.empty()));
        assertThat(refused(403, post("api/list", "{\"subject\":\"bad.example\"}")))
                .contains("http.token");
    }

    @Test
    void ready_saysWhatItWaitsFor() throws Exception {
        assertThat(json("health/ready").get("ok").asBoolean()).isTrue();
        notReady.add("restoring");
        HttpResponse<String> response = get("health/ready");
        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.body()).contains("restoring");
        assertThat(get("health/live").statusCode()).isEqualTo(200);
    }

    @Test
    void events_areToldAsTheyHappen_toSoManyClients() throws Exception {
        HttpResponse<InputStream> stream = follow();
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(stream.body(), StandardCharsets.UTF_8))) {
            assertThat(lines.readLine()).isEqualTo(": slash64");
            events.changed(Sample.change("new.example", Change.LISTED, "<b>\u202e"));
            String line = lines.readLine();
            while (!line.startsWith("data: ")) {
                line = lines.readLine();
            }
            assertThat(new ObjectMapper()
                            .readTree(line.substring(6))
                            .get("subject")
                            .asText())
                    .isEqualTo("new.example");
            assertThat(follow().statusCode()).isEqualTo(503);
        }
    }

    private HttpResponse<InputStream> follow() throws Exception {
        return client.send(
                HttpRequest.newBuilder(URI.create(server.url() + "api/events"))
                        .header("Accept", "text/event-stream")
                        .build(),
                BodyHandlers.ofInputStream());
    }

    @Test
    void peers_getTheSameStateOverHttp() throws Exception {
        HttpPeers peers = new HttpPeers("http");
        HostInfo host = new HostInfo("127.0.0.1", server.port());
        assertThat(peers.ask(host, Prefix.parse("2001:db8:1::/48").orElseThrow()))
                .isEqualTo(KNOWN);
        assertThatExceptionOfType(StateUnavailableException.class)
                .isThrownBy(
                        () -> peers.ask(host, Prefix.parse("2001:db8:5::/48").orElseThrow()))
                .withMessageContaining("503");
    }

    @Test
    void description_hasEveryRoute_andNoOther() throws Exception {
        Set<String> described = new TreeSet<>();
        json("openapi.json")
                .get("paths")
                .properties()
                .forEach(path -> path.getValue()
                        .fieldNames()
                        .forEachRemaining(
                                method -> described.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey())));
        Javalin bare = Javalin.create(config -> routes(Optional.empty()).forEach(some -> some.addTo(config.routes)));
        Set<String> routed = bare.unsafe.internalRouter.allHttpHandlers().stream()
                .map(handler -> handler.endpoint)
                .filter(endpoint -> Set.of(HandlerType.GET, HandlerType.POST).contains(endpoint.method))
                .map(endpoint -> endpoint.method.name() + " " + endpoint.path)
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(described).isEqualTo(routed);
    }

    @Test
    void portInUse_isToldWithWhatToDo() {
        HttpSettings same =
                settings(1).at(new ListenAddress.Tcp(Address.parse("127.0.0.1").orElseThrow(), server.port()));
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> HttpServer.start(same, List.of()))
                .withMessageContaining("http.listen")
                .withMessageContaining(String.valueOf(server.port()));
    }
}
