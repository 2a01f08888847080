package org.slash64.deploy.check;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.slash64.enrichers.dns.Dns;
import org.slash64.enrichers.dns.DnsAnswer;
import org.slash64.schemas.Address;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

/** Finds the addresses of a host. */
final class HostLookup {
    private final Dns dns;

    HostLookup(Dns dns) {
        this.dns = dns;
    }

    CompletableFuture<HostAddresses> of(Name host) {
        return dns.query(host, Type.A)
                .thenCombine(
                        dns.query(host, Type.AAAA),
                        (a, aaaa) -> new HostAddresses(v4(a), v6(aaaa), unanswered(a, aaaa)));
    }

    private static List<Address> v4(DnsAnswer answer) {
        return answer.records(ARecord.class).stream()
                .limit(CheckLimits.MAX_HOST_ADDRESSES)
                .map(a -> Address.ofBytes(a.getAddress().getAddress()))
                .toList();
    }

    /** Without IPv4-mapped ones, which no client can reach a host by. */
    private static List<Address> v6(DnsAnswer answer) {
        return answer.records(AAAARecord.class).stream()
                .limit(CheckLimits.MAX_HOST_ADDRESSES)
                .map(aaaa -> Address.ofBytes(aaaa.getAddress().getAddress()))
                .filter(Address::v6)
                .toList();
    }

    private static Optional<String> unanswered(DnsAnswer a, DnsAnswer aaaa) {
        return Stream.of(a, aaaa)
                .filter(answer -> answer.outcome().isTemporary())
                .findFirst()
                .map(answer -> answer.outcome() + ", " + answer.detail());
    }
}
