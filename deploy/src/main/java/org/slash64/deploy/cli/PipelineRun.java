package org.slash64.deploy.cli;

import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slash64.connectors.log.SmtpFact;
import org.slash64.deploy.pipeline.Pipeline;
import org.slash64.deploy.pipeline.PipelineConfig;
import org.slash64.deploy.pipeline.PipelineException;
import org.slash64.deploy.report.ProgressLine;
import org.slash64.topology.correlate.CorrelatorStatistics;

/** A pipeline with a terminal before it: progress, and an orderly end on a signal. */
final class PipelineRun implements AutoCloseable {

    private static final Duration LOOK = Duration.ofMillis(500);

    private final Pipeline pipeline;
    private final ProgressLine progress;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread hook = new Thread(this::stop, "slash64-shutdown");

    private PipelineRun(Pipeline pipeline, ProgressLine progress) {
        this.pipeline = pipeline;
        this.progress = progress;
    }

    static PipelineRun start(PipelineConfig config, Clock clock) throws PipelineException, InterruptedException {
        PipelineRun run = new PipelineRun(Pipeline.start(config, clock), new ProgressLine(System.err, clock));
        Runtime.getRuntime().addShutdownHook(run.hook);
        return run;
    }

    Pipeline pipeline() {
        return pipeline;
    }

    /** Returns when all input is read and done, or the program is told to stop. */
    void untilIdle() throws PipelineException, InterruptedException {
        while (!pipeline.isIdle() && !stopping.await(LOOK.toMillis(), TimeUnit.MILLISECONDS)) {
            progress.show(pipeline);
        }
        progress.end();
    }

    /** Returns when the program is told to stop. */
    void untilStopped() throws PipelineException, InterruptedException {
        while (!stopping.await(LOOK.toMillis(), TimeUnit.MILLISECONDS)) {
            pipeline.check();
            progress.show(pipeline);
        }
        progress.end();
    }

    /** What was done, in one line. */
    String summary() {
        CorrelatorStatistics lines = pipeline.statistics().lines();
        long events =
                lines.events().values().stream().mapToLong(Long::longValue).sum();
        long others = lines.ignored().getOrDefault(SmtpFact.Ignored.Why.OTHER_PROGRAM, 0L);
        String unread = lines.errors().entrySet().stream()
                .filter(entry -> entry.getValue() > 0)
                .map(entry -> entry.getValue() + " "
                        + entry.getKey().name().toLowerCase(Locale.ROOT).replace('_', ' '))
                .collect(Collectors.joining(", "));
        return String.format(
                        Locale.ROOT,
                        "%,d lines, %,d events, %,d verdicts",
                        lines.lines(),
                        events,
                        pipeline.statistics().verdicts().all())
                + (others == 0 ? "" : String.format(Locale.ROOT, "; %,d lines of other programs", others))
                + (unread.isEmpty() ? "" : "; unreadable: " + unread);
    }

    /** On a signal: lets the command end, and waits until the pipeline is closed. */
    private void stop() {
        stopping.countDown();
        try {
            closed.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        progress.end();
        pipeline.close();
        closed.countDown();
        if (stopping.getCount() > 0) {
            Runtime.getRuntime().removeShutdownHook(hook);
        }
    }
}
