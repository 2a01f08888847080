package org.slash64.topology;

import java.util.concurrent.atomic.AtomicLong;
import org.slash64.schemas.SmtpVerdict;
import org.slash64.topology.correlate.CorrelatorStatistics;
import org.slash64.topology.enrich.EnrichStatistics;

/**
 * What the steps of this process have done since it started. Counted by stream threads, read by any. What is worked on again
 * after a crash counts again.
 */
public final class PipelineStatistics implements EnrichStatistics {

    private final CorrelatorStatistics lines = new CorrelatorStatistics();
    private final VerdictStatistics verdicts = new VerdictStatistics();
    private final DecisionStatistics decisions = new DecisionStatistics();
    private final DeadLetterStatistics deadLetters = new DeadLetterStatistics();
    private final AtomicLong kept = new AtomicLong();

    /** Lines, events and what went wrong with them. */
    public CorrelatorStatistics lines() {
        return lines;
    }

    /** Verdicts by what they say. */
    public VerdictStatistics verdicts() {
        return verdicts;
    }

    /** Windows, limits and listings. */
    public DecisionStatistics decisions() {
        return decisions;
    }

    /** Records that were set aside. */
    public DeadLetterStatistics deadLetters() {
        return deadLetters;
    }

    @Override
    public void verdict(SmtpVerdict verdict) {
        verdicts.count(verdict);
    }

    @Override
    public void waiting(int change) {
        kept.addAndGet(change);
    }

    /** Events that wait for look-ups now. */
    public long kept() {
        return kept.get();
    }

    /** Lines that wait to be put in order, and events that wait for look-ups now. */
    public long waiting() {
        return kept() + lines.held();
    }
}
