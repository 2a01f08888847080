package org.slash64.deploy.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.slash64.deploy.it.TopicContents.differences;
import static org.slash64.deploy.it.TopicContents.number;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slash64.deploy.bench.RestartableCluster;
import org.slash64.deploy.bench.Slash64Process;
import org.slash64.schemas.SmtpEvent;

/**
 * Three instances on one Kafka share the work while lines come in, each state with its standby. The one that owns most is
 * killed: the others answer for it from their copies, which they say, until they have taken over; and nothing is lost.
 */
@Timeout(value = 600, unit = TimeUnit.SECONDS)
class ThreeInstancesIT {

    private static final int INSTANCES = 3;

    /** Of any wait, on a busy machine. */
    private static final Duration MOST = Duration.ofMinutes(3);

    private static final Duration ANSWER = Duration.ofSeconds(30);

    /** After the last session: more than the lateness, and sessions for each partition. */
    private static final Duration AFTERWARDS = Duration.ofSeconds(200);

    private static final int CLOCKS = 200;

    /** The test asks for all prefixes again and again. */
    private static final String CONFIG = """
            kafka:
              standby-replicas: 1
            http:
              requests-per-second: 1000000
            """;

    private final List<Slash64Process> programs = new ArrayList<>();
    private final HttpClient client = HttpClient.newHttpClient();
    private final ObjectMapper json = new ObjectMapper();

    @TempDir
    Path dir;

    private record Instance(String url, Slash64Process program) {

        /** By what others reach it, which answers name. */
        String name() {
            return URI.create(url).getAuthority();
        }
    }

    /**
     * What is said about a prefix.
     *
     * @param complete false where nobody could be asked
     * @param stale true where a copy was asked
     * @param by who has the state
     */
    private record Answer(String prefix, boolean complete, boolean stale, long connections, String by) {

        boolean isFresh() {
            return complete && !stale;
        }
    }

    /**
     * Answers while the work is shared out anew.
     *
     * @param complete after what time all were from who owns the state
     * @param caughtUp after what time all knew what had come before the kill
     */
    private record Recovery(int answers, int stale, int incomplete, Duration complete, Duration caughtUp) {}

    @AfterEach
    void stop() {
        programs.forEach(Slash64Process::close);
    }

    @Test
    void killOfOne_othersAnswerFromCopiesThenTakeOver_nothingIsLost() throws Exception {
        Files.writeString(dir.resolve("three.yaml"), CONFIG);
        try (RestartableCluster cluster = RestartableCluster.start(dir.resolve("cluster"));
                SampleZone dns = SampleZone.serve()) {
            List<Instance> instances = start(cluster, dns);
            try (EvenLoad load = EvenLoad.start(cluster.endpoints())) {
                int settled = awaitShared(instances, load);
                Recovery recovery = killTheBusiest(instances, load, settled);
                tell(recovery);
                load.end(AFTERWARDS, CLOCKS);
                assertNothingLost(cluster, instances, load);
            }
        } catch (AssertionError | TimeoutException e) {
            throw new AssertionError(
                    e.getMessage() + "; "
                            + programs.stream().map(Slash64Process::output).collect(Collectors.joining("\n")),
                    e);
        }
    }

    /** For who reads the test's output. */
    private static void tell(Recovery recovery) {
        System.out.printf(
                Locale.ROOT,
                "ThreeInstancesIT: after the kill complete again in %.1f s, with all that came before it in %.1f s;"
                        + " of %d answers meanwhile %d stale, %d incomplete%n",
                recovery.complete().toMillis() / 1_000.0,
                recovery.caughtUp().toMillis() / 1_000.0,
                recovery.answers(),
                recovery.stale(),
                recovery.incomplete());
    }

    private List<Instance> start(RestartableCluster cluster, SampleZone dns) throws Exception {
        for (int i = 1; i <= INSTANCES; i++) {
            List<String> arguments = new ArrayList<>(dns.run(dir.resolve("data-" + i)));
            arguments.addAll(List.of("--config", dir.resolve("three.yaml").toString()));
            arguments.addAll(List.of("--bootstrap-servers", cluster.endpoints().bootstrapServers()));
            arguments.addAll(List.of("--schema-registry", cluster.endpoints().registryUrl()));
            programs.add(
                    Slash64Process.start(List.of("-Dlogback.configurationFile=logback-stream-states.xml"), arguments));
        }
        List<Instance> instances = new ArrayList<>();
        for (Slash64Process program : programs) {
            String dashboard = program.awaitLine(line -> line.startsWith("Dashboard: "), MOST);
            instances.add(new Instance(dashboard.substring(dashboard.indexOf(": ") + 2), program));
        }
        return instances;
    }

    /** Returns when each state is with its owner and on a standby; with how many sessions all of them then know. */
    private int awaitShared(List<Instance> instances, EvenLoad load) throws Exception {
        for (Instance instance : instances) {
            until(() -> get(instance, "health/ready").statusCode() == 200
                    && status(instance).get("instances").size() == INSTANCES);
        }
        load.awaitRounds(1);
        int settled = load.sessions();
        until(() -> askAll(instances.get(0), load).stream().allMatch(Answer::isFresh));
        until(() -> IntStream.range(0, load.prefixes().size())
                .allMatch(prefix ->
                        copies(instances, load.prefixes().get(prefix), load.connections(prefix, settled)) > 1));
        load.awaitRounds(1); // what the owner has said by now is committed then
        return settled;
    }

