package org.slash64.enrichers.dns;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.xbill.DNS.Name;

/** One question on its way. All but {@link #result} belongs to the client's thread. */
final class Exchange {
    final Question question;
    final CompletableFuture<DnsAnswer> result = new CompletableFuture<>();
    /** When the question was asked, of {@link System#nanoTime()}. */
    final long askedNanos = System.nanoTime();

    /** The name asked for now: the question's, or the target of its CNAME chain so far. */
    Name target;
    /** CNAME records followed so far, and the least TTL among them. */
    int links;

    long chainTtlSeconds = Integer.MAX_VALUE;

    int server;
    /** Messages sent for this target; an answer to an earlier one is not taken. */
    int tries;
    /** Counts all messages sent, so that late answers and timers are told from current ones. */
    int attempt;
    /** Bit n: server n failed in a way that asking it again will not change. */
    long struckServers;

    Future<?> deadline = CompletableFuture.completedFuture(null);
    Future<?> tryTimer = CompletableFuture.completedFuture(null);
    boolean inFlight;

    Exchange(Question question) {
        this.question = question;
        this.target = question.name();
    }

    Question current() {
        return new Question(target, question.type());
    }

    void lead(Reading.Alias alias) {
        target = alias.target();
        links = alias.links();
        chainTtlSeconds = alias.ttlSeconds();
        tries = 0;
        struckServers = 0;
    }

    void strike(int which) {
        struckServers |= 1L << which;
    }

    boolean isStruck(int which) {
        return (struckServers & (1L << which)) != 0;
    }

    void cancelTimers() {
        deadline.cancel(false);
        tryTimer.cancel(false);
    }
}
