package org.slash64.deploy.check;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
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

/** The records of a zone text in memory; names that were broken answer SERVFAIL. Counts what is asked. */
final class ZoneDns implements Dns {
    private final ZoneData zone;
    private final Set<Name> broken = new HashSet<>();
    private int questions;

    private ZoneDns(ZoneData zone) {
        this.zone = zone;
    }

    static ZoneDns of(String zone) {
        try {
            return new ZoneDns(ZoneData.parse("$TTL 300\n" + zone));
        } catch (ZoneFormatException e) {
            throw new IllegalArgumentException(e);
        }
    }

    ZoneDns broken(String name) {
        broken.add(Name.fromConstantString(name + "."));
        return this;
    }

    int questions() {
        return questions;
    }

    @Override
    public CompletableFuture<DnsAnswer> query(Name name, int type) {
        questions++;
        return CompletableFuture.completedFuture(
                broken.contains(name) ? ended(DnsOutcome.SERVFAIL) : answer(zone.lookup(name, type), type));
    }

    private static DnsAnswer answer(ZoneAnswer found, int type) {
        List<Record> records = found.answers().stream()
                .filter(record -> record.getType() == type)
                .toList();
        if (!records.isEmpty()) {
            return new DnsAnswer(DnsOutcome.ANSWER, records, Duration.ofMinutes(5), "");
        }
        return ended(found.rcode() == Rcode.NXDOMAIN ? DnsOutcome.NXDOMAIN : DnsOutcome.NODATA);
    }

    private static DnsAnswer ended(DnsOutcome outcome) {
        return new DnsAnswer(outcome, List.of(), Duration.ZERO, outcome.name());
    }
}
