package org.slash64.connectors.policy;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.slash64.enrichers.dns.Dns;
import org.slash64.enrichers.dns.DnsAnswer;
import org.slash64.enrichers.dns.DnsOutcome;
import org.xbill.DNS.Name;

/** Says that there is nothing, or, while it is held up, says nothing. */
final class ScriptedDns implements Dns {

    private volatile CompletableFuture<DnsAnswer> answer = CompletableFuture.completedFuture(nothing());

    private final AtomicInteger asked = new AtomicInteger();

    private static DnsAnswer nothing() {
        return new DnsAnswer(DnsOutcome.NXDOMAIN, List.of(), Duration.ZERO, "");
    }

    void holdUp() {
        answer = new CompletableFuture<>();
    }

    /** Answers what was asked while it was held up. */
    void release() {
        answer.complete(nothing());
    }

    /** How many questions came. */
    int asked() {
        return asked.get();
    }

    @Override
    public CompletableFuture<DnsAnswer> query(Name name, int type) {
        asked.incrementAndGet();
        return answer.copy();
    }
}
