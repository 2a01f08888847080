package org.slash64.deploy.pipeline;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.BooleanSupplier;
import org.apache.kafka.streams.KafkaStreams;
import org.slash64.topology.PipelineStatistics;

/**
 * Tells when the stream has done all it can do for now: nothing left to read, nothing waiting, and no record processed
 * for so long that clocks have settled and last decisions are out.
 */
final class IdleWatch {

    /** Longer than a source takes to be idle and to tell so, and longer than its clock takes to settle then. */
    static final Duration QUIET = Duration.ofSeconds(8);

    private final KafkaStreams streams;
    private final PipelineStatistics statistics;
    private final BooleanSupplier inputEnded;
    private final Clock clock;
    private double processed = -1;
    private Instant since = Instant.MAX;

    IdleWatch(KafkaStreams streams, PipelineStatistics statistics, BooleanSupplier inputEnded, Clock clock) {
        this.streams = streams;
        this.statistics = statistics;
        this.inputEnded = inputEnded;
        this.clock = clock;
    }

    /** Looks once; to be called again and again. */
    boolean isIdle() {
        double now = KafkaFigures.sum(streams, "process-total", "stream-thread-metrics");
        boolean busy = now != processed
                || !inputEnded.getAsBoolean()
                || statistics.waiting() > 0
                || streams.state() != KafkaStreams.State.RUNNING
                || KafkaFigures.lag(streams) > 0;
        processed = now;
        if (busy) {
            since = clock.instant();
        }
        return Duration.between(since, clock.instant()).compareTo(QUIET) >= 0;
    }
}
