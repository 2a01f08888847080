package org.slash64.topology;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.slash64.schemas.FcrdnsResult;
import org.slash64.topology.correlate.CorrelatorStatistics;
import org.slash64.topology.enrich.EnrichStatistics;

/** What the steps of this process have done since it started. Counted by stream threads, read by any. */
public final class PipelineStatistics implements EnrichStatistics {

    private final CorrelatorStatistics lines = new CorrelatorStatistics();
    private final Map<FcrdnsResult, LongAdder> verdicts = new EnumMap<>(FcrdnsResult.class);
    private final AtomicLong waiting = new AtomicLong();

    public PipelineStatistics() {
        Arrays.stream(FcrdnsResult.values()).forEach(result -> verdicts.put(result, new LongAdder()));
    }

    /** Lines, events and what went wrong with them. */
    public CorrelatorStatistics lines() {
        return lines;
    }

    @Override
    public void verdict(FcrdnsResult result) {
        verdicts.get(result).increment();
    }

    @Override
    public void waiting(int change) {
        waiting.addAndGet(change);
    }

    /** Verdicts forwarded. */
    public long verdicts() {
        return verdicts.values().stream().mapToLong(LongAdder::sum).sum();
    }

    /** Events that wait for look-ups now. */
    public long waiting() {
        return waiting.get();
    }
}
