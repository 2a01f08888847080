package org.slash64.enrichers.dkim;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.slash64.enrichers.dns.Dns;
import org.slash64.enrichers.dns.DnsAnswer;
import org.xbill.DNS.Name;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.Type;

/** Looks at a key as its owner published it (RFC 6376 section 3.6, RFC 8463 section 4), without a signature. */
public final class DkimKeyLookup {
    private final Dns dns;

    public DkimKeyLookup(Dns dns) {
        this.dns = dns;
    }

    /**
     * Looks for a key.
     *
     * @param selector s= of signatures, any text
     * @param domain d= of signatures, any text
     * @return complete at once when the answer is at hand; it fails only when the query does
     */
    public CompletableFuture<DkimKeyReport> find(String selector, String domain) {
        Optional<Name> name = DomainSyntax.selector(selector)
                .flatMap(checked -> DomainSyntax.domain(domain).flatMap(below -> DkimVerifier.keyName(checked, below)));
        return name.isEmpty()
                ? CompletableFuture.completedFuture(DkimKeyReport.without(
                        selector + "._domainkey." + domain, DkimKeyStatus.INVALID, 0, "no name of a key"))
                : dns.query(name.get(), Type.TXT).thenApply(answer -> report(name.get(), answer));
    }

    private static DkimKeyReport report(Name asked, DnsAnswer answer) {
        String name = asked.toString(true);
        return switch (answer.outcome()) {
            case ANSWER -> report(name, answer.records(TXTRecord.class));
            case NODATA, NXDOMAIN ->
                DkimKeyReport.without(
                        name, DkimKeyStatus.NONE, 0, answer.outcome().name());
            case SERVFAIL, REFUSED, TIMEOUT, ERROR ->
                DkimKeyReport.without(name, DkimKeyStatus.TEMPERROR, 0, answer.outcome() + ", " + answer.detail());
        };
    }

    /** Of several the first in canonical order, as a verifier would come upon them. */
    private static DkimKeyReport report(String name, List<TXTRecord> records) {
        return records.stream()
                .min(TXTRecord::compareTo)
                .map(DkimVerifier::text)
                .map(KeyRecordParser::parse)
                .map(key -> DkimKeyReport.of(name, key, records.size()))
                .orElseGet(() -> DkimKeyReport.without(name, DkimKeyStatus.NONE, 0, "no TXT record"));
    }
}
