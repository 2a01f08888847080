package org.slash64.deploy.bench.pipeline;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.apache.kafka.common.Metric;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;

/**
 * One run of a stream over all that is there for it, and how long that took: from its first record to the one with which a
 * thousandth of all was left, as the last ones wait for clocks. What it processes while nothing is left to read, to tell
 * of time that passes, is not counted.
 */
final class StreamsRun {

    private static final long LOOK = TimeUnit.MILLISECONDS.toNanos(20);
    private static final long QUIET = TimeUnit.SECONDS.toNanos(3);
    private static final long PATIENCE = TimeUnit.HOURS.toNanos(2);

    /** Clocks that are told once a second, of each partition to each. */
    private static final double TICKS = 500;

    private static final double ALL_BUT = 0.999;

    /**
     * What runs a stream, or one of those that run it together.
     *
     * @param settings as {@link org.apache.kafka.streams.StreamsConfig} names them
     */
    record Instance(Topology topology, Properties settings) {}

    /**
     * What of a run is measured.
     *
     * @param done what it is told by; it grows
     * @param from measured from when so much is done
     * @param to it is certain that something is left to do while less is done
     */
    record Part(LongSupplier done, long from, long to) {}

    /**
     * What came of it.
     *
     * @param seconds from the beginning of the part to the end
     * @param before what was done at its beginning
     */
    record Measured(double seconds, long before) {}

    private record Sample(long nanos, double processed, long done) {}

    private final List<KafkaStreams> streams;
    private final Part part;
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private final List<Sample> samples = new ArrayList<>();
    private List<Metric> processed = List.of();
    private List<Metric> lags = List.of();
    private long foundAt;

    private StreamsRun(List<KafkaStreams> streams, Part part) {
        this.streams = streams;
        this.part = part;
    }

    /**
     * Runs all of one.
     *
     * @param enough false while it is certain that something is left to do
     * @return seconds
     * @throws IOException when it fails, or has not ended after two hours
     */
    static double seconds(Topology topology, Properties settings, BooleanSupplier enough)
            throws IOException, InterruptedException {
        Part all = new Part(() -> enough.getAsBoolean() ? 1 : 0, 0, 1);
        return of(List.of(new Instance(topology, settings)), all).seconds();
    }

    /**
     * Runs it on several instances.
     *
     * @throws IOException when one fails, or they have not ended after two hours
     */
    static Measured of(List<Instance> instances, Part part) throws IOException, InterruptedException {
        List<KafkaStreams> streams = new ArrayList<>();
        StreamsRun run = new StreamsRun(streams, part);
        try {
            for (Instance instance : instances) {
                streams.add(new KafkaStreams(instance.topology(), instance.settings()));
            }
            streams.forEach(run::start);
            run.watch();
            return run.measured();
        } finally {
            streams.forEach(KafkaStreams::close);
        }
    }

    private void start(KafkaStreams one) {
        one.setUncaughtExceptionHandler(e -> {
            failure.set(e);
            return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        });
        one.start();
    }

    private void watch() throws IOException, InterruptedException {
        long deadline = System.nanoTime() + PATIENCE;
        do {
            LockSupport.parkNanos(LOOK);
            find();
            samples.add(
                    new Sample(System.nanoTime(), sum(processed), part.done().getAsLong()));
            if (failure.get() != null) {
                throw new IOException("the stream failed: " + failure.get().getMessage(), failure.get());
            }
            if (System.nanoTime() > deadline || Thread.interrupted()) {
                throw new InterruptedException("the stream has not ended in time");
            }
        } while (!isDone());
    }

    private boolean isDone() {
        Sample now = samples.get(samples.size() - 1);
        return now.processed() > 0
                && now.done() >= part.to()
                && sum(lags) == 0
                && now.processed() - processedAt(now.nanos() - QUIET) < TICKS;
    }

    /** Negative for a time before the first sample, so that no run is done before it has been quiet. */
    private double processedAt(long nanos) {
        for (int i = samples.size() - 1; i >= 0; i--) {
            if (samples.get(i).nanos() - nanos <= 0) {
                return samples.get(i).processed();
            }
        }
        return Double.NEGATIVE_INFINITY;
    }

    private Measured measured() {
        double most = ALL_BUT * samples.get(samples.size() - 1).processed();
        Sample start = samples.get(0);
        for (Sample sample : samples) {
            if (sample.processed() == 0 || sample.done() < part.from()) {
                start = sample;
            } else if (sample.processed() >= most) {
                double seconds = (sample.nanos() - start.nanos()) / (double) TimeUnit.SECONDS.toNanos(1);
                return new Measured(seconds, start.done());
            }
        }
        throw new IllegalStateException("the last sample has all");
    }

    /** Once a second: looking through thousands of metrics takes time from what is measured. */
    private void find() {
        long now = System.nanoTime();
        if (processed.isEmpty() || now - foundAt > TimeUnit.SECONDS.toNanos(1)) {
            processed = metrics("process-total", "stream-thread-metrics");
            lags = metrics("records-lag", "consumer-fetch-manager-metrics");
            foundAt = now;
        }
    }

    private List<Metric> metrics(String name, String group) {
        List<Metric> found = new ArrayList<>();
        for (KafkaStreams one : streams) {
            for (Metric metric : one.metrics().values()) {
                if (metric.metricName().name().equals(name)
                        && metric.metricName().group().equals(group)) {
                    found.add(metric);
                }
            }
        }
        return found;
    }

    private static double sum(List<Metric> metrics) {
        double sum = 0;
        for (Metric metric : metrics) {
            if (metric.metricValue() instanceof Double value && !value.isNaN()) {
                sum += value;
            }
        }
        return sum;
    }
}
