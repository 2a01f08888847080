package org.slash64.topology.count;

import java.util.List;
import org.slash64.schemas.Prefix;

/** What counting hands on to the steps that decide. */
public sealed interface Step {

    /**
     * News of one prefix.
     *
     * @param finished buckets that are final, in order of time; each is handed on once
     * @param pending buckets that may still change, in order of time; handed on again with every change
     */
    record Progress(Prefix prefix, List<Bucket> finished, List<Bucket> pending) implements Step {}

    /**
     * All buckets that start before this instant have been handed on.
     *
     * @param time epoch milliseconds
     */
    record FinishedUpTo(long time) implements Step {}
}
