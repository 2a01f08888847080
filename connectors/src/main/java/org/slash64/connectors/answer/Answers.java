package org.slash64.connectors.answer;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts together what is known, what DNS says and what the operator wants. Any thread; never blocks. */
public final class Answers {

    /** So soon a sender that mends its DNS is seen, where a mail server asks about the same mail again. */
    static final Duration MAX_AGE = Duration.ofSeconds(30);

    private static final Logger LOG = LoggerFactory.getLogger(Answers.class);

    private final Knowledge known;
    private final InlineChecks checks;
    private final Policy policy;
    private final Policy without421;
    private final Ipv4Fallback fallback;
    private final Clock clock;

    /** @param fallback asked before an IPv6 client is told to come over IPv4 */
    public Answers(Knowledge known, InlineChecks checks, Policy policy, Ipv4Fallback fallback, Clock clock) {
        this.known = known;
        this.checks = checks;
        this.policy = policy;
        this.without421 = policy.without421();
        this.fallback = fallback;
        this.clock = clock;
    }

    /** {@link #opinion(Mail, Optional)} with nothing known from before. */
    public CompletableFuture<Opinion> opinion(Mail mail) {
        return opinion(mail, Optional.empty());
    }

    /**
     * What is to be done.
     *
     * @param earlier what DNS said of the same mail before; asked again where that is longer ago than {@link #MAX_AGE}
     * @return complete at once where DNS need not be asked or its answers are at hand, else by the deadline of the checks,
     *     on another thread; it never fails, but says {@link Opinion.Basis#FAILED}
     */
    public CompletableFuture<Opinion> opinion(Mail mail, Optional<Checked> earlier) {
        try {
            Instant now = clock.instant();
            Optional<Opinion> atOnce = policy.atOnce(mail, known, now)
                    .or(() -> earlier.filter(
                                    checked -> now.isBefore(checked.at().plus(MAX_AGE)))
                            .map(checked -> judge(mail, checked, now)));
            return atOnce.isPresent()
                    ? CompletableFuture.completedFuture(atOnce.get())
                    : checks.check(mail, mail.client().orElseThrow())
                            .thenApply(checked -> judge(mail, checked, now))
                            .exceptionally(Answers::failed);
        } catch (RuntimeException e) { // a mistake of ours; mail must flow
            return CompletableFuture.completedFuture(failed(e));
        }
    }

    private Opinion judge(Mail mail, Checked checked, Instant now) {
        Opinion opinion = policy.judge(mail, known, checked, now);
        boolean held = opinion.answer() instanceof Answer.TryIpv4
                && !fallback.mayTell(mail.client().orElseThrow(), mail.mailFrom(), now);
        return held ? without421.judge(mail, known, checked, now) : opinion;
    }

    private static Opinion failed(Throwable e) {
        LOG.error("An answer to a mail server failed", e);
        return Opinion.failed();
    }
}
