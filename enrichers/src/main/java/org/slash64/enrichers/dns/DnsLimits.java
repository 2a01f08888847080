package org.slash64.enrichers.dns;

import java.time.Duration;

/**
 * Bounds of asking.
 *
 * @param tries messages sent for one name at most, over all servers
 * @param tryTimeout how long one server may take, TCP after truncation included
 * @param deadline how long a question may take in all, waiting for a free place included
 * @param maxInFlight questions that are with the servers at one time; each may hold a socket
 * @param maxWaiting questions that wait for a place among these; what comes on top ends as {@link DnsOutcome#TIMEOUT}
 *     at once
 */
public record DnsLimits(int tries, Duration tryTimeout, Duration deadline, int maxInFlight, int maxWaiting) {
    /**
     * Three tries of 2 s within 5 s (a mail server gives a whole SPF check 20 s, RFC 7208 section 4.6.4), 1,000
     * questions in flight and 20,000 waiting.
     */
    public static final DnsLimits DEFAULTS =
            new DnsLimits(3, Duration.ofSeconds(2), Duration.ofSeconds(5), 1_000, 20_000);

    /** Refuses what would never ask anything. */
    public DnsLimits {
        if (tries < 1 || maxInFlight < 1 || maxWaiting < 0 || !isPositive(tryTimeout) || !isPositive(deadline)) {
            throw new IllegalArgumentException("a limit of DNS questions is not positive");
        }
    }

    private static boolean isPositive(Duration duration) {
        return !duration.isNegative() && !duration.isZero();
    }

    /** The same with other times. */
    public DnsLimits withTimeouts(Duration newTryTimeout, Duration newDeadline) {
        return new DnsLimits(tries, newTryTimeout, newDeadline, maxInFlight, maxWaiting);
    }

    /** The same with other numbers of open questions. */
    public DnsLimits withOpenQuestions(int newMaxInFlight, int newMaxWaiting) {
        return new DnsLimits(tries, tryTimeout, deadline, newMaxInFlight, newMaxWaiting);
    }
}
