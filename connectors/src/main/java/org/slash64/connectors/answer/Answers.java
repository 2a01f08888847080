package org.slash64.connectors.answer;

import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts together what is known, what DNS says and what the operator wants. Any thread; never blocks. */
public final class Answers {

    private static final Logger LOG = LoggerFactory.getLogger(Answers.class);

    private final Knowledge known;
    private final InlineChecks checks;
    private final Policy policy;
    private final Clock clock;

    public Answers(Knowledge known, InlineChecks checks, Policy policy, Clock clock) {
        this.known = known;
        this.checks = checks;
        this.policy = policy;
        this.clock = clock;
    }

    /**
     * What is to be done.
     *
     * @return complete at once where DNS need not be asked or its answers are at hand, else by the deadline of the checks,
     *     on another thread; it never fails, but says {@link Opinion.Basis#FAILED}
     */
    public CompletableFuture<Opinion> opinion(Mail mail) {
        try {
            Instant now = clock.instant();
            Optional<Opinion> atOnce = policy.atOnce(mail, known, now);
            return atOnce.isPresent()
                    ? CompletableFuture.completedFuture(atOnce.get())
                    : checks.check(mail, mail.client().orElseThrow())
                            .thenApply(checked -> policy.judge(mail, known, checked, now))
                            .exceptionally(Answers::failed);
        } catch (RuntimeException e) { // a mistake of ours; mail must flow
            return CompletableFuture.completedFuture(failed(e));
        }
    }

    /**
     * What is to be done, where DNS was asked already.
     *
     * @return never fails, but says {@link Opinion.Basis#FAILED}
     */
    public Opinion opinion(Mail mail, Checked checked) {
        try {
            return policy.judge(mail, known, checked, clock.instant());
        } catch (RuntimeException e) { // a mistake of ours; mail must flow
            return failed(e);
        }
    }

    private static Opinion failed(Throwable e) {
        LOG.error("An answer to a mail server failed", e);
        return Opinion.failed();
    }
}
