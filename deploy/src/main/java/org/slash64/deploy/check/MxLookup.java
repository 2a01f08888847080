package org.slash64.deploy.check;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.slash64.enrichers.dns.Dns;
import org.slash64.enrichers.dns.DnsAnswer;
import org.slash64.enrichers.domain.DomainName;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.MXRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

/** Finds out where a domain's mail goes, and the addresses of these hosts. */
final class MxLookup {
    private final Dns dns;
    private final HostLookup hosts;

    MxLookup(Dns dns) {
        this.dns = dns;
        this.hosts = new HostLookup(dns);
    }

    /** Waits for all answers. */
    MxSet of(DomainName domain) {
        DnsAnswer mx = dns.query(Lookups.name(domain), Type.MX).join();
        return switch (mx.outcome()) {
            case ANSWER -> ofRecords(mx.records(MXRecord.class));
            case NODATA -> implicit(domain);
            case NXDOMAIN -> MxSet.without(MxSet.Kind.NXDOMAIN, "the domain does not exist");
            case SERVFAIL, REFUSED, TIMEOUT, ERROR ->
                MxSet.without(MxSet.Kind.UNANSWERED, mx.outcome() + ", " + mx.detail());
        };
    }

    private MxSet ofRecords(List<MXRecord> records) {
        List<MXRecord> real =
                records.stream().filter(mx -> !mx.getTarget().equals(Name.root)).toList();
        if (real.isEmpty()) {
            return MxSet.without(MxSet.Kind.NULL_MX, "null MX");
        }
        List<CompletableFuture<MxTarget>> targets = real.stream()
                .sorted(Comparator.comparingInt(MXRecord::getPriority).thenComparing(MXRecord::getTarget))
                .limit(CheckLimits.MAX_MX_TARGETS)
                .map(mx -> target(mx.getPriority(), mx.getTarget()))
                .toList();
        MxSet.Kind kind = real.size() == records.size() ? MxSet.Kind.TARGETS : MxSet.Kind.NULL_MX_AND_OTHERS;
        return new MxSet(kind, Lookups.await(targets), real.size() - targets.size(), real.size() + " MX");
    }

    private MxSet implicit(DomainName domain) {
        MxTarget itself = target(0, Lookups.name(domain)).join();
        if (itself.unanswered().isPresent()) {
            return MxSet.without(MxSet.Kind.UNANSWERED, itself.unanswered().get());
        }
        return itself.v4().isEmpty() && itself.v6().isEmpty()
                ? MxSet.without(MxSet.Kind.NOTHING, "no MX and no address")
                : new MxSet(MxSet.Kind.IMPLICIT, List.of(itself), 0, "no MX, but addresses");
    }

    private CompletableFuture<MxTarget> target(int preference, Name host) {
        return hosts.of(host)
                .thenCombine(
                        dns.query(host, Type.CNAME),
                        (found, alias) -> new MxTarget(
                                preference,
                                Lookups.text(host),
                                found.v4(),
                                found.v6(),
                                alias(alias),
                                found.unanswered()));
    }

    private static Optional<String> alias(DnsAnswer answer) {
        Stream<CNAMERecord> aliases = answer.records(CNAMERecord.class).stream();
        return aliases.findFirst().map(alias -> Lookups.text(alias.getTarget()));
    }
}
