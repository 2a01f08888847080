package org.slash64.topology;

import java.util.concurrent.atomic.LongAdder;
import org.slash64.schemas.AuthenticationOutcome;
import org.slash64.schemas.DkimResult;
import org.slash64.schemas.EnumCounters;
import org.slash64.schemas.FcrdnsResult;
import org.slash64.schemas.Outcome;
import org.slash64.schemas.SmtpVerdict;
import org.slash64.schemas.SpfResult;

/** Counts verdicts by what they say. Counted by stream threads, read by any. */
public final class VerdictStatistics {

    private final LongAdder exempt = new LongAdder();
    private final EnumCounters<Outcome> outcomes = new EnumCounters<>(Outcome.class);
    private final EnumCounters<AuthenticationOutcome> authentication = new EnumCounters<>(AuthenticationOutcome.class);
    private final EnumCounters<FcrdnsResult> fcrdns = new EnumCounters<>(FcrdnsResult.class);
    private final EnumCounters<SpfResult> spf = new EnumCounters<>(SpfResult.class);
    private final EnumCounters<DkimResult> dkim = new EnumCounters<>(DkimResult.class);

    void count(SmtpVerdict verdict) {
        outcomes.increment(verdict.getOutcome());
        if (verdict.getExempt() != null) {
            exempt.increment();
            return;
        }
        fcrdns.increment(verdict.getFcrdns().getResult());
        verdict.getSpf().forEach(check -> spf.increment(check.getResult()));
        if (verdict.getDkim() != null) {
            verdict.getDkim().forEach(signature -> dkim.increment(signature.getResult()));
        }
        if (verdict.getAuthentication() != null) {
            authentication.increment(verdict.getAuthentication().getOutcome());
        }
    }

    /** All verdicts. */
    public long all() {
        return outcomes.total();
    }

    /** Verdicts on events that are neither looked up nor counted. */
    public long exempt() {
        return exempt.sum();
    }

    /** Verdicts by what their event is evidence of. */
    public long count(Outcome outcome) {
        return outcomes.count(outcome);
    }

    /** Verdicts by whether mandatory authentication is met, exempt ones left out. */
    public long count(AuthenticationOutcome outcome) {
        return authentication.count(outcome);
    }

    /** Verdicts by reverse DNS, exempt ones left out. */
    public long count(FcrdnsResult result) {
        return fcrdns.count(result);
    }

    /** Checks of SPF; a verdict has up to two. */
    public long count(SpfResult result) {
        return spf.count(result);
    }

    /** Signatures; a message has any number. */
    public long count(DkimResult result) {
        return dkim.count(result);
    }
}
