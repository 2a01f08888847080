package org.slash64.deploy.config;

import java.time.Duration;
import java.util.Optional;
import org.slash64.connectors.answer.Mode;
import org.slash64.connectors.policy.PolicyLimits;
import org.slash64.connectors.socket.ListenAddress;
import org.slash64.deploy.config.yaml.Durations;
import org.slash64.deploy.config.yaml.Numbers;
import org.slash64.deploy.config.yaml.Section;
import org.slash64.deploy.config.yaml.Types;
import org.slash64.deploy.pipeline.PolicyService;

/** {@link PolicyService} in a file. */
final class PolicyFields {

    private static final Duration DAY = Duration.ofDays(1);
    private static final int MOST_CONNECTIONS = 100_000;
    private static final int MOST_THREADS = 64;

    /** Postfix gives up after smtpd_policy_service_timeout, 100 s. */
    private static final Duration LONGEST_DEADLINE = Duration.ofSeconds(20);

    private PolicyFields() {}

    static Optional<PolicyService> read(Section section) {
        PolicyLimits limits = PolicyLimits.DEFAULTS;
        Optional<ListenAddress> listen = section.optional(
                "listen",
                "nowhere: the server is off",
                SiteTypes.listen(),
                "Where it listens: an address with a port, or the path of a Unix socket behind `unix:`.");
        Mode mode = section.value(
                "mode",
                PolicyService.MODE,
                Types.oneOf(Mode.class),
                "`enforce` answers, `dry-run` only marks mail with what it would answer, `observe` only counts that.");
        Duration deadline = section.value(
                "deadline",
                PolicyService.DEADLINE,
                Durations.between(Duration.ofMillis(1), LONGEST_DEADLINE),
                "How long it waits for DNS; what is not answered by then counts as not known.");
        PolicyLimits bounds = new PolicyLimits(
                section.value(
                        "threads", limits.threads(), Numbers.count(1, MOST_THREADS), "Threads that serve connections."),
                section.value(
                        "max-connections",
                        limits.maxConnections(),
                        Numbers.count(1, MOST_CONNECTIONS),
                        "Connections at a time; those beyond are closed at once. Postfix opens one for each smtpd."),
                section.value(
                        "idle",
                        limits.idle(),
                        Durations.between(Duration.ofSeconds(1), DAY),
                        "A connection that says nothing for so long is closed; more than Postfix's"
                                + " smtpd_policy_service_max_idle."),
                section.value(
                        "stalled",
                        limits.stalled(),
                        Durations.between(Duration.ofMillis(100), DAY),
                        "How long a request may take to come."));
        return listen.map(address -> new PolicyService(address, mode, deadline, bounds));
    }
}
