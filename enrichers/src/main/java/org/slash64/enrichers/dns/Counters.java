package org.slash64.enrichers.dns;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** The running numbers behind {@link DnsStatistics}. Any thread. */
final class Counters {
    final LongAdder questions = new LongAdder();
    final LongAdder cacheHits = new LongAdder();
    final LongAdder joined = new LongAdder();
    final LongAdder overflowed = new LongAdder();
    final LongAdder sent = new LongAdder();
    final LongAdder overTcp = new LongAdder();
    final UdpCounters udp = new UdpCounters();
    private final Map<DnsOutcome, LongAdder> outcomes = new EnumMap<>(DnsOutcome.class);

    Counters() {
        for (DnsOutcome outcome : DnsOutcome.values()) {
            outcomes.put(outcome, new LongAdder());
        }
    }

    void ended(DnsOutcome outcome) {
        outcomes.get(outcome).increment();
    }

    DnsStatistics snapshot(long open) {
        Map<DnsOutcome, Long> sums = new EnumMap<>(DnsOutcome.class);
        outcomes.forEach((outcome, adder) -> sums.put(outcome, adder.sum()));
        return new DnsStatistics(
                questions.sum(),
                cacheHits.sum(),
                joined.sum(),
                overflowed.sum(),
                sent.sum(),
                overTcp.sum(),
                open,
                sums,
                udp.snapshot());
    }
}
