package org.slash64.enrichers.dns;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
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
    /** Whether the next message has an OPT record. */
    boolean edns = true;

    /** Messages sent for this target; an answer to an earlier one is not taken. */
    int tries;
    /** Counts all messages sent, so that late answers are told from current ones. */
    int attempt;
    /** Bit n: server n failed in a way that asking it again will not change. */
    long struckServers;

    /** When it ends at the latest, of {@link System#nanoTime()}. */
    long deadlineNanos;

    Optional<EventLoop.Timer> deadline = Optional.empty();
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
}
