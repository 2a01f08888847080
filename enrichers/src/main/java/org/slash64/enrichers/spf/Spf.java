package org.slash64.enrichers.spf;

import java.time.Clock;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slash64.enrichers.dns.Dns;
import org.slash64.enrichers.dns.DnsAnswer;

/**
 * Checks whether a client may send for a domain: check_host() of RFC 7208. Whatever records and clients say, a check
 * ends with a {@link SpfResult}, within a bounded number of questions and its deadline. Any thread.
 */
public final class Spf {
    /** RFC 7208 section 7.3: what <code>%{r}</code> stands for when the receiver does not say who it is. */
    public static final String UNKNOWN_RECEIVER = "unknown";

    private final Dns dns;
    private final SpfLimits limits;
    private final String receiver;
    private final Clock clock;
    private final Records records = new Records();

    /** Checks with the default limits. */
    public Spf(Dns dns) {
        this(dns, SpfLimits.DEFAULTS, UNKNOWN_RECEIVER, Clock.systemUTC());
    }

    /**
     * Checks.
     *
     * @param receiver name of the host that checks, for explanations
     * @param clock the time that explanations tell
     */
    public Spf(Dns dns, SpfLimits limits, String receiver, Clock clock) {
        this.dns = dns;
        this.limits = limits;
        this.receiver = receiver;
        this.clock = clock;
    }

    /**
     * Checks one client; never blocks.
     *
     * @return the verdict, complete at once when all answers are at hand; it fails, with a {@link
     *     CancellationException}, only when the DNS client is closed
     */
    public CompletableFuture<SpfResult> check(SpfQuery query) {
        Evaluation evaluation = new Evaluation(query, records, limits, receiver, clock);
        CompletableFuture<SpfResult> result = new CompletableFuture<>();
        drive(evaluation, evaluation.begin(), System.nanoTime(), result);
        return result;
    }

    private void drive(Evaluation evaluation, Step first, long started, CompletableFuture<SpfResult> result) {
        Step step = first;
        while (step instanceof Step.Ask ask) {
            CompletableFuture<DnsAnswer> answer = dns.query(ask.name(), ask.type());
            if (!answer.isDone() || answer.isCompletedExceptionally()) {
                await(evaluation, ask, answer, started, result);
                return;
            }
            step = ask.then().apply(answer.join());
        }
        result.complete(((Step.Done) step).result());
    }

    private void await(
            Evaluation evaluation,
            Step.Ask ask,
            CompletableFuture<DnsAnswer> answer,
            long started,
            CompletableFuture<SpfResult> result) {
        long left = limits.deadline().toNanos() - (System.nanoTime() - started);
        CompletableFuture<DnsAnswer> unused = answer.copy()
                .orTimeout(Math.max(0, left), TimeUnit.NANOSECONDS)
                .whenComplete((given, failure) -> {
                    if (failure == null) {
                        resume(evaluation, ask, given, started, result);
                    } else if (failure instanceof TimeoutException) {
                        result.complete(evaluation.outOfTime());
                    } else {
                        result.completeExceptionally(cause(failure));
                    }
                });
    }

    private static Throwable cause(Throwable failure) {
        return failure.getCause() == null ? failure : failure.getCause();
    }

    private void resume(
            Evaluation evaluation, Step.Ask ask, DnsAnswer answer, long started, CompletableFuture<SpfResult> result) {
        try {
            drive(evaluation, ask.then().apply(answer), started, result);
        } catch (RuntimeException e) { // a bug; nobody else would hear of it
            result.completeExceptionally(e);
        }
    }
}
