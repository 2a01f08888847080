package org.slash64.connectors.milter;

import java.time.Duration;
import java.util.Optional;
import org.slash64.connectors.answer.Mode;
import org.slash64.connectors.socket.ListenAddress;
import org.slash64.connectors.socket.ServerLimits;

/**
 * What the milter is told.
 *
 * @param listen where the mail server finds it
 * @param mode how far it goes
 * @param serverId its authserv-id (RFC 8601 section 2.5) for Authentication-Results; empty adds and removes none
 * @param logHost under which the mail server stands in its log; empty for the first label of its own name
 * @param deadline of the checks that ask DNS
 * @param limits of connections
 */
public record MilterSettings(
        ListenAddress listen,
        Mode mode,
        Optional<String> serverId,
        Optional<String> logHost,
        Duration deadline,
        ServerLimits limits) {

    /** One connection for each SMTP session; Postfix takes 100 unless told otherwise ({@code default_process_limit}). */
    public static final int CONNECTIONS = 1_000;

    /** A mail server may wait for its client that long: RFC 5321 section 4.5.3.2.6, and as much for what it does itself. */
    public static final Duration IDLE = Duration.ofMinutes(20);

    /** A mail server asks anew for each message, and DNS servers far away need a second or two. */
    public static final Duration DEADLINE = Duration.ofSeconds(5);

    /** The usual bounds. */
    public static ServerLimits limitsByDefault() {
        return new ServerLimits(CONNECTIONS, IDLE);
    }

    /** What checks come to is said a little after their deadline. */
    private static final Duration GRACE = Duration.ofSeconds(1);

    /** Refuses what could never be answered. */
    public MilterSettings {
        if (deadline.isNegative() || deadline.isZero()) {
            throw new IllegalArgumentException("the deadline of the milter is not positive");
        }
    }

    /** How long a message waits for its answer at most; then it is accepted. */
    Duration patience() {
        return deadline.plus(GRACE);
    }
}
