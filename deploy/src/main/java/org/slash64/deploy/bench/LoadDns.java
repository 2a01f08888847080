package org.slash64.deploy.bench;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.slash64.enrichers.dns.Dns;
import org.slash64.enrichers.dns.DnsAnswer;
import org.slash64.enrichers.dns.DnsOutcome;
import org.slash64.testkit.load.LoadZone;
import org.xbill.DNS.Name;

/** The records of a load; an answer is complete at once and, from its second time on, the same object, as that of a cache is. */
public final class LoadDns implements Dns {

    private static final Duration TTL = Duration.ofHours(1);

    /** What was asked. */
    public record Question(Name name, int type) {}

    private final LoadZone zone;
    private final ConcurrentMap<Question, CompletableFuture<DnsAnswer>> answers = new ConcurrentHashMap<>();
    private final CompletableFuture<DnsAnswer> nothing =
            CompletableFuture.completedFuture(new DnsAnswer(DnsOutcome.NXDOMAIN, List.of(), TTL, ""));

    public LoadDns(LoadZone zone) {
        this.zone = zone;
    }

    @Override
    public CompletableFuture<DnsAnswer> query(Name name, int type) {
        return answers.computeIfAbsent(
                new Question(name, type),
                question -> zone.record(name, type)
                        .map(record -> CompletableFuture.completedFuture(
                                new DnsAnswer(DnsOutcome.ANSWER, List.of(record), TTL, "")))
                        .orElse(nothing));
    }

    /** All that was asked so far, each question once, in no order. */
    public List<Question> questions() {
        return List.copyOf(answers.keySet());
    }
}
