package org.slash64.topology;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.slash64.topology.correlate.CorrelatorStatistics;
import org.slash64.topology.enrich.EnrichStatistics;

/** What the steps of this process have done since it started. Counted by stream threads, read by any. */
public final class PipelineStatistics implements EnrichStatistics {

    private final CorrelatorStatistics lines = new CorrelatorStatistics();
    private final LongAdder verdicts = new LongAdder();
    private final AtomicLong waiting = new AtomicLong();

    /** Lines, events and what went wrong with them. */
    public CorrelatorStatistics lines() {
        return lines;
    }

    @Override
    public void verdict() {
        verdicts.increment();
    }

    @Override
    public void waiting(int change) {
        waiting.addAndGet(change);
    }

    /** Verdicts forwarded. */
    public long verdicts() {
        return verdicts.sum();
    }

    /** Lines that wait to be put in order, and events that wait for look-ups now. */
    public long waiting() {
        return waiting.get() + lines.held();
    }
}