    /** How many instances have so much of a prefix themselves. */
    private long copies(List<Instance> instances, String prefix, long connections) {
        return instances.stream()
                .map(instance -> get(instance, "api/state?subject=" + prefix))
                .filter(response -> response.statusCode() == 200
                        && parse(response).at("/total/connections").asLong() >= connections)
                .count();
    }

    private Recovery killTheBusiest(List<Instance> instances, EvenLoad load, int settled) throws Exception {
        Map<String, Long> owned = askAll(instances.get(0), load).stream()
                .collect(Collectors.groupingBy(Answer::by, Collectors.counting()));
        Instance busiest = instances.stream()
                .max(Comparator.comparing(instance -> owned.getOrDefault(instance.name(), 0L)))
                .orElseThrow();
        instances.remove(busiest);
        System.out.println("ThreeInstancesIT: prefixes by owner " + owned + ", killing " + busiest.name());
        busiest.program().kill();
        int sent = load.sessions();
        long killed = System.nanoTime();
        int answers = 0;
        int stale = 0;
        int incomplete = 0;
        Duration complete = null;
        while (true) {
            List<Answer> sweep = askAll(instances.get(0), load);
            assertRight(sweep, load, settled);
            Duration since = Duration.ofNanos(System.nanoTime() - killed);
            answers += sweep.size();
            stale += (int) sweep.stream().filter(Answer::stale).count();
            incomplete +=
                    (int) sweep.stream().filter(answer -> !answer.complete()).count();
            boolean fresh = sweep.stream().allMatch(Answer::isFresh);
            complete = !fresh ? null : complete == null ? since : complete;
            if (fresh && know(sweep, load, sent)) {
                assertThat(stale).as("answers from copies, marked as such").isPositive();
                return new Recovery(answers, stale, incomplete, complete, since);
            }
            assertThat(since).as("since the kill").isLessThan(MOST);
        }
    }

    /** Who does not say that its answer is stale or incomplete knows what was settled, and nobody more than came. */
    private static void assertRight(List<Answer> sweep, EvenLoad load, int settled) {
        int sent = load.sessions();
        for (int prefix = 0; prefix < sweep.size(); prefix++) {
            Answer answer = sweep.get(prefix);
            long least = answer.isFresh() ? load.connections(prefix, settled) : 0;
            assertThat(answer.connections()).as("%s", answer).isBetween(least, load.connections(prefix, sent));
        }
    }

    private static boolean know(List<Answer> sweep, EvenLoad load, int sessions) {
        return IntStream.range(0, sweep.size())
                .allMatch(prefix -> sweep.get(prefix).connections() >= load.connections(prefix, sessions));
    }

    private void assertNothingLost(RestartableCluster cluster, List<Instance> left, EvenLoad load) throws Exception {
        Map<String, SmtpEvent> expected = Parsed.events(load.sent());
        int sessions = load.sessions();
        for (Instance instance : left) {
            until(() -> know(askAll(instance, load), load, sessions));
        }
        until(() -> left.stream().allMatch(this::isIdle));
        for (Instance instance : left) {
            List<Answer> answers = askAll(instance, load);
            assertThat(answers).allMatch(Answer::isFresh);
            assertThat(answers.stream().map(Answer::connections))
                    .isEqualTo(IntStream.range(0, answers.size())
                            .mapToObj(prefix -> load.connections(prefix, sessions))
                            .toList());
        }
        TopicContents topics = TopicContents.of(cluster.endpoints());
        assertThat(differences(expected, topics.eventsById())).isEmpty();
        assertThat(number(topics.verdicts())).isEqualTo(expected.size());
        assertThat(topics.verdictsById().keySet()).isEqualTo(expected.keySet());
        assertThat(topics.deadLetters()).isEmpty();
    }

    private boolean isIdle(Instance instance) {
        JsonNode status = status(instance);
        return status.get("waiting").asLong() == 0
                && status.get("lag").valueStream().allMatch(lag -> lag.asLong() == 0);
    }

    private JsonNode status(Instance instance) {
        return parse(get(instance, "api/status"));
    }

    /** What an instance says about all prefixes, in their order. */
    private List<Answer> askAll(Instance instance, EvenLoad load) {
        return load.prefixes().stream().map(prefix -> ask(instance, prefix)).toList();
    }

    private Answer ask(Instance instance, String prefix) {
        HttpResponse<String> response = get(instance, "api/prefixes/" + prefix);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        JsonNode story = parse(response);
        return new Answer(
                story.get("subject").asText(),
                story.get("complete").asBoolean(),
                story.at("/evidence/stale").asBoolean(),
                story.at("/evidence/total/connections").asLong(),
                story.at("/evidence/instance").asText());
    }

    private HttpResponse<String> get(Instance instance, String path) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(instance.url() + path))
                .timeout(ANSWER)
                .build();
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError(instance.url() + path, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private JsonNode parse(HttpResponse<String> response) {
        try {
            return json.readTree(response.body());
        } catch (IOException e) {
            throw new AssertionError(response.body(), e);
        }
    }

    private interface Condition {

        boolean holds();
    }

    /** Asks again and again; each condition asks over the network. */
    private static void until(Condition condition) throws TimeoutException {
        long deadline = System.nanoTime() + MOST.toNanos();
        while (!condition.holds()) {
            if (System.nanoTime() > deadline) {
                throw new TimeoutException("it did not come to that within " + MOST);
            }
        }
    }
}
