package org.slash64.topology.count;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;

/**
 * The event time before which all buckets are finished, from the clocks of all sources: the slowest that is not idle, or,
 * when all are idle, the furthest. It moves only after the clocks have stood there for {@link #SETTLE}, so that tasks
 * that read at different speed, and sources not heard of yet, get their turn.
 */
final class FinishLine {

    /** How long (wall time) the clocks must have been past an instant before it counts as finished. */
    static final Duration SETTLE = Duration.ofSeconds(3);

    private record Sample(long takenAt, long time) {}

    private final Map<Integer, SourceClock.Reading> sources = new HashMap<>();
    private final Deque<Sample> samples = new ArrayDeque<>();
    private long finished;

    /** Starts at the line of an earlier run, or {@link Long#MIN_VALUE}. */
    FinishLine(long finished) {
        this.finished = finished;
    }

    /** A source told its clock. */
    void observe(int source, SourceClock.Reading reading) {
        sources.put(source, reading);
    }

    /** Buckets that start before this instant (epoch milliseconds) are finished. */
    long finished() {
        return finished;
    }

    /** Takes the clocks as they stand at wall time {@code now}; true where the line moved. */
    boolean advance(long now) {
        candidate().ifPresent(time -> samples.addLast(new Sample(now, time)));
        long settled = Long.MIN_VALUE;
        while (!samples.isEmpty() && now - samples.peekFirst().takenAt() >= SETTLE.toMillis()) {
            settled = samples.removeFirst().time();
        }
        if (settled <= finished) {
            return false;
        }
        long slowest = samples.stream().mapToLong(Sample::time).min().orElse(settled);
        boolean moved = Math.min(settled, slowest) > finished;
        finished = Math.max(finished, Math.min(settled, slowest));
        return moved;
    }

    private OptionalLong candidate() {
        OptionalLong slowest = sources.values().stream()
                .filter(reading -> !reading.idle())
                .mapToLong(SourceClock.Reading::time)
                .min();
        return slowest.isPresent()
                ? slowest
                : sources.values().stream().mapToLong(SourceClock.Reading::time).max();
    }
}
