package org.slash64.connectors.socket;

import java.time.Duration;

/**
 * Bounds of a server.
 *
 * @param connections open at a time; one more is closed as it comes
 * @param idle a connection that says nothing for so long is closed
 */
public record ServerLimits(int connections, Duration idle) {
    /** Refuses what would never serve anybody. */
    public ServerLimits {
        if (connections < 1 || idle.isNegative() || idle.isZero()) {
            throw new IllegalArgumentException("a limit of a server is not positive");
        }
    }
}
