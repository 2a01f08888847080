package org.slash64.deploy.bench.live;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slash64.connectors.answer.Policy;
import org.slash64.connectors.fallback.FallbackSettings;
import org.slash64.connectors.log.Arrival;
import org.slash64.connectors.socket.ListenAddress;
import org.slash64.deploy.bench.EventWriter;
import org.slash64.deploy.http.HttpSettings;
import org.slash64.deploy.pipeline.Endpoints;
import org.slash64.deploy.pipeline.Folders;
import org.slash64.deploy.pipeline.Pipeline;
import org.slash64.deploy.pipeline.PipelineConfig;
import org.slash64.deploy.pipeline.PipelineException;
import org.slash64.deploy.pipeline.PublishSettings;
import org.slash64.deploy.pipeline.StateMemory;
import org.slash64.schemas.registry.RegistryClient;
import org.slash64.testkit.load.Mix;
import org.slash64.topology.TopologySettings;

/** The program as {@code slash64 run} starts it, on a folder of its own, and what writes events for it. */
public final class RunningPipeline implements AutoCloseable {

    /** Time between two events of a backlog is that of so many in a second. */
    private static final int PER_SECOND = 2_000;

    private static final long LOOK = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long PATIENCE = TimeUnit.MINUTES.toNanos(10);

    private final Clock clock;
    private final Path folder;
    private final LoadStream events;
    private final Pipeline pipeline;
    private final RegistryClient registry;
    private final EventWriter writer;
    private Optional<SteadyLoad> load = Optional.empty();

    private RunningPipeline(Clock clock, Path folder, LoadStream events, Pipeline pipeline) {
        this.clock = clock;
        this.folder = folder;
        this.events = events;
        this.pipeline = pipeline;
        Endpoints endpoints = pipeline.endpoints();
        this.registry = endpoints.registry();
        this.writer = new EventWriter(endpoints.admin(), registry);
    }

    /**
     * Starts it with nothing to do yet.
     *
     * @param requestsPerSecond that one client may ask over HTTP
     */
    public static RunningPipeline start(Mix mix, int requestsPerSecond) throws IOException, InterruptedException {
        Clock clock = Clock.systemUTC();
        Path folder = Files.createTempDirectory("slash64-bench");
        LoadStream events = new LoadStream(mix);
        boolean started = false;
        try {
            Pipeline pipeline = Pipeline.start(config(folder, http(requestsPerSecond)), clock, events.dns());
            started = true;
            return new RunningPipeline(clock, folder, events, pipeline);
        } catch (PipelineException e) {
            throw new IOException(e.getMessage(), e);
        } finally {
            if (!started) {
                Folders.delete(folder);
            }
        }
    }

    private static HttpSettings http(int requestsPerSecond) {
        HttpSettings usual = HttpSettings.defaults();
        return new HttpSettings(
                new ListenAddress.Tcp(usual.listen().address(), 0),
                usual.advertised(),
                usual.names(),
                usual.token(),
                usual.tls(),
                requestsPerSecond,
                usual.eventStreams());
    }

    private static PipelineConfig config(Path folder, HttpSettings http) {
        return new PipelineConfig(
                folder.resolve("data"),
                folder.resolve("zones"),
                Optional.empty(),
                0,
                0,
                0,
                List.of(),
                List.of(),
                List.of(),
                false,
                Arrival.UNNAMED_HOST,
                StateMemory.defaults(),
                Optional.empty(),
                PublishSettings.defaults(),
                Policy.defaults(),
                FallbackSettings.defaults(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(http),
                TopologySettings.defaults());
    }

    /** Where the API is. */
    public String url() {
        return pipeline.dashboard().orElseThrow();
    }

    /** What it is given. */
    public LoadStream events() {
        return events;
    }

    /** Events with verdicts so far. */
    public long verdicts() {
        return pipeline.statistics().verdicts().all();
    }

    /** Where its Kafka and its registry are. */
    public Endpoints endpoints() {
        return pipeline.endpoints();
    }

    /** What its events are written with; other threads may write with it as well. */
    public EventWriter writer() {
        return writer;
    }

    /** Records that wait between the steps. */
    long lag() {
        return pipeline.lag();
    }

    /**
     * How many events a second it can do: writes them all as fast as that goes, and then looks how long the pipeline takes
     * for the later half of them, or for as many as are left when all are written, up to the end of all its steps.
     *
     * @throws IOException where it fails, or has not ended after ten minutes
     */
    public double capacity(int size) throws IOException, InterruptedException {
        Instant first = now().minusSeconds(size / PER_SECOND + 1);
        for (long number = 0; number < size; number++) {
            writer.write(events.next(first.plusMillis(number * TimeUnit.SECONDS.toMillis(1) / PER_SECOND)));
        }
        writer.flush();
        long deadline = System.nanoTime() + PATIENCE;
        awaitVerdicts(size / 2, deadline);
        long start = System.nanoTime();
        long before = verdicts();
        awaitVerdicts(size, deadline);
        while (lag() > 0) {
            look(deadline);
        }
        double seconds = (System.nanoTime() - start) / (double) TimeUnit.SECONDS.toNanos(1);
        if (before > size * 0.9) {
            throw new IOException("nothing was left to measure the capacity from; more --events are needed");
        }
        return (size - before) / seconds;
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    private void awaitVerdicts(long wanted, long deadline) throws IOException, InterruptedException {
        while (verdicts() < wanted) {
            look(deadline);
        }
    }

    private void look(long deadline) throws IOException, InterruptedException {
        check();
        if (System.nanoTime() - deadline > 0) {
            throw new IOException("the pipeline has not done the backlog after ten minutes");
        }
        if (Thread.interrupted()) {
            throw new InterruptedException("interrupted");
        }
        LockSupport.parkNanos(LOOK);
    }

    /**
     * From now on gives it events at a steady rate.
     *
     * @param perSecond events a second
     */
    public void load(int perSecond) {
        load = Optional.of(SteadyLoad.start(events, writer, perSecond, clock));
    }

    /**
     * Looks whether it still runs.
     *
     * @throws IOException where it, or what writes events for it, cannot go on
     */
    public void check() throws IOException {
        try {
            pipeline.check();
        } catch (PipelineException e) {
            throw new IOException(e.getMessage(), e);
        }
        if (load.isPresent()) {
            load.get().check();
        }
    }

    @Override
    public void close() throws IOException {
        load.ifPresent(SteadyLoad::close);
        writer.close();
        registry.close();
        pipeline.close();
        Folders.delete(folder);
    }
}
