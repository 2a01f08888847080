package org.slash64.deploy.bench.policy;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.slash64.enrichers.dns.Dns;
import org.slash64.enrichers.dns.DnsAnswer;
import org.slash64.enrichers.dns.DnsOutcome;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;

/** Records whose answers are complete at once and always the same objects, as those of a cache are. */
final class AllInMemory implements Dns {

    private static final Duration TTL = Duration.ofHours(1);

    private record Question(Name name, int type) {}

    private final Map<Question, CompletableFuture<DnsAnswer>> answers = new HashMap<>();
    private final CompletableFuture<DnsAnswer> nothing =
            CompletableFuture.completedFuture(new DnsAnswer(DnsOutcome.NXDOMAIN, List.of(), TTL, ""));

    /** Takes the only record of its name and type. */
    void put(Record record) {
        DnsAnswer answer = new DnsAnswer(DnsOutcome.ANSWER, List.of(record), TTL, "");
        answers.put(new Question(record.getName(), record.getType()), CompletableFuture.completedFuture(answer));
    }

    @Override
    public CompletableFuture<DnsAnswer> query(Name name, int type) {
        return answers.getOrDefault(new Question(name, type), nothing);
    }
}
