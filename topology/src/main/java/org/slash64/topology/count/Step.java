package org.slash64.topology.count;

import java.util.List;
import org.slash64.schemas.Domain;
import org.slash64.schemas.Subject;
import org.slash64.schemas.state.Allowance;

/** What counting hands on to the steps that decide. */
public sealed interface Step {

    /**
     * News of one subject.
     *
     * @param finished buckets that are final, in order of time; each is handed on once
     * @param pending buckets that may still change, in order of time; handed on again with every change
     */
    record Progress(Subject subject, List<Bucket> finished, List<Bucket> pending) implements Step {

        public Progress {
            finished = List.copyOf(finished);
            pending = List.copyOf(pending);
        }
    }

    /**
     * News of one domain, with its reputation as of each bucket: what {@link Progress} of a domain becomes on its way.
     *
     * @param finished as in {@link Progress}
     * @param pending as in {@link Progress}
     */
    record Rated(Domain domain, List<RatedBucket> finished, List<RatedBucket> pending) implements Step {

        public Rated {
            finished = List.copyOf(finished);
            pending = List.copyOf(pending);
        }
    }

    /**
     * All buckets that start before this instant have been handed on.
     *
     * @param time epoch milliseconds
     */
    record FinishedUpTo(long time) implements Step {}

    /** The allowlist changed. Every task gets every change. */
    record AllowlistChanged(Allowance allowance) implements Step {}
}
