package org.slash64.topology;

import java.util.concurrent.atomic.LongAdder;
import org.slash64.schemas.Change;
import org.slash64.schemas.EnumCounters;
import org.slash64.schemas.LimitAction;
import org.slash64.schemas.LimitDecision;
import org.slash64.schemas.ListingChange;
import org.slash64.schemas.PrefixCount;

/** Counts what was counted and decided, provisional decisions left out. Counted by stream threads, read by any. */
public final class DecisionStatistics {

    private final LongAdder windows = new LongAdder();
    private final EnumCounters<LimitAction> crossed = new EnumCounters<>(LimitAction.class);
    private final EnumCounters<LimitAction> released = new EnumCounters<>(LimitAction.class);
    private final EnumCounters<Change> changes = new EnumCounters<>(Change.class);

    void count(PrefixCount window) {
        if (window.getClosed()) {
            windows.increment();
        }
    }

    void count(LimitDecision decision) {
        if (!decision.getProvisional()) {
            (decision.getLimited() ? crossed : released).increment(decision.getAction());
        }
    }

    void count(ListingChange change) {
        changes.increment(change.getChange());
    }

    /** Windows closed. */
    public long windows() {
        return windows.sum();
    }

    /** Records that say that a limit with this action is in force. */
    public long crossed(LimitAction action) {
        return crossed.count(action);
    }

    /** Limits with this action released. */
    public long released(LimitAction action) {
        return released.count(action);
    }

    /** Changes of listings. */
    public long changes(Change change) {
        return changes.count(change);
    }
}
