package org.slash64.enrichers.dns;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.Ticker;
import java.util.Optional;
import org.xbill.DNS.Record;

/** Answers of every outcome, each for its TTL, by the heap they take. Any thread. */
final class AnswerCache {
    /** About the heap of an entry, its question and its answer, records apart. */
    private static final int ENTRY_BYTES = 400;
    /** About the heap of a record, its names and data apart. */
    private static final int RECORD_BYTES = 150;

    private final Cache<Question, DnsAnswer> answers;

    AnswerCache(long maxBytes, Ticker ticker) {
        this.answers = Caffeine.newBuilder()
                .maximumWeight(maxBytes)
                .weigher(AnswerCache::weight)
                .expireAfter(Expiry.<Question, DnsAnswer>creating((question, answer) -> answer.ttl()))
                .ticker(ticker)
                .executor(Runnable::run)
                .build();
    }

    Optional<DnsAnswer> get(Question question) {
        return Optional.ofNullable(answers.getIfPresent(question));
    }

    void put(Question question, DnsAnswer answer) {
        if (!answer.ttl().isZero()) {
            answers.put(question, answer);
        }
    }

    private static int weight(Question question, DnsAnswer answer) {
        int bytes = ENTRY_BYTES + question.name().length();
        for (Record record : answer.records()) {
            bytes += RECORD_BYTES + record.getName().length() + record.rdataToWireCanonical().length;
        }
        return bytes;
    }
}
