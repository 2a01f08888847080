package org.slash64.deploy.pipeline;

import java.time.Duration;
import org.slash64.connectors.answer.Mode;
import org.slash64.connectors.policy.PolicyLimits;
import org.slash64.connectors.socket.ListenAddress;

/**
 * How Postfix's policy requests are served.
 *
 * @param listen where
 * @param mode whether answers are acted on
 * @param deadline of the checks that ask DNS
 * @param limits of connections
 */
public record PolicyService(ListenAddress listen, Mode mode, Duration deadline, PolicyLimits limits) {

    /** A program that was just installed refuses nobody. */
    public static final Mode MODE = Mode.DRY_RUN;

    /** Some round trips to a resolver nearby; a mail server has a process waiting for each answer. */
    public static final Duration DEADLINE = Duration.ofMillis(50);
}
