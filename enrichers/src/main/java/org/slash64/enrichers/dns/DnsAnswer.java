package org.slash64.enrichers.dns;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.xbill.DNS.Record;

/**
 * How a question ended, and with what.
 *
 * @param outcome how it ended
 * @param records for {@link DnsOutcome#ANSWER} the records of the type asked for, at the end of any CNAME chain, in the
 *     server's order; empty otherwise
 * @param ttl how long the answer may be used from when it arrived, within {@link CacheLimits}
 * @param detail why, in words for people and safe to print; empty for {@link DnsOutcome#ANSWER}
 */
public record DnsAnswer(DnsOutcome outcome, List<Record> records, Duration ttl, String detail) {
    /** Copies the list. */
    public DnsAnswer {
        records = List.copyOf(records);
    }

    static DnsAnswer without(DnsOutcome outcome, Duration ttl, String detail) {
        return new DnsAnswer(outcome, List.of(), ttl, detail);
    }

    /** The records of one class of dnsjava's, such as {@code PTRRecord}. */
    public <T extends Record> List<T> records(Class<T> kind) {
        List<T> found = new ArrayList<>(records.size());
        for (Record record : records) {
            if (kind.isInstance(record)) {
                found.add(kind.cast(record));
            }
        }
        return found;
    }
}
