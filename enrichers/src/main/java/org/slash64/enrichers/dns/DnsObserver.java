package org.slash64.enrichers.dns;

/** Is told how questions end that the cache did not answer. */
@FunctionalInterface
public interface DnsObserver {

    /** Does not look. */
    DnsObserver NONE = (outcome, nanos) -> {};

    /**
     * A question ended; those that joined it count once. Called on the client's thread, so it must not block, and must not
     * throw.
     *
     * @param nanos from the question to its answer, waiting for a place in flight included
     */
    void answered(DnsOutcome outcome, long nanos);
}
