package org.slash64.deploy.bench.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.slash64.deploy.bench.Bench;
import org.slash64.deploy.bench.Known;
import org.slash64.deploy.bench.RoundTimes;
import org.slash64.deploy.bench.Side;
import org.slash64.deploy.bench.Workload;
import org.slash64.deploy.bench.live.CapacityOptions;
import org.slash64.deploy.bench.live.RunningPipeline;
import org.slash64.schemas.Prefix;
import org.slash64.testkit.load.Mix;

/** The time within which 99% of the API's answers about prefixes come, against ten milliseconds, under load. */
final class ApiBench implements Bench, AutoCloseable {

    private static final Duration IN_TIME = Duration.ofMillis(10);

    /** Clients of so many events are asked about. */
    private static final int CLIENTS = 10_000;

    /** So that the guard counts requests but refuses none, though many come late at once. */
    private static final int REQUESTS_ALLOWED = 1_000_000;

    private static final int OK = 200;
    private static final long LOOK = TimeUnit.MILLISECONDS.toNanos(200);
    private static final long PATIENCE = TimeUnit.MINUTES.toNanos(2);

    private final RoundTimes times;
    private final int requests;
    private final int rate;
    private final Mix mix;
    private final RunningPipeline pipeline;
    private final PrefixSample prefixes;
    private final ApiClient client;
    private final Map<String, String> found = new LinkedHashMap<>();
    private int rounds;

    private ApiBench(RoundTimes times, int requests, int rate, Mix mix, RunningPipeline pipeline) {
        this.times = times;
        this.requests = requests;
        this.rate = rate;
        this.mix = mix;
        this.pipeline = pipeline;
        this.prefixes = new PrefixSample(pipeline.events().firstClients(CLIENTS), mix.seed());
        this.client = new ApiClient(pipeline.url());
    }

    /** Starts the pipeline, measures what it can do where that is not given, and gives it half of that from then on. */
    static ApiBench start(ApiOptions asked, CapacityOptions load, RoundTimes times)
            throws IOException, InterruptedException {
        Mix mix = Mix.standard();
        RunningPipeline pipeline = RunningPipeline.start(mix, REQUESTS_ALLOWED);
        boolean started = false;
        try {
            AtomicReference<String> capacity = new AtomicReference<>();
            int rate = load.rate(pipeline, capacity::set);
            ApiBench bench = new ApiBench(times, asked.requests(), rate, mix, pipeline);
            bench.tell("capacity", capacity.get());
            pipeline.load(rate);
            started = true;
            return bench;
        } finally {
            if (!started) {
                pipeline.close();
            }
        }
    }

    private void tell(String what, String text) {
        System.err.println("api, " + what + ": " + text);
        found.put(what, text);
    }

    @Override
    public String name() {
        return "api";
    }

    @Override
    public String unit() {
        return "answers/s one by one, at the 99th percentile";
    }

    @Override
    public OptionalDouble target() {
        return OptionalDouble.of(1);
    }

    @Override
    public Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put(
                "work",
                "a rate is one second divided by the time within which 99% of the answers come, from when their requests"
                        + " were to be sent; the ratio is " + IN_TIME.toMillis() + " ms divided by that time");
        settings.put(
                "requests",
                requests
                        + "/s for /64, /48, /32 and /24 of the load's clients, those more often that send more often, seed "
                        + mix.seed());
        settings.put(
                "connections", "kept alive, " + ApiClient.CONNECTIONS + " at most, open loop, client in this process");
        settings.put(
                "load",
                String.format(
                        Locale.ROOT,
                        "%,d events/s of the standard mix, event time goes with wall time, DNS answers at hand",
                        rate));
        settings.put("pipeline", "all of slash64 run with its defaults, Kafka in this process, registry in its own");
        settings.put("warm-up", times.warmUp() + " a round");
        settings.put("time", times.time() + " a round");
        settings.putAll(found);
        return settings;
    }

    @Override
    public List<Workload> workloads() {
        Side ours = new ApiSide(this::ask, pipeline::verdicts, times, text -> tell("round " + ++rounds, text));
        Side wanted = Known.aim((double) TimeUnit.SECONDS.toNanos(1) / IN_TIME.toNanos());
        return List.of(new Workload("prefixes, pipeline at half its capacity", true, ours, wanted));
    }

    private ApiAnswers ask(Duration time) throws IOException, InterruptedException {
        ApiAnswers answers = client.ask(prefixes, requests, time);
        pipeline.check();
        return answers;
    }

    /** Waits until the stores have figures of a prefix of each length, and the API tells them. */
    @Override
    public void verify() throws IOException {
        long deadline = System.nanoTime() + PATIENCE;
        for (Prefix prefix : prefixes.oneOfEach()) {
            String last = ask(prefix);
            while (!last.isEmpty()) {
                pipeline.check();
                if (System.nanoTime() - deadline > 0) {
                    throw new IOException("asked about " + prefix + " the API does not tell its figures but " + last);
                }
                LockSupport.parkNanos(LOOK);
                last = ask(prefix);
            }
        }
    }

    /** Empty where the answer has figures; else what it is. */
    private String ask(Prefix prefix) throws IOException {
        try {
            HttpResponse<byte[]> response = client.ask(prefix);
            JsonNode story = new ObjectMapper().readTree(response.body());
            boolean good = response.statusCode() == OK
                    && story.path("subject").asText().equals(prefix.toString())
                    && story.at("/evidence/known").asBoolean();
            return good ? "" : response.statusCode() + ": " + story;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    @Override
    public void close() throws IOException {
        pipeline.close();
    }
}
