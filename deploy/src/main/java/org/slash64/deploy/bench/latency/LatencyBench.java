package org.slash64.deploy.bench.latency;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.slash64.deploy.bench.Bench;
import org.slash64.deploy.bench.Known;
import org.slash64.deploy.bench.Latencies;
import org.slash64.deploy.bench.RoundTimes;
import org.slash64.deploy.bench.Side;
import org.slash64.deploy.bench.Workload;
import org.slash64.deploy.bench.live.CapacityOptions;
import org.slash64.deploy.bench.live.Pace;
import org.slash64.deploy.bench.live.RunningPipeline;
import org.slash64.schemas.SmtpEvent;
import org.slash64.testkit.load.Mix;

/** The time within which 99% of the events that cross a limit lead to its committed record, against three seconds. */
final class LatencyBench implements Bench, AutoCloseable {

    private static final Duration IN_TIME = Duration.ofSeconds(3);
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** Nobody asks over HTTP here. */
    private static final int REQUESTS_ALLOWED = 1;

    private static final int MILLIS = 1_000;

    private final RoundTimes times;
    private final int rate;
    private final int perSecond;
    private final Mix mix;
    private final RunningPipeline pipeline;
    private final Bursts bursts;
    private final LimitWatch watch;
    private final SplittableRandom random;
    private final Clock clock = Clock.systemUTC();
    private final Map<String, String> found = new LinkedHashMap<>();
    private int rounds;

    private LatencyBench(RoundTimes times, int rate, int perSecond, Mix mix, RunningPipeline pipeline) {
        this.times = times;
        this.rate = rate;
        this.perSecond = perSecond;
        this.mix = mix;
        this.pipeline = pipeline;
        this.bursts = new Bursts(mix);
        this.watch = LimitWatch.start(pipeline.endpoints());
        this.random = new SplittableRandom(mix.seed());
    }

    /**
     * Starts the pipeline, measures what it can do where that is not given, and gives it half of that from then on.
     *
     * @param perSecond bursts a second, whose events are part of that
     */
    static LatencyBench start(CapacityOptions load, RoundTimes times, int perSecond)
            throws IOException, InterruptedException {
        Mix mix = Mix.standard();
        RunningPipeline pipeline = RunningPipeline.start(mix, REQUESTS_ALLOWED);
        boolean started = false;
        try {
            AtomicReference<String> capacity = new AtomicReference<>();
            int rate = load.rate(pipeline, capacity::set);
            LatencyBench bench = new LatencyBench(times, rate, perSecond, mix, pipeline);
            bench.tell("capacity", capacity.get());
            bench.load();
            started = true;
            return bench;
        } finally {
            if (!started) {
                pipeline.close();
            }
        }
    }

    private void load() throws IOException {
        int others = rate - perSecond * bursts.size();
        if (others < 1) {
            watch.close();
            throw new IOException(perSecond + " bursts of " + bursts.size() + " events are more than " + rate
                    + " events/s; fewer --bursts are needed");
        }
        pipeline.load(others);
    }

    private void tell(String what, String text) {
        System.err.println("latency, " + what + ": " + text);
        found.put(what, text);
    }

    @Override
    public String name() {
        return "latency";
    }

    @Override
    public String unit() {
        return "limits/h one by one, at the 99th percentile";
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
                "a rate is an hour divided by the time within which 99% of the limits come, from when the event that"
                        + " crosses one is handed to the producer to when a reader of committed records has the limit; the"
                        + " ratio is " + IN_TIME.toSeconds() + " s divided by that time");
        settings.put(
                "bursts",
                perSecond + "/s, each of " + bursts.size()
                        + " connections of a client in a /48 of its own, at times drawn" + " with seed " + mix.seed());
        settings.put(
                "load",
                String.format(
                        Locale.ROOT,
                        "%,d events/s of the standard mix and the bursts, event time goes with wall time, DNS answers at"
                                + " hand",
                        rate));
        settings.put("pipeline", "all of slash64 run with its defaults, Kafka in this process, registry in its own");
        settings.put("warm-up", times.warmUp() + " a round");
        settings.put("time", times.time() + " a round");
        settings.putAll(found);
        return settings;
    }

    @Override
    public List<Workload> workloads() {
        Side ours = new LatencySide(this::send, pipeline::verdicts, times, text -> tell("round " + ++rounds, text));
        Side wanted = Known.aim((double) TimeUnit.HOURS.toNanos(1) / IN_TIME.toNanos());
        return List.of(new Workload("provisional limits, pipeline at half its capacity", true, ours, wanted));
    }

    /** At a steady rate, each at a time of its own, so that they meet what the pipeline does once a second anywhere. */
    private Latencies send(Duration time) throws IOException, InterruptedException {
        Pace millis = Pace.of(MILLIS);
        int apart = MILLIS / perSecond;
        for (long due = 0; due < time.toMillis(); due += apart) {
            millis.await(due + random.nextInt(apart), 0);
            if (Thread.interrupted()) {
                throw new InterruptedException("interrupted");
            }
            send(bursts.next(clock.instant().truncatedTo(ChronoUnit.MILLIS)));
            pipeline.check();
        }
        return watch.await(time, PATIENCE);
    }

    private void send(Bursts.Burst burst) {
        List<SmtpEvent> events = burst.events();
        int last = events.size() - 1;
        events.subList(0, last).forEach(pipeline.writer()::write);
        watch.expect(burst.limit(), System.nanoTime());
        pipeline.writer().write(events.get(last));
    }

    /** Waits until a burst has led to a limit. */
    @Override
    public void verify() throws IOException {
        try {
            send(Duration.ofMillis(1));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    @Override
    public void close() throws IOException {
        watch.close();
        pipeline.close();
    }
}
