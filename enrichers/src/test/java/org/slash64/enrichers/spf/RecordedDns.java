package org.slash64.enrichers.spf;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.slash64.enrichers.dns.Dns;
import org.slash64.enrichers.dns.DnsAnswer;
import org.slash64.enrichers.dns.DnsOutcome;
import org.slash64.testkit.dns.ZoneAnswer;
import org.slash64.testkit.dns.ZoneData;
import org.slash64.testkit.dns.ZoneFormatException;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.TextParseException;

/** Answers from zone text, at once; names can be made to fail, and what is asked is written down. */
final class RecordedDns implements Dns {
    private final ZoneData zone;
    private final Map<Name, DnsOutcome> failures = new HashMap<>();
    private final List<String> questions = new ArrayList<>();

    private RecordedDns(ZoneData zone) {
        this.zone = zone;
    }

    static RecordedDns of(String... lines) throws ZoneFormatException {
        return new RecordedDns(ZoneData.parse("$TTL 3600\n" + String.join("\n", lines) + "\n"));
    }

    RecordedDns failing(String name, DnsOutcome outcome) throws TextParseException {
        failures.put(Name.fromString(name, Name.root), outcome);
        return this;
    }

    List<String> questions() {
        return questions;
    }

    @Override
    public CompletableFuture<DnsAnswer> query(Name name, int type) {
        questions.add(name.toString(true));
        return CompletableFuture.completedFuture(answer(name, type));
    }

    DnsAnswer answer(Name name, int type) {
        DnsOutcome failure = failures.get(name);
        if (failure != null) {
            return without(failure);
        }
        ZoneAnswer found = zone.lookup(name, type);
        List<Record> records = found.answers().stream()
                .filter(record -> record.getType() == type)
                .toList();
        if (!records.isEmpty()) {
            return new DnsAnswer(DnsOutcome.ANSWER, records, Duration.ofHours(1), "");
        }
        return without(found.rcode() == Rcode.NXDOMAIN ? DnsOutcome.NXDOMAIN : DnsOutcome.NODATA);
    }

    private static DnsAnswer without(DnsOutcome outcome) {
        return new DnsAnswer(outcome, List.of(), Duration.ZERO, outcome.name());
    }
}
