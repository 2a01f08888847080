package org.slash64.enrichers.dns;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.xbill.DNS.Name;

/** One check's view of DNS: what is not said by the check's deadline counts as a timeout. */
public final class DeadlineDns implements Dns {
    private static final DnsAnswer LATE = DnsAnswer.without(DnsOutcome.TIMEOUT, Duration.ZERO, "no answer in time");

    private final Dns dns;
    private final Duration deadline;
    private final long started = System.nanoTime();

    /**
     * The time begins now.
     *
     * @param deadline for all questions together
     */
    public DeadlineDns(Dns dns, Duration deadline) {
        this.dns = dns;
        this.deadline = deadline;
    }

    @Override
    public CompletableFuture<DnsAnswer> query(Name name, int type) {
        CompletableFuture<DnsAnswer> answer = dns.query(name, type);
        if (answer.isDone()) {
            return answer;
        }
        long left = Math.max(0, deadline.toNanos() - (System.nanoTime() - started));
        return answer.copy().completeOnTimeout(LATE, left, TimeUnit.NANOSECONDS);
    }
}
