package org.slash64.connectors.milter;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.slash64.enrichers.dns.Dns;
import org.slash64.enrichers.dns.DnsAnswer;
import org.slash64.enrichers.dns.DnsOutcome;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/** A test's DNS, in memory: what is not there does not exist. */
final class TestZone implements Dns {

    private static final Duration TTL = Duration.ofMinutes(1);

    private record Key(Name name, int type) {}

    private final Map<Key, List<Record>> records = new HashMap<>();

    /** Adds a record: an absolute name, its type and its data as zone files have it. */
    TestZone with(String name, String type, String data) {
        try {
            Name owner = Name.fromString(name);
            int number = Type.value(type);
            records.computeIfAbsent(new Key(owner, number), key -> new ArrayList<>())
                    .add(Record.fromString(owner, number, DClass.IN, TTL.toSeconds(), data, Name.root));
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public CompletableFuture<DnsAnswer> query(Name name, int type) {
        List<Record> found = records.getOrDefault(new Key(name, type), List.of());
        return CompletableFuture.completedFuture(
                found.isEmpty()
                        ? new DnsAnswer(DnsOutcome.NXDOMAIN, List.of(), TTL, "not in the test's zone")
                        : new DnsAnswer(DnsOutcome.ANSWER, found, TTL, ""));
    }
}
