package org.slash64.deploy.bench.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.slash64.deploy.Slash64;
import org.slash64.deploy.bench.RoundTimes;
import org.slash64.schemas.Address;
import org.slash64.schemas.Prefix;

class ApiBenchTest {

    private static final List<Address> CLIENTS = Stream.of("2600:0:7:2::25", "2600:0:7:2::25", "11.0.3.4")
            .map(text -> Address.parse(text).orElseThrow())
            .toList();

    private static List<String> drawn(long seed) {
        PrefixSample sample = new PrefixSample(CLIENTS, seed);
        return IntStream.range(0, 600).mapToObj(i -> sample.next().toString()).toList();
    }

    @Test
    void prefixes_areOfAllLengths_asOftenAsTheirClients_andTheSameAgain() {
        List<String> drawn = drawn(1);
        assertThat(drawn).isEqualTo(drawn(1)).isNotEqualTo(drawn(2));
        var counts = drawn.stream().collect(Collectors.groupingBy(prefix -> prefix, Collectors.counting()));
        assertThat(counts).containsOnlyKeys("2600:0:7:2::/64", "2600:0:7::/48", "11.0.3.4/32", "11.0.3.0/24");
        assertThat(counts.get("2600:0:7:2::/64")).isBetween(150L, 250L);
        assertThat(counts.get("11.0.3.0/24")).isBetween(60L, 140L);
    }

    @Test
    void prefixes_oneOfEach_areOfTheFirstClients() {
        assertThat(new PrefixSample(CLIENTS, 1).oneOfEach())
                .extracting(Prefix::toString)
                .containsExactly("2600:0:7:2::/64", "2600:0:7::/48", "11.0.3.4/32", "11.0.3.0/24");
    }

    @Test
    void answers_countStatuses_andAllowFoundAndNotFoundAlone() throws IOException {
        ApiAnswers answers = new ApiAnswers();
        assertThatThrownBy(answers::requireGood).hasMessageStartingWith("0 of 0 answers");
        answers.add(404, 1_000);
        answers.add(200, 3_000);
        answers.add(200, 2_000);
        answers.requireGood();
        assertThat(answers.statuses()).isEqualTo("200: 2, 404: 1");
        assertThat(answers.latencies(Duration.ofSeconds(1)).p50()).isEqualTo(2);
        answers.add(ApiAnswers.NONE, 1_000);
        answers.add(503, 1_000);
        assertThatThrownBy(answers::requireGood)
                .isInstanceOf(IOException.class)
                .hasMessage("2 of 5 answers were neither 200 nor 404 (none: 1, 200: 2, 404: 1, 503: 1)");
    }

    @Test
    void round_isOneDividedByThe99thPercentile() throws Exception {
        List<String> found = new ArrayList<>();
        ApiAnswers answers = new ApiAnswers();
        answers.add(200, Duration.ofMillis(4).toNanos());
        AtomicLong verdicts = new AtomicLong();
        double rate = new ApiSide(time -> answers, () -> verdicts.getAndAdd(10), new RoundTimes(), found::add).round();
        assertThat(rate).isEqualTo(250);
        assertThat(found).singleElement().asString().contains("p99 4,000 us", "statuses 200: 1;", " events/s");
    }

    @Test
    void round_otherStatus_failsAndTellsWhatWasMeasured() {
        List<String> found = new ArrayList<>();
        Iterator<Integer> statuses = List.of(200, 500).iterator(); // of the warm-up, and of what is measured
        ApiSide side = new ApiSide(
                time -> {
                    ApiAnswers answers = new ApiAnswers();
                    answers.add(statuses.next(), 1);
                    return answers;
                },
                () -> 0,
                new RoundTimes(),
                found::add);
        assertThatThrownBy(side::round).hasMessageContaining("500: 1");
        assertThat(found).hasSize(1);
    }

    @Test
    void client_asksForThePrefixes_allThatAreDue() throws Exception {
        Set<String> asked = ConcurrentHashMap.newKeySet();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            asked.add(exchange.getRequestURI().toString());
            exchange.sendResponseHeaders(404, -1);
            exchange.close();
        });
        server.start();
        try {
            ApiClient client =
                    new ApiClient("http://127.0.0.1:" + server.getAddress().getPort());
            ApiAnswers answers = client.ask(new PrefixSample(CLIENTS, 1), 200, Duration.ofMillis(500));
            assertThat(answers.statuses()).isEqualTo("404: 100");
        } finally {
            server.stop(0);
        }
        assertThat(asked).hasSize(4).contains("/api/prefixes/2600:0:7::/48", "/api/prefixes/11.0.3.4/32");
    }

    @Test
    void options_outOfBounds_areRefused() {
        assertRefused("--requests: from 1 to 10000", "--requests", "0");
        assertRefused("--rate: from 1 to 1000000", "--rate", "0");
        assertRefused("--events: from 20000 to 10000000", "--events", "19999");
    }

    private static void assertRefused(String message, String... options) {
        StringWriter err = new StringWriter();
        List<String> arguments = new ArrayList<>(List.of("bench", "api"));
        arguments.addAll(List.of(options));
        int code = Slash64.commandLine().setErr(new PrintWriter(err, true)).execute(arguments.toArray(String[]::new));
        assertThat(code).isEqualTo(2);
        assertThat(err.toString()).contains(message);
    }
}
