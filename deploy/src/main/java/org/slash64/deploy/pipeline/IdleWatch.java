package org.slash64.deploy.pipeline;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.BooleanSupplier;
import org.apache.kafka.streams.KafkaStreams;
import org.slash64.topology.PipelineStatistics;

/**
 * Tells when the stream has done all it can do for now: nothing left to read, nothing waiting, and no record read for so long
 * that clocks have settled and last decisions are out. The ticks of event time, which goes on while nothing comes, do not
 * count: where the last verdicts of the partitions were not read at the same time they leave no pause.
 */
final class IdleWatch {

    /** A source is idle after 5 s and tells so; then so long as its clock takes to settle, and decisions to follow. */
    static final Duration QUIET = Duration.ofSeconds(13);

    /** Where ticks come, and besides them only what follows from other topics. */
    private static final String TICKS = Pipeline.APPLICATION + "-contributions-repartition";

    private final KafkaStreams streams;
    private final PipelineStatistics statistics;
    private final BooleanSupplier inputEnded;
    private final Clock clock;
    private double read = -1;
    private Instant since = Instant.MAX;

    IdleWatch(KafkaStreams streams, PipelineStatistics statistics, BooleanSupplier inputEnded, Clock clock) {
        this.streams = streams;
        this.statistics = statistics;
        this.inputEnded = inputEnded;
        this.clock = clock;
    }

    /** Looks once; to be called again and again. */
    boolean isIdle() {
        double now = KafkaFigures.consumedBut(streams, TICKS);
        boolean busy = now != read
                || !inputEnded.getAsBoolean()
                || statistics.waiting() > 0
                || streams.state() != KafkaStreams.State.RUNNING
                || KafkaFigures.lag(streams) > 0;
        read = now;
        if (busy) {
            since = clock.instant();
        }
        return Duration.between(since, clock.instant()).compareTo(QUIET) >= 0;
    }
}
