package org.slash64.topology.count;

import java.time.Duration;
import java.util.Optional;

/**
 * How far event time has come in one partition of smtp.verdicts. While verdicts flow, it is what enrichment promises in
 * their watermark. When nothing comes for a while the source is idle and others need not wait for it; after longer the
 * time goes on by the wall time that passes, and never jumps to the wall clock.
 */
final class SourceClock {

    /** Without a verdict for so long, a source holds nobody back. Longer than any lookup may take. */
    static final Duration IDLE_AFTER = Duration.ofSeconds(5);

    /** Without a verdict for so long, event time goes on with the wall clock. */
    static final Duration GOES_ON_AFTER = Duration.ofSeconds(15);

    /**
     * @param time no verdict counted before this instant (epoch milliseconds) is still to come, unless late
     * @param idle true where the source has had nothing for {@link #IDLE_AFTER}
     */
    record Reading(long time, boolean idle) {}

    private final long latenessMillis;
    private long latest = Long.MIN_VALUE;
    private long watermark = Long.MIN_VALUE;
    private long lastSeen;

    SourceClock(Duration lateness) {
        this.latenessMillis = lateness.toMillis();
    }

    /** A verdict was read at wall time {@code now}; all three are epoch milliseconds. */
    void observe(long countedAt, long promised, long now) {
        latest = Math.max(latest, countedAt);
        watermark = Math.max(watermark, promised);
        lastSeen = now;
    }

    /** Goes on from an earlier run, which came to this event time; nothing is promised until a verdict is read. */
    void restore(long countedAt, long now) {
        latest = Math.max(latest, countedAt);
        lastSeen = now;
    }

    /**
     * The time now while verdicts are sure to come, on a bucket's boundary; {@link Long#MIN_VALUE} before the first one. It is
     * what was promised: the latest event may be of a host whose clock is ahead of all others. Only after a start, when nothing
     * is promised yet, it is told by what the earlier run came to.
     */
    Reading readWaiting() {
        if (watermark != Long.MIN_VALUE) {
            return new Reading(Bucket.startOf(watermark), false);
        }
        return new Reading(latest == Long.MIN_VALUE ? Long.MIN_VALUE : Bucket.startOf(latest - latenessMillis), false);
    }

    /** The time now, on a bucket's boundary; empty where there is none to tell yet. */
    Optional<Reading> read(long now) {
        if (latest == Long.MIN_VALUE) {
            return Optional.empty();
        }
        long silent = now - lastSeen;
        if (silent < IDLE_AFTER.toMillis()) {
            return watermark == Long.MIN_VALUE
                    ? Optional.empty()
                    : Optional.of(new Reading(Bucket.startOf(watermark), false));
        }
        long passed = Math.max(0, silent - GOES_ON_AFTER.toMillis());
        long time = Math.max(watermark, latest - latenessMillis + passed);
        return Optional.of(new Reading(Bucket.startOf(time), true));
    }

    /** The latest event time seen; {@link Long#MIN_VALUE} before the first verdict. */
    long latest() {
        return latest;
    }
}
