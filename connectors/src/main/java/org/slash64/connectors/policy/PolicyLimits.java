package org.slash64.connectors.policy;

import java.time.Duration;

/**
 * Bounds of the policy server. A connection keeps {@link #MAX_REQUEST} at most, and 64 KiB while a request of it is judged.
 *
 * @param threads that serve connections
 * @param maxConnections open at a time; those beyond are closed at once
 * @param idle so long a connection may say nothing
 * @param stalled so long a request may take from its first byte to its last
 */
public record PolicyLimits(int threads, int maxConnections, Duration idle, Duration stalled) {

    /**
     * Bytes of a request. Postfix sends some 30 attributes, whose longest values come from SMTP lines, of 2,048 bytes at most
     * (line_length_limit).
     */
    public static final int MAX_REQUEST = 16_384;

    /** Attributes of a request; Postfix 3.8 knows 36. */
    public static final int MAX_ATTRIBUTES = 100;

    /** Requests that may come at once, without waiting for replies; Postfix always waits. */
    public static final int MAX_PIPELINED = 100;

    /**
     * Two threads; as many connections as twenty times the processes that Postfix has by default
     * (default_process_limit 100); twice the 300 s after which Postfix itself hangs up (smtpd_policy_service_max_idle).
     */
    public static final PolicyLimits DEFAULTS =
            new PolicyLimits(2, 2_000, Duration.ofSeconds(600), Duration.ofSeconds(10));

    /** Refuses what would never serve anybody. */
    public PolicyLimits {
        if (threads < 1 || maxConnections < 1 || !isPositive(idle) || !isPositive(stalled)) {
            throw new IllegalArgumentException("a limit of the policy server is not positive");
        }
    }

    private static boolean isPositive(Duration duration) {
        return !duration.isNegative() && !duration.isZero();
    }

    /** The same with another number of connections. */
    public PolicyLimits withMaxConnections(int most) {
        return new PolicyLimits(threads, most, idle, stalled);
    }

    /** The same with another number of threads. */
    public PolicyLimits withThreads(int number) {
        return new PolicyLimits(number, maxConnections, idle, stalled);
    }

    /** The same with other times. */
    public PolicyLimits withTimes(Duration newIdle, Duration newStalled) {
        return new PolicyLimits(threads, maxConnections, newIdle, newStalled);
    }
}
