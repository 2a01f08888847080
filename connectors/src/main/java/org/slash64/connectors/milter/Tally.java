package org.slash64.connectors.milter;

import java.util.concurrent.atomic.LongAdder;
import org.slash64.connectors.answer.Answer;
import org.slash64.connectors.answer.Opinion;
import org.slash64.connectors.socket.ServerStatistics;

/** Counts for {@link MilterStatistics}; any thread. */
final class Tally {

    private final LongAdder messages = new LongAdder();
    private final LongAdder aborted = new LongAdder();
    private final LongAdder accepted = new LongAdder();
    private final LongAdder marked = new LongAdder();
    private final LongAdder quarantined = new LongAdder();
    private final LongAdder rejected = new LongAdder();
    private final LongAdder deferred = new LongAdder();
    private final LongAdder sentToIpv4 = new LongAdder();
    private final LongAdder failedOpen = new LongAdder();
    private final LongAdder stale = new LongAdder();
    private final LongAdder unobserved = new LongAdder();
    private final LongAdder brokenOff = new LongAdder();

    void message(Answer given) {
        messages.increment();
        of(given).increment();
    }

    private LongAdder of(Answer given) {
        if (given instanceof Answer.Mark) {
            return marked;
        } else if (given instanceof Answer.Quarantine) {
            return quarantined;
        } else if (given instanceof Answer.Reject) {
            return rejected;
        } else if (given instanceof Answer.Defer) {
            return deferred;
        }
        return given instanceof Answer.TryIpv4 ? sentToIpv4 : accepted;
    }

    void basis(Opinion.Basis basis) {
        switch (basis) {
            case FAILED -> failedOpen.increment();
            case STALE -> stale.increment();
            case EXEMPT, ALLOWED, POLICY -> {
                // as it should be
            }
        }
    }

    void aborted() {
        aborted.increment();
    }

    void unobserved() {
        unobserved.increment();
    }

    void brokenOff() {
        brokenOff.increment();
    }

    MilterStatistics statistics(ServerStatistics connections, HeldBytes held) {
        return new MilterStatistics(
                connections,
                messages.sum(),
                aborted.sum(),
                accepted.sum(),
                marked.sum(),
                quarantined.sum(),
                rejected.sum(),
                deferred.sum(),
                sentToIpv4.sum(),
                failedOpen.sum(),
                stale.sum(),
                unobserved.sum(),
                brokenOff.sum(),
                held.held());
    }
}
